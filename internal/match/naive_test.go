package match

import (
	"strings"
	"unicode/utf8"

	"github.com/drosshq/dross/internal/normalize"
)

// The naive twin: the same laws over plain runes, without codes, trie or
// anchors. It is slow and simple, and the oracle of the tests.

// char is one folded character and its place in the source.
type char struct {
	r        rune
	from, to int
	bar      bool // from a capital I, which may be a bar
	wide     bool // a blank that stands for several
}

// piece is text with its place in the source; reference says that the place is
// not as long as the text.
type piece struct {
	text     string
	from, to int
}

// These stand for the signs that no pattern holds; they are no characters.
const (
	otherSign  = '\U0010FFFE'
	otherComma = '\U0010FFFF'
	otherBar   = '\U000FFFFE'
)

// naiveSign is what a sign that no pattern holds is taken for.
func naiveSign(r rune) rune {
	switch r {
	case ',', ';', '、':
		return otherComma
	case '|', '│', '┃':
		return otherBar
	}
	return otherSign
}

// naiveSegment folds the pieces of one segment. known holds the characters of
// the patterns: other signs are one.
func naiveSegment(pieces []piece, known map[rune]bool) []char {
	var out []char
	for _, p := range pieces {
		at := p.from
		for i := 0; i < len(p.text); {
			r, size := utf8.DecodeRuneInString(p.text[i:])
			from, to := p.from, p.to
			if p.to-p.from == len(p.text) {
				from, to = at, at+size
			}
			out = naiveAdd(out, r, from, to)
			at += size
			i += size
		}
	}
	for i := range out {
		if out[i].bar && i > 0 && i+1 < len(out) && kindOf(out[i-1].r) == kindHan && kindOf(out[i+1].r) == kindHan {
			out[i].r = otherSign
		}
		if r := out[i].r; kindOf(r) == kindNone && !known[r] && !strings.ContainsRune(joiners, r) {
			out[i].r = naiveSign(r)
		}
	}
	return naiveCollapse(out, known)
}

func naiveAdd(out []char, r rune, from, to int) []char {
	if normalize.Voicing(r) {
		if n := len(out); n > 0 {
			if joined := normalize.Append([]rune{out[n-1].r}, r)[0]; joined != out[n-1].r {
				out[n-1].r, out[n-1].to = joined, to
			}
		}
		return out
	}
	for _, f := range normalize.Append(nil, r) {
		if f == ' ' && (len(out) == 0 || out[len(out)-1].r == ' ') {
			if len(out) > 0 {
				out[len(out)-1].wide = true
			}
			continue
		}
		out = append(out, char{r: f, from: from, to: to, bar: r == 'I'})
	}
	return out
}

// naiveTerm folds literal text of a pattern.
func naiveTerm(text string, known map[rune]bool) []rune {
	var rs []rune
	for _, c := range naiveSegment([]piece{{text, 0, len(text)}}, known) {
		rs = append(rs, c.r)
	}
	return rs
}
