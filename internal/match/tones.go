package match

import (
	"strings"

	"github.com/drosshq/dross/internal/normalize"
)

// Tone says how the diacritics of a match compare with the term's.
type Tone uint8

// The comparisons.
const (
	// ToneSame: spelt as the term, or the pattern's language has no tones.
	ToneSame Tone = iota
	// ToneMissing: written without any diacritics where the term has some.
	ToneMissing
	// ToneOther: written with other diacritics, so perhaps another word.
	ToneOther
)

// Tones compares the source text of a match of a Vietnamese pattern with its term.
func (m *Matcher) Tones(pattern int, source string) Tone {
	p := &m.patterns[pattern]
	if p.toned == "" || p.toned == p.plain {
		return ToneSame
	}
	switch toned := blankJoiners(normalize.Toned(source)); {
	case toned == blankJoiners(p.toned):
		return ToneSame
	case toned == blankJoiners(normalize.String(source)):
		return ToneMissing
	}
	return ToneOther
}

// Respelt reports whether the source text of a match differs from the term by
// more than case, width of blanks and the joiners between words: look-alikes,
// invisible characters, other scripts, separators between letters.
func (m *Matcher) Respelt(pattern int, source string) bool {
	p := &m.patterns[pattern]
	return p.term != "" && strings.ToLower(blankJoiners(source)) != p.term
}

// blankJoiners makes every run of blanks and every joiner one blank.
func blankJoiners(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return strings.ContainsRune(joiners, r) || r == '\t' || r == '\n' || r == '\r' || r == '\u00A0' || r == '\u3000'
	}), " ")
}
