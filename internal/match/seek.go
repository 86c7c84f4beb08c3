package match

import (
	"math/bits"
	"slices"
)

// seeker goes over the positions at which a key of an index may begin.
type seeker struct {
	x       *index
	h       *Haystack
	codes   []byte // with what may be read behind the last one
	at, end int    // what is still to be sifted
	found   places
	n, next int // how many there are, which is the next
}

// places are positions of one block.
type places [4 * block]int32

// seek begins at position i and ends before end. The haystack must be sealed.
func (x *index) seek(h *Haystack, i, end int) seeker {
	i = max(i, 1) // before all there is a break
	return seeker{x: x, h: h, codes: h.codes[:len(h.codes)+len(padding)], at: i, end: end}
}

// skip goes on from position i, if that lies ahead.
func (s *seeker) skip(i int) {
	if i >= s.at {
		s.at, s.n, s.next = i, 0, 0
	}
	for s.next < s.n && int(s.found[s.next]) < i {
		s.next++
	}
}

// step returns the next position at which a key may begin, and the trie that
// holds such keys; nil when there is none before the end.
func (s *seeker) step() (int, *trie) {
	for s.next == s.n {
		if s.at >= s.end {
			return s.end, nil
		}
		s.fill()
	}
	i := int(s.found[s.next])
	s.next++
	return i, s.x.pick(s.h.codes, i)
}

// fewOthers is how many places of a block that are no letters from a to z are looked
// at one by one; where more have to be, it is quicker to look at all.
const fewOthers = block / 4

// fill sifts the rest of the block that at lies in.
func (s *seeker) fill() {
	k := s.at / block
	base, at, stop := k*block, s.at, min((k+1)*block, s.end)
	s.at, s.n, s.next = stop, 0, 0
	all := ^uint64(0) << (at - base) & (^uint64(0) >> (base + block - stop))
	letters := s.h.letters[k]
	others := all &^ letters
	if !s.x.seps {
		others &^= s.h.seps[k]
	}
	if s.x.tails.anywhere || bits.OnesCount64(others) > fewOthers {
		s.keep(s.x.sieve.pair(&s.x.a.kind, s.codes[at-1:stop+1], at, &s.found))
		return
	}
	codes := (*[block + mostDepth]byte)(s.codes[base:])
	long, brief := s.words(k, all)
	n := s.x.begins.long.sift(codes, base, long, allFour, &s.found, 0)
	n = s.x.begins.brief.sift(codes, base, brief, firstThree, &s.found, n)
	for ; others != 0; others &= others - 1 {
		i := base + bits.TrailingZeros64(others)
		s.found[n] = int32(i)
		n += s.x.sieve.one(&s.x.a.kind, s.codes, i)
	}
	s.keep(n)
	slices.Sort(s.found[:s.n])
	if s.x.tails.any {
		s.n = s.x.tails.add(s.h, k, at, stop, &s.found, s.n)
	}
}

// keep looks deeper into the first n places.
func (s *seeker) keep(n int) { s.n = s.x.sieve.deepen(s.codes, s.found[:n]) }

// words returns where in block k the words of the letters a to z begin, of those
// given: those of four letters and more, and those of fewer.
func (s *seeker) words(k int, of uint64) (long, brief uint64) {
	letters, after := s.h.letters[k], uint64(0)
	if k+1 < len(s.h.letters) {
		after = s.h.letters[k+1]
	}
	words := of & letters &^ (letters<<1 | last(s.h.letters, k))
	long = words & (letters>>1 | after<<63) & (letters>>2 | after<<62) & (letters>>3 | after<<61)
	return long, words &^ long
}

// last is the bit before block k.
func last(bits []uint64, k int) uint64 {
	if k == 0 {
		return 0
	}
	return bits[k-1] >> (block - 1)
}
