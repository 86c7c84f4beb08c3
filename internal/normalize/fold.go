// Package normalize folds the many ways to write a letter into one: case,
// width, Traditional to Simplified, compatibility forms, look-alikes,
// diacritics, invisible characters and white space. The same function folds
// page text and list terms, so the two cannot drift apart.
//
// The fold is free of context: what a rune becomes depends on that rune alone,
// with one exception, the kana voicing marks, which join the kana before them.
// Everything here is safe for concurrent use.
package normalize

import (
	"unicode/utf8"
)

// MaxRunes is the largest number of runes that one rune folds to.
const MaxRunes = 18

// Append folds r and appends the result, none to MaxRunes runes, to dst. A
// voicing mark (U+3099, U+309A and their half-width forms) changes the last
// rune of dst where that is a kana that takes it, and is dropped elsewhere.
func Append(dst []rune, r rune) []rune {
	t := loadTables()
	if uint32(r) < uint32(len(t.bmp)) {
		switch to := t.bmp[r]; to {
		case markDropped:
			if v := voicing(r); v != 0 && len(dst) > 0 {
				dst[len(dst)-1] = voiced(dst[len(dst)-1], v)
			}
			return dst
		case markSpecial:
			return t.appendSpecial(dst, r)
		default:
			return append(dst, rune(to))
		}
	}
	return t.appendSpecial(dst, r)
}

// String folds a text: every rune as Append does, invalid bytes as U+FFFD, and
// runs of blanks as one.
func String(s string) string {
	if clean(s) {
		return s
	}
	out := make([]byte, 0, len(s))
	var buf [MaxRunes + 1]rune
	last := rune(-1)
	for _, r := range s {
		folded := buf[:0]
		if last >= 0 {
			folded = append(folded, last)
		}
		kept := len(folded)
		folded = Append(folded, r)
		if kept == 1 && folded[0] != last { // a voicing mark joined it
			out = utf8.AppendRune(out[:len(out)-utf8.RuneLen(last)], folded[0])
			last = folded[0]
		}
		for _, f := range folded[kept:] {
			if f == ' ' && last == ' ' {
				continue
			}
			out = utf8.AppendRune(out, f)
			last = f
		}
	}
	return string(out)
}

// Folded reports whether r changes when it is folded.
func Folded(r rune) bool {
	var buf [MaxRunes]rune
	out := Append(buf[:0], r)
	return len(out) != 1 || out[0] != r
}

// clean reports whether s is ASCII text that the fold leaves alone.
func clean(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x7F || c < ' ' || c >= 'A' && c <= 'Z' || c == ' ' && i > 0 && s[i-1] == ' ' {
			return false
		}
	}
	return true
}
