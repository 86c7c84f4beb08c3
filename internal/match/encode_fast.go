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
	if i == 0 && m.startsPlain(codes, n, text) {
		i, n = m.appendPlain(h, codes, n, text)
	}
	for i < len(text) {
		if text[i] < 0x80 {
			var more bool
			if i, n, more = m.appendASCII(h, codes, n, text, i); !more {
				break
			}
		}
		e, size := uint16(0), 3
		if text[i] < 0xE0 {
			e, size = m.two(text, i), 2
		} else {
			e = m.three(text, i)
		}
		if e == entrySlow {
			break
		}
		i += size
		if e > codeSpace || e == codeSpace && codes[n-1] > codeSpace {
			binary.LittleEndian.PutUint16(codes[n:], e)
			n += 1 + int((uint32(e)+0xFF00)>>16)
		} else if e == codeSpace && m.afterSingle(codes, n) {
			h.widen(n - 1)
		}
	}
	h.codes = codes[:n]
	return i
}

// two is the entry of the character of two bytes at i.
func (m *Matcher) two(text []byte, i int) uint16 {
	if i+1 >= len(text) || text[i] < 0xC2 || text[i+1]&0xC0 != 0x80 {
		return entrySlow
	}
	return m.direct[uint16(text[i]&0x1F)<<6|uint16(text[i+1]&0x3F)]
}

// three is the entry of the character of three bytes at i.
func (m *Matcher) three(text []byte, i int) uint16 {
	if i+2 >= len(text) {
		return entrySlow
	}
	x := uint32(text[i]) | uint32(text[i+1])<<8 | uint32(text[i+2])<<16
	r := uint16(x<<12 | x>>2&0xFC0 | x>>16&0x3F)
	if x&0xC0C0F0 != 0x8080E0 || r < 0x800 {
		return entrySlow
	}
	return m.direct[r]
}

// appendASCII adds the run of ASCII characters at i. It reports whether the text
// goes on by tables; n is the number of codes.
func (m *Matcher) appendASCII(h *Haystack, codes []byte, n int, text []byte, i int) (int, int, bool) {
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
			if m.afterSingle(codes, n) {
				h.widen(n - 1)
			}
			continue
		}
		codes[n] = c
		n++
		prev = c
	}
	return i, n, false
}
