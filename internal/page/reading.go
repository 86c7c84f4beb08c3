package page

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// Readings are the pinyin that some kits put in brackets after every Chinese
// character, so that no phrase is left in one piece. A text with several is read
// without them; each belongs to its character, and goes with it.

// leastReadings is how many make a text one that is annotated throughout; one or
// two explain a rare character.
const leastReadings = 3

// leastAnnotated is how many bytes a text with so many has at least.
const leastAnnotated = leastReadings * len("字(z)")

// annotated reports whether a text holds readings throughout.
func (d *Doc) annotated(pos, end int) bool {
	if end-pos < leastAnnotated || !d.round.within(d.Src, roundBracket, pos, end) && !d.wide.within(d.Src, wideBracket, pos, end) {
		return false
	}
	text := d.Src[pos:end]
	n := 0
	for i := 0; i < len(text) && n < leastReadings; {
		at := nextBracket(text, i)
		if at < 0 {
			break
		}
		i = at + 1
		if size := reading(text, at); size > 0 {
			n++
			i = at + size
		}
	}
	return n >= leastReadings
}

var roundBracket, wideBracket = []byte("("), []byte("（")

// nextBracket returns where the next opening bracket stands, or -1.
func nextBracket(text []byte, from int) int {
	i := bytes.IndexByte(text[from:], '(')
	j := bytes.Index(text[from:], wideBracket)
	switch {
	case i < 0 && j < 0:
		return -1
	case i < 0 || j >= 0 && j < i:
		return from + j
	}
	return from + i
}

// longestReading is the most letters of a syllable.
const longestReading = 6

// reading returns the length of the bracket at text[at:] if it holds the reading
// of the Chinese character before it, else 0.
func reading(text []byte, at int) int {
	before, _ := utf8.DecodeLastRune(text[:at])
	if !unicode.Is(unicode.Han, before) {
		return 0
	}
	open, n := utf8.DecodeRune(text[at:])
	shut := ')'
	if open != '(' {
		shut = '）'
	}
	for letters := 0; at+n < len(text); letters++ {
		r, size := utf8.DecodeRune(text[at+n:])
		n += size
		if r == shut && letters > 0 {
			return n
		}
		if letters == longestReading || r >= 0x300 || !unicode.IsLetter(r) {
			return 0
		}
	}
	return 0
}

// withoutReadings gives every reading to the character before it.
func (d *Doc) withoutReadings(yield func(text []byte, start, end int)) func(text []byte, start, end int) {
	return func(text []byte, start, end int) {
		if end-start != len(text) {
			yield(text, start, end)
			return
		}
		pos := 0
		for from := 0; from < len(text); {
			at := nextBracket(text, from)
			if at < 0 {
				break
			}
			from = at + 1
			n := reading(text, at)
			if n == 0 {
				continue
			}
			_, size := utf8.DecodeLastRune(text[:at])
			if first := at - size; first > pos {
				yield(text[pos:first], start+pos, start+first)
			}
			yield(text[at-size:at], start+at-size, start+at+n)
			pos, from = at+n, at+n
		}
		if pos < len(text) {
			yield(text[pos:], start+pos, start+len(text))
		}
	}
}
