package cut_test

import (
	"bytes"
	"math/rand"
	"slices"
	"testing"

	"github.com/drosshq/dross/internal/cut"
	"github.com/drosshq/dross/internal/page"
)

func TestApply(t *testing.T) {
	cases := []struct {
		in     string
		ranges []page.Range
		want   string
	}{
		{"", nil, ""},
		{"abc", nil, "abc"},
		{"abc", []page.Range{{Start: 0, End: 3}}, ""},
		{"abc", []page.Range{{Start: 0, End: 1}, {Start: 2, End: 3}}, "b"},
		{"abcdef", []page.Range{{Start: 1, End: 2}, {Start: 2, End: 4}}, "aef"},
		{"abc", []page.Range{{Start: 1, End: 1}}, "abc"},
	}
	for _, c := range cases {
		in := []byte(c.in)
		if got := cut.Apply(in, c.ranges); string(got) != c.want {
			t.Errorf("%q less %v is %q, want %q", c.in, c.ranges, got, c.want)
		}
		if string(in) != c.in {
			t.Errorf("%q was written to: %q", c.in, in)
		}
		if got := len(c.in) - cut.Bytes(c.ranges); got != len(c.want) {
			t.Errorf("%v: %d bytes are left, want %d", c.ranges, got, len(c.want))
		}
	}
}

// TestApplyWithout holds that a page without ranges is not copied.
func TestApplyWithout(t *testing.T) {
	in := []byte("abc")
	if out := cut.Apply(in, nil); &out[0] != &in[0] {
		t.Error("a page that loses nothing was copied")
	}
}

// TestUnionOracle holds Union against a set of bytes.
func TestUnionOracle(t *testing.T) {
	rng := rand.New(rand.NewSource(3))
	for n := range 3000 {
		var ranges []page.Range
		var want [40]bool
		for range rng.Intn(8) {
			start := rng.Intn(40)
			r := page.Range{Start: start, End: start + rng.Intn(40-start)}
			ranges = append(ranges, r)
			for i := r.Start; i < r.End; i++ {
				want[i] = true
			}
		}
		given := slices.Clone(ranges)
		var got [40]bool
		last := -1
		for _, r := range cut.Union(ranges) {
			if r.Start <= last || r.End <= r.Start {
				t.Fatalf("case %d: %v is not sorted and apart", n, cut.Union(ranges))
			}
			last = r.End
			for i := r.Start; i < r.End; i++ {
				got[i] = true
			}
		}
		if got != want || !slices.Equal(given, ranges) {
			t.Fatalf("case %d: the union of %v is %v", n, given, cut.Union(given))
		}
	}
}

// TestBack holds that a range of what remains leads to the bytes it holds, and to
// what was cut in between at most.
func TestBack(t *testing.T) {
	rng := rand.New(rand.NewSource(5))
	for n := range 3000 {
		in := make([]byte, 1+rng.Intn(40))
		for i := range in {
			in[i] = byte(i)
		}
		first := randomRanges(rng, len(in))
		rest := cut.Apply(in, first)
		if len(rest) == 0 {
			continue
		}
		start := rng.Intn(len(rest))
		r := page.Range{Start: start, End: start + 1 + rng.Intn(len(rest)-start)}
		back := cut.Back(first, r)
		got := cut.Apply(in[:back.End], cut.Union(append(clip(first, back.End), page.Range{Start: 0, End: back.Start})))
		if want := rest[r.Start:r.End]; !bytes.Equal(got, want) {
			t.Fatalf("case %d: %v of what %v left is %v: %v, want %v", n, r, first, back, got, want)
		}
	}
}

// clip drops what lies at or after end.
func clip(ranges []page.Range, end int) []page.Range {
	var out []page.Range
	for _, r := range ranges {
		if r.Start < end {
			out = append(out, page.Range{Start: r.Start, End: min(r.End, end)})
		}
	}
	return out
}
