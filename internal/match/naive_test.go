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

// otherSign stands for every sign that no pattern holds; it is no character itself.
const otherSign = '\U0010FFFE'

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
			out[i].r = otherSign
		}
	}
	return naiveCollapse(out)
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

// naiveCollapse joins letters that stand apart by one and the same sign; where that
// is a blank, several of them part two words.
func naiveCollapse(in []char) []char {
	var out []char
	for i := 0; i < len(in); {
		n := naiveSpaced(in, i)
		if n == 0 {
			out = append(out, in[i])
			i++
			continue
		}
		for k := range n {
			out = append(out, in[i+2*k])
			if k < n-1 && in[i+2*k+1].wide {
				out = append(out, in[i+2*k+1])
			}
		}
		i += 2*n - 1
	}
	return out
}

// naiveSpaced counts the single letters of the words that begin at i, 0 if there
// are too few.
func naiveSpaced(in []char, i int) int {
	single := func(j int, after bool) bool {
		k := kindOf(in[j].r)
		if !k.letter() {
			return false
		}
		if after {
			return !k.bordered() || j+1 >= len(in) || kindOf(in[j+1].r) != k
		}
		return !k.bordered() || j == 0 || kindOf(in[j-1].r) != k
	}
	if !single(i, false) {
		return 0
	}
	n := 1
	for j := i; j+2 < len(in); j += 2 {
		sep := in[j+1].r
		if kindOf(sep) != kindNone || sep != in[i+1].r || !kindOf(in[j+2].r).letter() {
			break
		}
		n++
	}
	if !single(i+2*(n-1), true) {
		n--
	}
	word, longest, wide := 1, 1, false
	for k := 1; k < n; k++ {
		if word++; in[i+2*k-1].wide {
			word, wide = 1, true
		}
		longest = max(longest, word)
	}
	if longest < minSpaced || wide && n < minRun {
		return 0
	}
	return n
}

// naiveTerm folds literal text of a pattern.
func naiveTerm(text string, known map[rune]bool) []rune {
	var rs []rune
	for _, c := range naiveSegment([]piece{{text, 0, len(text)}}, known) {
		rs = append(rs, c.r)
	}
	return rs
}
