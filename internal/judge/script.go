package judge

import (
	"unicode"
)

// Script is the writing of a text, as far as blocks and pages are told apart by it.
type Script uint8

// The scripts.
const (
	NoScript Script = iota
	Latin
	Cyrillic
	Han
	Kana
	Hangul
	Thai
	Other
)

// ScriptOf returns the script that two thirds of a text's letters belong to;
// text with kana is Japanese however many Han characters it has.
func ScriptOf(text string) Script {
	var n [Other + 1]int
	all := 0
	for i, r := range text {
		if i > maxSample {
			break
		}
		if s := scriptOf(r); s != NoScript {
			n[s]++
			all++
		}
	}
	if all < 4 {
		return NoScript
	}
	if n[Kana]*10 > n[Han]+n[Kana] {
		n[Kana], n[Han] = n[Kana]+n[Han], 0
	}
	for s, k := range n {
		if k*3 >= all*2 {
			return Script(s)
		}
	}
	return NoScript
}

func scriptOf(r rune) Script {
	switch {
	case r < 0x80:
		if r|0x20 >= 'a' && r|0x20 <= 'z' {
			return Latin
		}
		return NoScript
	case !unicode.IsLetter(r) && !(r >= 0xe00 && r < 0xe80):
		return NoScript
	case r < 0x250, r >= 0x1e00 && r < 0x1f00:
		return Latin
	case r >= 0x400 && r < 0x530:
		return Cyrillic
	case r >= 0xe00 && r < 0xe80:
		return Thai
	case r >= 0x3040 && r < 0x3100:
		return Kana
	case r >= 0xac00 && r < 0xd7a4:
		return Hangul
	case unicode.Is(unicode.Han, r):
		return Han
	}
	return Other
}
