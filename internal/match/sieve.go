package match

import "encoding/binary"

// sieve rules out most places of a text as the beginning of a key. Its two steps
// hold no branch that depends on the text, which a processor would guess wrong at
// every other word, and its tables fit into the first caches.
type sieve struct {
	pairs  [2 << 16]uint8            // 1 for two codes that a key can begin with; in odd places within a word
	short  [1 << 16]bool             // those that hold a key of one or two
	depth  [1 << 16]uint8            // hash of three codes -> how many all keys have that begin so, 0: none does
	begins [1 << beginBits / 8]uint8 // hashes of so many codes
}

const (
	mostDepth = 8
	beginBits = 18
)

// pair notes in found the places at which a key can begin by the first two codes,
// and returns how many there are. It looks at all codes but the first, which stands
// before the one at position at, and the last. A character of two codes counts as no
// word: what follows it is let through rather than looked into.
func (s *sieve) pair(kinds *[256]kind, codes []byte, at int, found *places) int {
	found[0] = 0 // this pointer and the others are looked at once, not in the loop
	n, last, k, pairs := 0, uint32(kinds[codes[0]]), uint32(kinds[codes[1]]), &s.pairs
	x := uint32(codes[1])<<8 | uint32(pairs[0]&^1)
	for j, d := range codes[2:] {
		x = x>>8 | uint32(d)<<8
		within := ((k ^ last) - 1) >> 31 // 1 if they are equal
		last, k = k, uint32(kinds[d])
		found[n&(len(found)-1)] = int32(at + j)
		n += int(pairs[(x<<1|within)&(uint32(len(pairs))-1)])
	}
	return n
}

// one is pair for the place i alone.
func (s *sieve) one(kinds *[256]kind, codes []byte, i int) int {
	c := codes[i-1 : i+2]
	within := (uint32(kinds[c[1]]^kinds[c[0]]) - 1) >> 31
	return int(s.pairs[uint32(binary.LittleEndian.Uint16(c[1:]))<<1|within])
}

// deepen keeps of the places found those at which a key can begin by as many codes
// as all keys have that begin with the same three.
func (s *sieve) deepen(codes []byte, found []int32) int {
	n := 0
	for _, i := range found {
		x := binary.LittleEndian.Uint64(codes[i:])
		depth := s.depth[hashThree(x)]
		if s.short[uint16(x)] {
			depth = 2
		}
		h := hashBegin(x, depth)
		found[n] = i
		n += int(s.begins[h>>3] >> (h & 7) & ((depth + mostDepth - 1) / mostDepth))
	}
	return n
}

// hashThree hashes the first three codes of x.
func hashThree(x uint64) uint32 { return hashCodes(uint32(x)&firstThree) >> 16 }

// hashBegin hashes the first codes of x.
func hashBegin(x uint64, depth uint8) uint32 {
	return uint32(x << (64 - 8*depth) * 0x9E3779B97F4A7C15 >> (64 - beginBits))
}
