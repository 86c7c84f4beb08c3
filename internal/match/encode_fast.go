package match

import "encoding/binary"

// appendFast adds runes of text from i on until one needs more than a table
// look-up, and returns the position of that one.
func (m *Matcher) appendFast(h *Haystack, text []byte, i int) int {
	n := len(h.codes)
	if need := n + len(text) - i + 4; need > cap(h.codes) {
		h.codes = append(make([]byte, 0, need+need/4), h.codes...)
	}
	codes := h.codes[:cap(h.codes)]
	for i < len(text) {
		var more bool
		if b := text[i]; b < 0x80 {
			i, n, more = m.appendASCII(codes, n, text, i)
		} else if b >= 0xE0 {
			i, n, more = m.appendThree(codes, n, text, i)
		} else {
			i, n, more = m.appendTwo(codes, n, text, i)
		}
		if !more {
			break
		}
	}
	h.codes = codes[:n]
	return i
}

// appendASCII adds the run of ASCII characters at i. It reports whether the
// text may go on by tables; n is the number of codes.
func (m *Matcher) appendASCII(codes []byte, n int, text []byte, i int) (int, int, bool) {
	prev := codes[n-1]
	for ; i < len(text); i++ {
		b := text[i]
		c := m.ascii[b]
		if c == entryDropped {
			if b >= 0x80 {
				return i, n, true
			}
			if b != 'I' {
				continue
			}
			if m.kindBefore(codes, n) == kindHan {
				return i, n, false
			}
			c = m.ascii['i']
		}
		if c|prev == codeSpace { // a blank after a blank or a break
			continue
		}
		codes[n] = c
		n++
		prev = c
	}
	return i, n, true
}

// appendThree adds the run of three-byte characters at i.
func (m *Matcher) appendThree(codes []byte, n int, text []byte, i int) (int, int, bool) {
	for i+2 < len(text) {
		b := text[i]
		x := uint32(b) | uint32(text[i+1])<<8 | uint32(text[i+2])<<16
		if x&0xC0C0F0 != 0x8080E0 {
			return i, n, b < 0xE0
		}
		r := uint16(x<<12 | x>>2&0xFC0 | x>>16&0x3F)
		e := m.direct[r]
		if e == entrySlow || r < 0x800 {
			return i, n, false
		}
		i += 3
		if e <= codeSpace && (e == entryDropped || codes[n-1] <= codeSpace) {
			continue
		}
		binary.LittleEndian.PutUint16(codes[n:], e)
		n += 1 + int((uint32(e)+0xFF00)>>16)
	}
	// What is left may be shorter characters, or a broken one.
	return i, n, i < len(text) && text[i] < 0xE0
}

// appendTwo adds the run of two-byte characters at i.
func (m *Matcher) appendTwo(codes []byte, n int, text []byte, i int) (int, int, bool) {
	for i+1 < len(text) {
		b, b1 := text[i], text[i+1]
		if b < 0x80 || b >= 0xE0 {
			return i, n, true
		}
		if b < 0xC2 || b1&0xC0 != 0x80 {
			return i, n, false
		}
		e := m.direct[uint16(b&0x1F)<<6|uint16(b1&0x3F)]
		if e == entrySlow {
			return i, n, false
		}
		i += 2
		if e <= codeSpace && (e == entryDropped || codes[n-1] <= codeSpace) {
			continue
		}
		binary.LittleEndian.PutUint16(codes[n:], e)
		n += 1 + int((uint32(e)+0xFF00)>>16)
	}
	return i, n, i < len(text) && text[i] < 0x80
}
