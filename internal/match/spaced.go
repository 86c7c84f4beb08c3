package match

import "math/bits"

// spacedAt returns where, among the codes from start on, three separators with one
// character between each two may end, or -1: without them there is nothing to
// collapse. It reads a block at a time, and the marks only of blocks that hold three
// separators at such distances.
func (h *Haystack) spacedAt(start int) int {
	var before struct{ seps, one, two uint64 } // of the block before
	for k := start / block; k < len(h.seps); k++ {
		s := h.seps[k]
		if k == start/block {
			s &= ^uint64(0) << (start % block)
		}
		last := s<<1 | before.seps>>63
		one := s & (s<<2 | before.seps>>62) &^ last
		two := s & (s<<3 | before.seps>>61) &^ (s<<2 | before.seps>>62) &^ last
		if chained(one, two, before.one|before.two) != 0 {
			two &= h.afterMark(k)
			if k > 0 {
				before.two &= h.afterMark(k - 1)
			}
			if end := chained(one, two, before.one|before.two); end != 0 {
				return k*block + bits.TrailingZeros64(end)
			}
		}
		before.seps, before.one, before.two = s, one, two
	}
	return -1
}

// chained says which separators end a second gap in a row: one of one code, or one
// of two. before are the gaps of the block before.
func chained(one, two, before uint64) uint64 {
	gaps := one | two
	return one&(gaps<<2|before>>62) | two&(gaps<<3|before>>61)
}

// afterMark says which codes of block k follow a mark, or the second code of a
// character.
func (h *Haystack) afterMark(k int) uint64 {
	after := h.a.marksIn(h.block(k)) << 1
	if k > 0 && h.a.firstMark != 0 && h.codes[k*block-1] >= h.a.firstMark {
		after |= 1
	}
	return after
}
