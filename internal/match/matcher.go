package match

import (
	"github.com/cloudflare/ahocorasick"

	"github.com/drosshq/dross/internal/normalize"
	"github.com/drosshq/dross/lists"
)

// Match is one occurrence of a pattern, in code positions, half-open.
type Match struct{ Pattern, Start, End int }

// Matcher finds patterns. It is immutable.
type Matcher struct {
	alphabet
	patterns  []compiled
	all       index                // every key
	gates     index                // the keys of gate patterns
	anchors   *ahocorasick.Matcher // nil: there is no gate pattern
	anchorLen int                  // longest anchor
	anchorOff int                  // farthest an anchor lies from the start of its key
}

// New compiles the patterns. It fails with *PatternError on the first that
// cannot be searched for.
func New(patterns []Pattern) (*Matcher, error) {
	a, err := newAlphabet(runesOf(patterns))
	if err != nil {
		return nil, err
	}
	m := &Matcher{alphabet: *a, patterns: make([]compiled, len(patterns))}
	var all, gates []entry
	for i, p := range patterns {
		c, err := m.compile(p)
		if err != nil {
			return nil, &PatternError{Pattern: i, Err: err}
		}
		m.patterns[i] = c
		e := entry{key: c.key, pattern: int32(i), inside: m.opensInside(&c), tail: m.tailOf(&c)}
		all = append(all, e)
		if p.Gate {
			gates = append(gates, e)
		}
	}
	m.all.build(&m.alphabet, all)
	m.gates.build(&m.alphabet, gates)
	m.buildGate()
	return m, nil
}

// runesOf counts the folded runes of the literal text.
func runesOf(patterns []Pattern) map[rune]int {
	uses := map[rune]int{}
	for _, p := range patterns {
		for _, part := range p.parts() {
			for _, r := range normalize.String(part.Literal) {
				uses[r]++
			}
		}
	}
	return uses
}

// opensInside reports whether the key may begin right after a character of the
// kind it begins with.
func (m *Matcher) opensInside(c *compiled) bool {
	k := m.kind[c.codes[0]]
	switch {
	case !k.bordered():
		return false
	case len(c.left) == 0:
		return k == kindHangul && c.openHangul
	}
	digits := c.left[0].class == lists.Digits && c.left[0].min > 0
	return k == kindDigit || !digits
}

// Each calls yield for every occurrence of every pattern within the codes from
// start to end, until it returns false. Occurrences may overlap; those of keys
// that begin earlier come first. Borders are judged by what really stands
// outside the range.
func (m *Matcher) Each(h *Haystack, start, end int, yield func(Match) bool) {
	h.seal()
	s := m.all.seek(h, start, end)
	for i, t := s.step(); t != nil; i, t = s.step() {
		if !m.walk(t, h.codes, i, start, end, yield) {
			return
		}
	}
}

// walk yields the patterns whose key begins at i.
func (m *Matcher) walk(t *trie, codes []byte, i, start, end int, yield func(Match) bool) bool {
	s := int32(0)
	for j := i; j < end; {
		s = t.step(s, m.sym[codes[j]])
		if s == 0 {
			return true
		}
		j++
		if t.ends[s] == 0 {
			continue
		}
		for _, p := range t.groups[t.ends[s]-1] {
			from, to, ok := m.verify(&m.patterns[p], codes, i, j, start, end)
			if ok && !yield(Match{Pattern: int(p), Start: from, End: to}) {
				return false
			}
		}
	}
	return true
}
