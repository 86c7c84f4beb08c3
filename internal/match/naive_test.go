package match

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/drosshq/dross/internal/normalize"
	"github.com/drosshq/dross/lists"
)

// The naive twin: the same laws over plain runes, without codes, trie or
// anchors. It is slow and simple, and the oracle of the tests.

// char is one folded character and its place in the source.
type char struct {
	r        rune
	from, to int
	bar      bool // from a capital I, which may be a bar
}

// piece is text with its place in the source; reference says that the place is
// not as long as the text.
type piece struct {
	text     string
	from, to int
}

const otherSign = '\uFFFD'

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
			continue
		}
		out = append(out, char{f, from, to, r == 'I'})
	}
	return out
}

// naiveCollapse joins letters that stand apart by one and the same sign.
func naiveCollapse(in []char) []char {
	var out []char
	for i := 0; i < len(in); {
		n := naiveSpaced(in, i)
		if n < minSpaced {
			out = append(out, in[i])
			i++
			continue
		}
		for range n {
			out = append(out, in[i])
			i += 2
		}
		i--
	}
	return out
}

// naiveSpaced counts the single letters from i on.
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

// sourceMatch is a match in source positions.
type sourceMatch struct{ pattern, from, to int }

func sortMatches(ms []sourceMatch) {
	slices.SortFunc(ms, func(a, b sourceMatch) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(a.pattern, b.pattern))
	})
}

// twin is the naive matcher.
type twin struct {
	known    map[rune]bool
	patterns []*naivePattern
}

func newTwin(patterns []Pattern) *twin {
	w := &twin{known: map[rune]bool{}}
	for r := range runesOf(patterns) {
		w.known[r] = true
	}
	for _, p := range patterns {
		w.patterns = append(w.patterns, newNaivePattern(p, w.known))
	}
	return w
}

// find finds all patterns in one segment.
func (w *twin) find(segment []piece) []sourceMatch {
	var out []sourceMatch
	chars := naiveSegment(segment, w.known)
	for id, n := range w.patterns {
		for i := range chars {
			from, to := n.at(chars, i)
			if to > from {
				out = append(out, sourceMatch{id, chars[from].from, chars[to-1].to})
			}
		}
	}
	return out
}

type naivePattern struct {
	parts    []lists.Part
	literals [][]rune
	key      int
	letters  int
	hangul   int
}

func newNaivePattern(p Pattern, known map[rune]bool) *naivePattern {
	n := &naivePattern{parts: p.parts(), key: -1}
	n.literals = make([][]rune, len(n.parts))
	longest := 0
	for i, part := range n.parts {
		if part.Class != lists.NoClass {
			continue
		}
		text := string(naiveTerm(part.Literal, known))
		if i == 0 {
			text = strings.TrimLeft(text, " ")
		}
		if i == len(n.parts)-1 {
			text = strings.TrimRight(text, " ")
		}
		n.literals[i] = []rune(text)
		for _, r := range text {
			switch kindOf(r) {
			case kindLatin, kindWord:
				n.letters++
			case kindHangul:
				n.hangul++
			}
		}
		if size := naiveSize(text); n.key < 0 || size > longest {
			n.key, longest = i, size
		}
	}
	return n
}

// naiveSize is how long a literal is, to choose the longest for the key.
func naiveSize(text string) int { return utf8.RuneCountInString(text) }

// at returns the match whose key begins at i, or an empty range.
func (n *naivePattern) at(chars []char, i int) (int, int) {
	end := i + len(n.literals[n.key])
	if !naiveEqual(chars, i, n.literals[n.key]) {
		return 0, 0
	}
	to := n.right(chars, end, n.key+1)
	from := n.left(chars, i, n.key-1)
	if to < 0 || from < 0 {
		return 0, 0
	}
	return from, to
}

func naiveEqual(chars []char, i int, want []rune) bool {
	if i < 0 || i+len(want) > len(chars) {
		return false
	}
	for j, w := range want {
		r := chars[i+j].r
		if r != w && !(w == ' ' && strings.ContainsRune(joiners, r)) {
			return false
		}
	}
	return true
}

func naiveClass(p lists.Part, r rune) bool {
	switch p.Class {
	case lists.Digits:
		return r >= '0' && r <= '9'
	case lists.Handle:
		return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r == '-' || r == '_'
	}
	return r == ' '
}

func (n *naivePattern) right(chars []char, i, part int) int {
	if part == len(n.parts) {
		if n.border(chars, i-1, i, true) {
			return i
		}
		return -1
	}
	p := n.parts[part]
	if p.Class == lists.NoClass {
		if !naiveEqual(chars, i, n.literals[part]) {
			return -1
		}
		return n.right(chars, i+len(n.literals[part]), part+1)
	}
	for size := p.Max; size >= p.Min; size-- {
		ok := i+size <= len(chars)
		for j := 0; ok && j < size; j++ {
			ok = naiveClass(p, chars[i+j].r)
		}
		if ok {
			if end := n.right(chars, i+size, part+1); end >= 0 {
				return end
			}
		}
	}
	return -1
}

func (n *naivePattern) left(chars []char, i, part int) int {
	if part < 0 {
		if n.border(chars, i, i-1, false) {
			return i
		}
		return -1
	}
	p := n.parts[part]
	if p.Class == lists.NoClass {
		if !naiveEqual(chars, i-len(n.literals[part]), n.literals[part]) {
			return -1
		}
		return n.left(chars, i-len(n.literals[part]), part-1)
	}
	for size := p.Max; size >= p.Min; size-- {
		ok := i-size >= 0
		for j := 1; ok && j <= size; j++ {
			ok = naiveClass(p, chars[i-j].r)
		}
		if ok {
			if start := n.left(chars, i-size, part-1); start >= 0 {
				return start
			}
		}
	}
	return -1
}

// border reports whether a match may have its edge at one character with the
// other outside.
func (n *naivePattern) border(chars []char, edge, outside int, end bool) bool {
	if outside < 0 || outside >= len(chars) {
		return true
	}
	e, o := kindOf(chars[edge].r), kindOf(chars[outside].r)
	outer := n.parts[0]
	if end {
		outer = n.parts[len(n.parts)-1]
	}
	if outer.Class == lists.Handle && (o == kindLatin || o == kindDigit) {
		return false
	}
	switch e {
	case kindLatin, kindWord:
		return o != e && (o != kindDigit || n.letters >= 4)
	case kindDigit:
		return o != kindDigit
	case kindHangul:
		if n.hangul >= 4 {
			return true
		}
		if !end {
			return o != kindHangul
		}
		follow := 0
		for i := outside; i < len(chars) && kindOf(chars[i].r) == kindHangul; i++ {
			follow++
		}
		return follow <= 2
	}
	return true
}
