package match

import (
	"encoding/binary"
	"math/bits"
)

// Eight bytes side by side in a word.
const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// padding is a word of codes that are nothing.
var padding = []byte("\xff\xff\xff\xff\xff\xff\xff\xff")

// spacedAt returns where, among the first n codes, three separators with one
// character between each two may end, or -1: without them there is nothing to
// collapse. It reads eight codes at a time, the last ones from what must follow.
func (a *alphabet) spacedAt(codes []byte, n int) int {
	var seps, trails, gaps uint64 // of the eight codes before
	for left := n; left > 0; left -= 8 {
		x := binary.LittleEndian.Uint64(codes)
		codes = codes[8:]
		s, t := below(x, a.lastSep+1)&^below(x, codeBreak+1), uint64(0)
		if a.firstMark != 0 {
			t = ^below(x, a.firstMark) & highs
		}
		before := s<<16 | seps>>48 // two codes before there is a separator
		one := s & before &^ (s<<8 | seps>>56)
		two := s & (s<<24 | seps>>40) & (t<<8 | trails>>56) &^ before
		gap := one | two
		if gap != 0 {
			if end := one&(gap<<16|gaps>>48) | two&(gap<<24|gaps>>40); end != 0 {
				return n - left + bits.TrailingZeros64(end)/8
			}
		}
		seps, trails, gaps = s, t, gap
	}
	return -1
}

// below sets the high bit of every byte of x that is less than n; n is at most 255.
func below(x uint64, n byte) uint64 {
	// The low seven bits of each byte borrow from its high bit, which is set
	// first so that no borrow leaves the byte.
	low := (x | highs) - ones*uint64(n&0x7F)
	if n < 0x80 {
		return ^(x | low) & highs // high bit clear, and low part less
	}
	return (^x | ^low) & highs // high bit clear, or low part less
}
