package match

import "github.com/drosshq/dross/lists"

// maxSteps bounds the backtracking in the classes of one pattern at one place.
const maxSteps = 2048

// search is one attempt to verify a pattern around its key.
type search struct {
	m     *Matcher
	p     *compiled
	codes []byte
	from  int // bounds of the match
	to    int
	steps int
}

// verify returns the range of pattern p whose key covers the codes from start
// to end. A match lies between from and to.
func (m *Matcher) verify(p *compiled, codes []byte, start, end, from, to int) (int, int, bool) {
	if p.strict && !sameJoiners(codes[start:end], p.codes) {
		return 0, 0, false
	}
	s := search{m: m, p: p, codes: codes, from: from, to: to}
	end = s.forward(end, p.right)
	if end < 0 {
		return 0, 0, false
	}
	s.steps = 0
	start = s.backward(start, p.left)
	return start, end, start >= 0
}

// sameJoiners reports whether the joiners that the pattern names are the ones
// found; a blank of the pattern stands for any.
func sameJoiners(found []byte, want string) bool {
	for i, c := range found {
		if w := want[i]; w != c && w != codeSpace {
			return false
		}
	}
	return true
}

// forward matches the parts from position i on, the longest run of each class
// first, and returns the end of the match, or -1.
func (s *search) forward(i int, parts []part) int {
	if s.steps++; s.steps > maxSteps {
		return -1
	}
	if len(parts) == 0 {
		if s.borderAfter(i) {
			return i
		}
		return -1
	}
	p := parts[0]
	if p.class == lists.NoClass {
		if n := len(p.codes); i+n <= s.to && s.equal(i, p.codes) {
			return s.forward(i+n, parts[1:])
		}
		return -1
	}
	n := 0
	for limit := p.limit(); n < limit && i+n < s.to && s.m.inClass(p.class, s.codes[i+n]); {
		n++
	}
	for ; n >= p.min; n-- {
		if end := s.forward(i+n, parts[1:]); end >= 0 {
			return end
		}
	}
	return -1
}

// backward matches the parts, nearest first, up to position i, and returns the
// start of the match, or -1.
func (s *search) backward(i int, parts []part) int {
	if s.steps++; s.steps > maxSteps {
		return -1
	}
	if len(parts) == 0 {
		if s.borderBefore(i) {
			return i
		}
		return -1
	}
	p := parts[0]
	if p.class == lists.NoClass {
		if n := len(p.codes); i-n >= s.from && s.equal(i-n, p.codes) {
			return s.backward(i-n, parts[1:])
		}
		return -1
	}
	n := 0
	for limit := p.limit(); n < limit && i-n > s.from && s.m.inClass(p.class, s.codes[i-n-1]); {
		n++
	}
	for ; n >= p.min; n-- {
		if start := s.backward(i-n, parts[1:]); start >= 0 {
			return start
		}
	}
	return -1
}

// limit is the most characters a class takes; runs of blanks are one code.
func (p *part) limit() int {
	if p.class == lists.Spaces {
		return min(p.max, 1)
	}
	return p.max
}

// equal reports whether the codes at i are those of a literal; a blank of the
// literal stands for any joiner.
func (s *search) equal(i int, codes string) bool {
	for j := range len(codes) {
		c := s.codes[i+j]
		if c != codes[j] && (codes[j] != codeSpace || s.m.sym[c] != codeSpace) {
			return false
		}
	}
	return true
}

// inClass reports whether the code is of the class.
func (m *Matcher) inClass(class lists.ClassKind, c byte) bool {
	switch class {
	case lists.Digits:
		return m.kind[c] == kindDigit
	case lists.Handle:
		return c == codeHyphen || c == codeLowLine || m.kind[c] == kindDigit || m.isLetter(c)
	default:
		return c == codeSpace
	}
}

// borderBefore reports whether the match may begin at i.
func (s *search) borderBefore(i int) bool {
	before := s.m.kindBefore(s.codes, i)
	if n := len(s.p.left); n > 0 && s.p.left[n-1].class == lists.Handle && s.handleBorder(before) {
		return false
	}
	edge := s.m.kindAt(s.codes, i)
	if edge == kindHangul {
		return s.p.openHangul || before != kindHangul
	}
	return s.border(edge, before)
}

// borderAfter reports whether the match may end at i.
func (s *search) borderAfter(i int) bool {
	after := s.m.kindAt(s.codes, i)
	if n := len(s.p.right); n > 0 && s.p.right[n-1].class == lists.Handle && s.handleBorder(after) {
		return false
	}
	edge := s.m.kindBefore(s.codes, i)
	if edge == kindHangul {
		return s.p.openHangul || s.syllables(i) <= 2
	}
	return s.border(edge, after)
}

// border reports whether there is a border between the edge of a match and the
// character outside.
func (s *search) border(edge, outside kind) bool {
	switch edge {
	case kindLatin, kindWord:
		return outside != edge && (outside != kindDigit || s.p.long)
	case kindDigit:
		return outside != kindDigit
	}
	return true
}

// handleBorder reports whether a handle would go on in a character of the kind.
func (s *search) handleBorder(k kind) bool { return k == kindLatin || k == kindDigit }

// syllables counts Hangul characters from i on, up to three.
func (s *search) syllables(i int) int {
	n := 0
	for n < 3 && s.m.kindAt(s.codes, i) == kindHangul {
		i = s.m.next(s.codes, i)
		n++
	}
	return n
}
