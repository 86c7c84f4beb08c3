package normalize

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Toned folds a text as String does, but keeps the diacritics of Latin letters,
// composed: "NHÀ  CÁI" becomes "nhà cái". It serves to tell a term that is
// written with other tones from one that is written without.
func Toned(s string) string {
	out := make([]rune, 0, len(s))
	for _, r := range s {
		l := unicode.ToLower(r)
		switch {
		case keepsTone(l):
			out = append(out, l)
		case r >= 0x300 && r <= 0x36F:
			addMark(out, r)
		default:
			out = Append(out, r)
		}
	}
	return squeeze(out)
}

// addMark composes a combining mark with the Latin letter that ends rs; another
// mark is dropped, as in the plain fold.
func addMark(rs []rune, mark rune) {
	if len(rs) == 0 || !unicode.Is(unicode.Latin, rs[len(rs)-1]) {
		return
	}
	last := &rs[len(rs)-1]
	joined := norm.NFC.String(string([]rune{*last, mark}))
	if r, size := utf8.DecodeRuneInString(joined); size == len(joined) {
		*last = r
	}
}

// keepsTone reports whether r is a Latin letter with diacritics.
func keepsTone(r rune) bool {
	if r == 'đ' || r == 'ơ' || r == 'ư' {
		return true
	}
	if r < 0xC0 || !unicode.Is(unicode.Latin, r) {
		return false
	}
	var buf [4]byte
	return !norm.NFD.IsNormal(buf[:copy(buf[:], string(r))])
}

// squeeze makes runs of blanks one.
func squeeze(rs []rune) string {
	out := rs[:0]
	for i, r := range rs {
		if r != ' ' || i == 0 || rs[i-1] != ' ' {
			out = append(out, r)
		}
	}
	return string(out)
}
