package match

import "encoding/binary"

// Eight bytes side by side in a word.
const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// mayBeSpaced reports whether the codes hold three separators with one
// character between each two: without them there is nothing to collapse. It
// reads eight codes at a time.
func (a *alphabet) mayBeSpaced(codes []byte) bool {
	var seps, trails uint64 // one bit a code, the newest on top; 56 codes back
	trailing := a.firstTrail != 0
	for len(codes) > 0 {
		var x uint64
		if len(codes) >= 8 {
			x = binary.LittleEndian.Uint64(codes)
			codes = codes[8:]
		} else {
			var last [8]byte
			for i := range last {
				last[i] = 0xFF
			}
			copy(last[:], codes)
			x = binary.LittleEndian.Uint64(last[:])
			codes = nil
		}
		seps = seps>>8 | gather(below(x, a.lastSep+1))<<56
		if trailing {
			trails = trails>>8 | gather(^below(x, a.firstTrail)&highs)<<56
		}
		one := seps & (seps << 2) &^ (seps << 1)
		two := seps & (seps << 3) & (trails << 1) &^ (seps << 2)
		gap := one | two
		if one&(gap<<2)|two&(gap<<3) != 0 {
			return true
		}
	}
	return false
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

// gather moves the eight high bits into one byte, in order.
func gather(x uint64) uint64 {
	return (x >> 7) * 0x0102040810204080 >> 56
}
