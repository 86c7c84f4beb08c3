package cut_test

import (
	"bytes"
	"math/rand"
	"reflect"
	"testing"

	"github.com/drosshq/dross/internal/cut"
	"github.com/drosshq/dross/internal/page"
)

func TestUnion(t *testing.T) {
	got := cut.Union([]page.Range{{Start: 8, End: 9}, {Start: 1, End: 3}, {Start: 5, End: 5}, {Start: 3, End: 4}, {Start: 2, End: 3}})
	want := []page.Range{{Start: 1, End: 4}, {Start: 8, End: 9}}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got %v, want %v", got, want)
	}
}

// TestCompose holds that two cuts in a row are the one composed cut.
func TestCompose(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	for n := range 5000 {
		in := make([]byte, 1+rng.Intn(40))
		for i := range in {
			in[i] = byte(i)
		}
		first := randomRanges(rng, len(in))
		mid := cut.Apply(in, first)
		second := randomRanges(rng, len(mid))
		want := cut.Apply(mid, second)
		got := cut.Apply(in, cut.Compose(first, second))
		if !bytes.Equal(got, want) {
			t.Fatalf("case %d: %v then %v of %d bytes: got %v, want %v", n, first, second, len(in), got, want)
		}
	}
}

func randomRanges(rng *rand.Rand, n int) []page.Range {
	var out []page.Range
	for pos := rng.Intn(5); pos < n; pos += 1 + rng.Intn(8) {
		end := min(n, pos+1+rng.Intn(6))
		out = append(out, page.Range{Start: pos, End: end})
		pos = end
	}
	return cut.Union(out)
}
