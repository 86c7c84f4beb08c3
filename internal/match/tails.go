package match

import (
	"encoding/binary"
	"math/bits"

	"github.com/drosshq/dross/lists"
)

// tails finds keys that begin within a word of the letters a to z, such as those of
// brands that end in a word of the trade. It looks at the ends of words: there the
// first letters of nearly all such keys end.
type tails struct {
	any      bool                  // there is such a key
	anywhere bool                  // there is one that may begin elsewhere: tails are of no use
	lengths  [1 << tailBits]uint16 // hash of the last three letters -> bit n: a key with n letters ends so
}

const (
	tailBits    = 10
	leastTail   = 3
	mostTail    = 15
	mostLengths = 3 // of one hash
)

// tailOf returns with how many letters from a to z the key begins, if what follows
// them is never another; else 0.
func (m *Matcher) tailOf(c *compiled) int {
	n := m.lettersAt(c.codes)
	if n < len(c.codes) || len(c.right) == 0 {
		return n
	}
	next := c.right[0]
	if blank := next.class == lists.Digits || next.class == lists.Spaces; blank && (next.min > 0 || len(c.right) == 1) {
		return n
	}
	return 0
}

// build notes the tails of the keys that may begin within a word.
func (t *tails) build(a *alphabet, inside []entry) {
	for _, e := range inside {
		if !a.isLetter(e.key[0]) {
			continue
		}
		t.any = true
		if e.tail < leastTail || e.tail > mostTail {
			t.anywhere = true
			continue
		}
		lengths := &t.lengths[hashTail(uint32(formOf(e.key[e.tail-leastTail:e.tail])))]
		*lengths |= 1 << e.tail
		t.anywhere = t.anywhere || bits.OnesCount16(*lengths) > mostLengths
	}
}

// hashTail hashes the first three codes of x.
func hashTail(x uint32) uint32 { return hashCodes(x&firstThree) >> (32 - tailBits) }

// add adds to the n places found those from at to stop, in block k, at which such a
// key can begin. It returns how many there are then.
func (t *tails) add(h *Haystack, k, at, stop int, found *places, n int) int {
	n = t.ending(h, k*block, ends(h.letters, k), at, stop, found, n)
	if k++; k < len(h.letters) {
		n = t.ending(h, k*block, ends(h.letters, k)&(1<<mostTail-1), at, stop, found, n)
	}
	return n
}

// ends says of block k which codes follow a word of the letters a to z that is longer
// than the shortest tail.
func ends(letters []uint64, k int) uint64 {
	l, before := letters[k], uint64(0)
	if k > 0 {
		before = letters[k-1]
	}
	return (l<<1 | before>>63) & (l<<2 | before>>62) & (l<<3 | before>>61) & (l<<4 | before>>60) &^ l
}

// ending adds the places of words that end at the positions of a block at base.
func (t *tails) ending(h *Haystack, base int, words uint64, at, stop int, found *places, n int) int {
	for ; words != 0; words &= words - 1 {
		end := base + bits.TrailingZeros64(words)
		lengths := t.lengths[hashTail(binary.LittleEndian.Uint32(h.codes[end-3:end+1]))]
		for ; lengths != 0; lengths &= lengths - 1 {
			i := end - bits.TrailingZeros16(lengths)
			if i >= at && i < stop && h.inWord(i, end) {
				n = found.insert(n, i)
			}
		}
	}
	return n
}

// inWord reports whether all codes from the one before start to end are letters from
// a to z.
func (h *Haystack) inWord(start, end int) bool {
	for i := start - 1; i < end; i++ {
		if h.letters[i/block]>>(i%block)&1 == 0 {
			return false
		}
	}
	return true
}

// insert adds a position to the first n, which are in order.
func (p *places) insert(n, at int) int {
	i := n
	for ; i > 0 && int(p[i-1]) > at; i-- {
		p[i] = p[i-1]
	}
	p[i] = int32(at)
	return n + 1
}
