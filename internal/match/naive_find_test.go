package match

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/drosshq/dross/lists"
)

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
