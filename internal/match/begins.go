package match

import (
	"encoding/binary"
	"math/bits"
)

// begins rules out most words of the letters a to z as the beginning of a key. Its
// tables hold hashes of what keys begin with, a bit each.
type begins struct {
	long  hashes // of four letters, for words that have them
	brief hashes // of three codes, for words of fewer letters
}

const hashBits = 18

type hashes [1 << (hashBits - 6)]uint64

func (t *hashes) set(h uint32) { t[h>>(38-hashBits)] |= 1 << (h >> (32 - hashBits) & 63) }

// What of the four codes of a word its hash is made from.
const (
	allFour    = 0xFFFFFFFF
	firstThree = 0x00FFFFFF
)

func hashCodes(x uint32) uint32 { return x * 0x9E3779B1 }

// sift adds to the n places found those of the given words of the block at base that
// may begin a key, by the codes that mask leaves of them, and returns how many there
// are then. codes are the block.
func (t *hashes) sift(codes *[block + mostDepth]byte, base int, words uint64, mask uint32, found *places, n int) int {
	for ; words != 0; words &= words - 1 {
		i := bits.TrailingZeros64(words)
		h := hashCodes(binary.LittleEndian.Uint32(codes[i:]) & mask)
		found[n&(len(found)-1)] = int32(base + i)
		n += int(t[h>>(38-hashBits)] >> (h >> (32 - hashBits) & 63) & 1)
	}
	return n
}

// mostLong is how many letters are looked at.
const mostLong = 4

// build notes the beginnings of all keys that begin with a letter from a to z.
func (b *begins) build(a *alphabet, entries []entry) {
	for _, e := range entries {
		n := a.lettersAt(e.key)
		switch {
		case n == 0:
		case n >= mostLong:
			b.long.set(hashCodes(uint32(formOf(e.key[:mostLong]))))
		default:
			b.addBrief(a, e, n)
		}
	}
}

// addBrief notes a key that begins with n letters. What follows a key of fewer than
// three codes may be anything; letters only where they do not end the word.
func (b *begins) addBrief(a *alphabet, e entry, n int) {
	eachForm(e.key[:min(len(e.key), mostLong-1)], 0, 0, func(x uint64) {
		eachRest(x, len(e.key), mostLong-1, 0, 255, func(x uint64) { b.brief.set(hashCodes(uint32(x) & firstThree)) })
	})
	if e.tail == 0 {
		eachRest(formOf(e.key), n, mostLong, a.firstLetter, a.firstLetter+25, func(x uint64) { b.long.set(hashCodes(uint32(x))) })
	}
}

// eachRest calls yield with x, which has n codes, and all that may follow from first
// to last up to a number of codes.
func eachRest(x uint64, n, upTo int, first, last byte, yield func(x uint64)) {
	if n >= upTo {
		yield(x)
		return
	}
	for c := uint64(first); c <= uint64(last); c++ {
		eachRest(x|c<<(8*n), n+1, upTo, first, last, yield)
	}
}

// formOf is a key of letters as codes, the first one lowest.
func formOf(letters string) (x uint64) {
	for i := range len(letters) {
		x |= uint64(letters[i]) << (8 * i)
	}
	return x
}
