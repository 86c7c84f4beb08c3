package match

import (
	"encoding/binary"
	"math/bits"
)

// plainStart is how many bytes of ASCII make it likely that a text is all ASCII.
const plainStart = 16

// startsPlain reports whether a text begins as English does. A capital I behind a
// Chinese character may be none, see appendRune.
func (m *Matcher) startsPlain(codes []byte, n int, text []byte) bool {
	if len(text) < 2*plainStart || m.kindBefore(codes, n) == kindHan {
		return false
	}
	return (binary.LittleEndian.Uint64(text)|binary.LittleEndian.Uint64(text[8:]))&highs == 0
}

// appendPlain adds ASCII from the start of a text on, eight letters and single
// blanks at a time and other characters by the table. It returns where it ended,
// less than eight bytes before the end or at a byte beyond ASCII, and the number of
// codes.
func (m *Matcher) appendPlain(h *Haystack, codes []byte, n int, text []byte) (int, int) {
	i, shift := 0, ones*uint64('a'-m.firstLetter)
	for i+8 <= len(text) {
		x := binary.LittleEndian.Uint64(text[i:])
		low := x | ones*0x20
		letter := (low + ones*(0x80-'a')) &^ (low + ones*(0x7F-'z')) & highs
		blank := ^((x ^ ones*' ') + ones*0x7F) & highs
		before := uint64(0)
		if codes[n-1] <= codeSpace {
			before = 0x80
		}
		mask := letter >> 7 * 0xFF
		binary.LittleEndian.PutUint64(codes[n:], low&mask-shift&mask|blank>>7)
		other := (letter|blank&^(blank<<8|before))&^x&highs ^ highs
		if other == 0 {
			i, n = i+8, n+8
			continue
		}
		k := bits.TrailingZeros64(other) / 8
		i, n = i+k, n+k
		if text[i] >= 0x80 {
			break
		}
		switch c := m.ascii[text[i]]; {
		case c|codes[n-1] == codeSpace && c == codeSpace:
			if m.afterSingle(codes, n) {
				h.widen(n - 1)
			}
		case c != entryDropped:
			codes[n] = c
			n++
		}
		i++
	}
	return i, n
}
