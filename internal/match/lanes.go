package match

import "encoding/binary"

// Eight codes side by side in a word are looked at together; of a block of 64 there
// is a bit each, the lowest for the first.
const (
	ones   = 0x0101010101010101
	highs  = 0x8080808080808080
	gather = 0x0102040810204080
	block  = 64
)

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

// from and upTo are what to add to bytes below 0x80 so that their high bits say
// whether they are at least c, and more than c.
func from(c byte) uint64 { return ones * uint64(0x80-c) }
func upTo(c byte) uint64 { return ones * uint64(0x7F-c) }

// push shifts eight bits, the high ones of the bytes of x, into a block from above.
func push(bits, x uint64) uint64 { return bits>>8 | x>>7*gather&^(1<<56-1) }

// isLetter reports whether a code is a letter from a to z.
func (a *alphabet) isLetter(c byte) bool { return c >= a.firstLetter && c < a.firstLetter+26 }

// lettersAt counts the letters from a to z that codes begin with.
func (a *alphabet) lettersAt(codes string) int {
	n := 0
	for n < len(codes) && a.isLetter(codes[n]) {
		n++
	}
	return n
}

// classes says of a block which codes are letters from a to z, and which separate
// words.
func (a *alphabet) classes(codes *[block]byte) (letters, seps uint64) {
	fromA, toZ := from(a.firstLetter), upTo(a.firstLetter+25)
	fromSep, toSep := from(codeSpace), upTo(a.lastSep)
	for i := 0; i < block; i += 8 {
		x := binary.LittleEndian.Uint64(codes[i : i+8])
		low, plain := x&^highs, ^x&highs
		letters = push(letters, (low+fromA)&^(low+toZ)&plain)
		seps = push(seps, (low+fromSep)&^(low+toSep)&plain)
	}
	return letters, seps
}

// marksIn says of a block which codes are marks on a letter, or the second of a
// character.
func (a *alphabet) marksIn(codes *[block]byte) (marks uint64) {
	if a.firstMark == 0 {
		return 0
	}
	for i := 0; i < block; i += 8 {
		marks = push(marks, ^below(binary.LittleEndian.Uint64(codes[i:i+8]), a.firstMark)&highs)
	}
	return marks
}
