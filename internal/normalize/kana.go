package normalize

// The two voicing marks.
const (
	dakuten    = '\u3099'
	handakuten = '\u309A'
)

// voicing is the mark that r writes, 0 for any other rune.
func voicing(r rune) rune {
	switch r {
	case dakuten, '\uFF9E':
		return dakuten
	case handakuten, '\uFF9F':
		return handakuten
	}
	return 0
}

// Voicing reports whether r is a kana voicing mark: the only runes whose fold
// looks at the rune before.
func Voicing(r rune) bool { return voicing(r) != 0 }

// voiced is kana with mark, or kana itself where the two do not join.
func voiced(kana, mark rune) rune {
	base := kana
	if base >= 'ァ' && base <= 'ヺ' {
		base -= 'ァ' - 'ぁ' // the two kana blocks run side by side
	}
	switch {
	case mark == handakuten && isHaRow(base):
		return kana + 2
	case mark == handakuten:
		return kana
	case isHaRow(base), base >= 'か' && base <= 'ち' && (base-'か')%2 == 0, base == 'つ', base == 'て', base == 'と':
		return kana + 1
	case kana == 'う', kana == 'ウ':
		return kana + 'ゔ' - 'う'
	}
	return kana
}

// isHaRow reports whether the hiragana r is one of は ひ ふ へ ほ.
func isHaRow(r rune) bool {
	return r >= 'は' && r <= 'ほ' && (r-'は')%3 == 0
}
