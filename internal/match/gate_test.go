package match

import (
	"strings"
	"testing"
)

// A gate pattern is found wherever it lies against the blocks, with and without
// anchors in the text around it.
func TestGateFindsEveryPosition(t *testing.T) {
	patterns := []Pattern{{Term: "casino online", Gate: true}, {Term: "无码", Gate: true}, {Term: "국산야동사이트", Gate: true}, {Term: "soft"},
		{Term: "是不是不是不是不是不癣", Gate: true}} // its anchor is far from its start
	m, err := New(patterns)
	if err != nil {
		t.Fatal(err)
	}
	for _, filler := range []string{"x ", "无 ", "的一 ", "1. ", "online casin ", "soft "} {
		for at := range 3 * block {
			before := strings.Repeat(filler, at+1)[:at/len(filler)*len(filler)]
			for i, p := range patterns {
				h := new(Haystack)
				m.Append(h, []byte(before+strings.Repeat(".", at%len(filler))+p.Term+" "+strings.Repeat(filler, 9)))
				var got []int
				m.Gates(h, func(pos int) int {
					got = append(got, pos)
					return pos + 1
				})
				if m.Any(h) != p.Gate || len(got) > 0 != p.Gate {
					t.Fatalf("filler %q, pattern %d after %d: Any %v, Gates %v", filler, i, at, m.Any(h), got)
				}
			}
		}
	}
}

// Gates gives every position once, in order, and skips what it is told to.
func TestGatesGoesOnWhereTold(t *testing.T) {
	m, err := New([]Pattern{{Term: "无码", Gate: true}, {Term: "无码片", Gate: true}})
	if err != nil {
		t.Fatal(err)
	}
	h := new(Haystack)
	const n = 200
	for range n {
		h.Break()
		m.Append(h, []byte("无码片, 无码"))
	}
	count := func(next func(pos int) int) int {
		seen, last := 0, -1
		m.Gates(h, func(pos int) int {
			if pos <= last {
				t.Fatalf("position %d after %d", pos, last)
			}
			last = pos
			seen++
			return next(pos)
		})
		return seen
	}
	if got := count(func(pos int) int { return pos + 1 }); got != 2*n {
		t.Errorf("%d positions, want %d", got, 2*n)
	}
	got := count(func(pos int) int {
		_, end := h.Segment(h.SegmentAt(pos))
		return end
	})
	if got != n {
		t.Errorf("%d segments, want %d", got, n)
	}
	if got := count(func(int) int { return -1 }); got != 1 {
		t.Errorf("%d positions after the end was asked for", got)
	}
}

// Patterns whose literal is one character get their anchors from the digits.
func TestShortKeysBesideDigits(t *testing.T) {
	m, err := New([]Pattern{digitPattern("区", true), digitPattern("级", false)})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		"看1区2区": true, "看12区3区的": true, "一区二区": false, "9级8级": true, "123区4区": false, "级": false,
	} {
		h := new(Haystack)
		m.Append(h, []byte(text))
		if got := m.Any(h); got != want {
			t.Errorf("Any(%q) = %v", text, got)
		}
	}
}
