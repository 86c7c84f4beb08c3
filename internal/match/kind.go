package match

import "unicode"

// kind is how a character behaves at the border of a match.
type kind uint8

const (
	kindNone   kind = iota // break, blank, punctuation: always a border
	kindDigit              // 0 to 9
	kindLatin              // letters of scripts with case: Latin, Greek, Cyrillic, Armenian, Georgian
	kindWord               // letters and marks of other scripts that put blanks between words
	kindHangul             // Korean syllables and letters
	kindSub                // kana, Thai, Lao, Khmer, Burmese: no blanks between words
	kindHan                // Chinese characters
	kindTrail              // second byte of a code; never the kind of a character
	kinds      = int(kindTrail)
)

// bordered reports whether a match may not begin between two characters of the kind.
func (k kind) bordered() bool { return k >= kindDigit && k <= kindHangul }

// letter reports whether the kind is a letter of some script.
func (k kind) letter() bool { return k >= kindLatin && k <= kindHan }

// kindOf is the kind of a folded rune.
func kindOf(r rune) kind {
	switch {
	case r >= 'a' && r <= 'z':
		return kindLatin
	case r >= '0' && r <= '9':
		return kindDigit
	case r < 0x80:
		return kindNone
	case r >= 0x4E00 && r <= 0x9FFF:
		return kindHan
	case r >= 0xAC00 && r <= 0xD7A3:
		return kindHangul
	case r >= 0x3041 && r <= 0x30FF && r != '・':
		return kindSub
	case r < 0x530 && unicode.IsLetter(r):
		return kindLatin
	}
	return slowKindOf(r)
}

func slowKindOf(r rune) kind {
	switch {
	case !unicode.IsLetter(r) && !unicode.IsMark(r):
		return kindNone
	case unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Armenian, unicode.Georgian):
		return kindLatin
	case unicode.In(r, unicode.Han):
		return kindHan
	case unicode.In(r, unicode.Hangul):
		return kindHangul
	case unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		return kindSub
	}
	return kindWord
}

// mark reports whether a folded rune is written over or under the letter before it:
// the two are one character to a reader. Where scripts put blanks between words,
// the fold drops marks or they are letters of a word like others.
func mark(r rune) bool { return kindOf(r) == kindSub && unicode.IsMark(r) }
