package match

import (
	"slices"
	"unicode/utf8"

	"github.com/drosshq/dross/internal/normalize"
)

// Append adds UTF-8 text to the current segment, without source positions. It
// must not be mixed with AppendAt in one filling of the haystack.
func (m *Matcher) Append(h *Haystack, text []byte) {
	if len(text) == 0 {
		return
	}
	m.begin(h)
	for i := 0; i < len(text); {
		if h.pending == 0 {
			if i = m.appendFast(h, text, i); i == len(text) {
				break
			}
		}
		i = m.appendSlow(h, text, i)
	}
	h.last = m.lastFolded(h.last, text)
}

// begin readies the haystack for this matcher's codes.
func (m *Matcher) begin(h *Haystack) {
	h.a = &m.alphabet
	if len(h.segments) == 0 {
		h.Break()
	}
}

// appendSlow adds the one rune of text that begins at i.
func (m *Matcher) appendSlow(h *Haystack, text []byte, i int) int {
	r, size := utf8.DecodeRune(text[i:])
	if normalize.Voicing(r) {
		h.last = m.lastFolded(h.last, text[:i])
	}
	h.broken = h.broken || r == utf8.RuneError && size == 1
	m.appendRune(h, r, 0, 0, false)
	return i + size
}

// lastFolded is what the last rune of text folds to, so that a voicing mark
// can join it; before is the answer for what went before the text.
func (m *Matcher) lastFolded(before rune, text []byte) rune {
	i := len(text)
	if i > 0 && text[i-1] > ' ' && text[i-1] < 0x7F || i > 2 && text[i-3] >= 0xE4 && text[i-3] <= 0xE9 {
		return 0 // ASCII and Chinese characters take no mark
	}
	if r, n := utf8.DecodeLastRune(text); n > 0 && r < 1<<16 && !takesMark(r) && m.direct[r] != entryDropped && m.direct[r] != entrySlow {
		return 0 // nor does any other that is no kana
	}
	for i > 0 {
		r, size := utf8.DecodeLastRune(text[:i])
		i -= size
		if !m.vanishes(r) {
			before = 0
			break
		}
	}
	var buf [4 * normalize.MaxRunes]rune
	folded := buf[:0]
	if before != 0 {
		folded = append(folded, before)
	}
	for _, r := range string(text[i:]) {
		folded = normalize.Append(folded, r)
	}
	if len(folded) == 0 {
		return before
	}
	return folded[len(folded)-1]
}

// vanishes reports whether r leaves no character of its own.
func (m *Matcher) vanishes(r rune) bool {
	if r < 1<<16 {
		return m.direct[r] == entryDropped || normalize.Voicing(r)
	}
	var buf [normalize.MaxRunes]rune
	return len(normalize.Append(buf[:0], r)) == 0
}

// appendRune adds one rune by the rules that need more than a table. from and
// to are its place in the source.
func (m *Matcher) appendRune(h *Haystack, r rune, from, to int32, mapped bool) {
	if r < 1<<16 && !takesMark(r) {
		switch e := m.direct[r]; e {
		case entryDropped:
			return
		case entrySlow:
		default:
			m.appendCode(h, e, from, to, mapped)
			h.last = 0
			return
		}
	}
	if normalize.Voicing(r) {
		m.appendVoicing(h, r, to, mapped)
		return
	}
	if r == 'I' && m.kindBefore(h.codes, len(h.codes)) == kindHan {
		m.appendCode(h, m.code('i'), from, to, mapped)
		h.pending, h.last = len(h.codes)-1, 'i'
		return
	}
	var buf [normalize.MaxRunes]rune
	for _, f := range normalize.Append(buf[:0], r) {
		m.appendCode(h, m.code(f), from, to, mapped)
		h.last = f
	}
}

// takesMark reports whether r is of the blocks of kana, or a voicing mark.
func takesMark(r rune) bool {
	return r >= 0x3041 && r <= 0x30FF || r >= 0xFF61 && r <= 0xFF9F
}

// appendVoicing makes the kana before r a voiced one, if it is one that can be.
func (m *Matcher) appendVoicing(h *Haystack, r rune, to int32, mapped bool) {
	if h.last == 0 {
		return
	}
	joined := normalize.Append([]rune{h.last}, r)[0]
	if joined == h.last {
		return
	}
	h.last = joined
	n := len(h.codes) - 1
	if m.kind[h.codes[n]] == kindTrail {
		n--
	}
	var from int32
	if mapped {
		from = h.from[n]
		h.from, h.to = h.from[:n], h.to[:n]
	}
	h.codes = h.codes[:n]
	m.appendCode(h, m.code(joined), from, to, mapped)
}

// appendCode adds one character.
func (m *Matcher) appendCode(h *Haystack, code uint16, from, to int32, mapped bool) {
	c := byte(code)
	if h.pending > 0 {
		if m.kind[c] == kindHan { // a capital I between Chinese characters is a bar
			h.codes[h.pending] = codePunct
		}
		h.pending = 0
	}
	if c|h.codes[len(h.codes)-1] == codeSpace { // a blank after a blank or a break
		if m.afterSingle(h.codes, len(h.codes)) {
			h.widen(len(h.codes) - 1)
		}
		return
	}
	h.push(c, from, to, mapped)
	if trail := byte(code >> 8); trail != 0 {
		h.push(trail, from, to, mapped)
	}
}

// AppendAt adds UTF-8 text with its place in the source. Where the source range
// is as long as the text, bytes correspond one to one; otherwise, as for a
// character reference, every rune maps to the whole range.
func (m *Matcher) AppendAt(h *Haystack, text []byte, srcStart, srcEnd int) {
	if len(text) == 0 {
		return
	}
	m.begin(h)
	if len(h.from) < len(h.codes) { // the break that begin wrote
		h.from = append(h.from, make([]int32, len(h.codes)-len(h.from))...)
		h.to = append(h.to, make([]int32, len(h.codes)-len(h.to))...)
	}
	if cap(h.codes)-len(h.codes) < len(text) {
		n := utf8.RuneCount(text) // most take one code
		h.codes, h.from, h.to = slices.Grow(h.codes, n), slices.Grow(h.from, n), slices.Grow(h.to, n)
	}
	direct := srcEnd-srcStart == len(text)
	from, to := int32(srcStart), int32(srcEnd)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if direct {
			from = int32(srcStart + i)
			to = from + int32(size)
		}
		m.appendRune(h, r, from, to, true)
		i += size
	}
}
