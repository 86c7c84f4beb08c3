package judge

import (
	"cmp"
	"slices"
)

// Protect returns the block hits that count, sorted by place: those inside an
// allow hit are marked safe, those inside a longer hit that proves as much go.
func Protect(entries []Entry, block, allow []Hit) []Hit {
	if len(block) == 0 {
		return nil
	}
	byPlace(entries, block)
	byPlace(entries, allow)
	out := block[:0]
	shield, next := int32(-1), 0 // the furthest end of an allow hit that began
	var outer Hit
	for _, h := range block {
		for next < len(allow) && allow[next].Start <= h.Start {
			shield = max(shield, allow[next].End)
			next++
		}
		h.Safe = h.End <= shield
		if len(out) > 0 && h.End <= outer.End && entries[h.Entry].Strength <= entries[outer.Entry].Strength {
			continue
		}
		out = append(out, h)
		if h.End >= outer.End {
			outer = h
		}
	}
	return out
}

// byPlace sorts hits by start, the longer one first; of two at one place the
// stronger, then the earlier entry, so that the order never depends on anything
// else and a term of two lists counts once.
func byPlace(entries []Entry, hits []Hit) {
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End),
			cmp.Compare(entries[b.Entry].Strength, entries[a.Entry].Strength), cmp.Compare(a.Entry, b.Entry))
	})
}
