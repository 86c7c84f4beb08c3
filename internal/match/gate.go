package match

import (
	"maps"
	"math/bits"
	"slices"

	"github.com/cloudflare/ahocorasick"
)

// The automaton is asked about blocks of other letters than a to z: words of those
// are ruled out faster where they begin. It is asked as long as it rules out
// something: once it has found an anchor in most blocks, which a list of a thousand
// entries makes likely, the trie alone is faster.
const (
	mostLetters = block / 4 // from a to z in a block that it is asked about
	trial       = 8         // blocks before the judgement
	mostHits    = 2         // one hit in so many blocks is too many
)

// Any reports whether a gate pattern occurs in the haystack: exactly when Each
// over all of it would yield one.
func (m *Matcher) Any(h *Haystack) bool {
	found := false
	m.Gates(h, func(int) int {
		found = true
		return -1
	})
	return found
}

// Gates calls yield with the position of the key of every gate pattern's
// occurrence, in order and each position once, and goes on from the position
// that yield returns; a negative one ends it.
func (m *Matcher) Gates(h *Haystack, yield func(pos int) (next int)) {
	h.seal()
	if m.anchors == nil {
		return
	}
	g, done := gate{m: m, h: h}, 0
	for k := 0; k*block < len(h.codes); k++ {
		first := k
		for k*block < len(h.codes) && !g.rulesOut(k) {
			k++
		}
		if k == first {
			continue
		}
		from := first*block - m.anchorLen + 1 - m.anchorOff
		s := m.gates.seek(h, max(done, from), min(k*block, len(h.codes)))
		for i, t := s.step(); t != nil; i, t = s.step() {
			done = i + 1
			if m.opens(t, h.codes, i) {
				next := yield(i)
				if next < 0 {
					return
				}
				done = max(done, next)
				s.skip(done)
			}
		}
	}
}

// gate asks the automaton about one haystack.
type gate struct {
	m           *Matcher
	h           *Haystack
	tried, hits int
}

// rulesOut reports whether no anchor ends in block k.
func (g *gate) rulesOut(k int) bool {
	if g.hits*mostHits > g.tried && g.tried >= trial || bits.OnesCount64(g.h.letters[k]) > mostLetters {
		return false
	}
	g.tried++
	from, to := max(0, k*block-g.m.anchorLen+1), min((k+1)*block, len(g.h.codes))
	if !g.m.anchors.Contains(g.h.codes[from:to]) {
		return true
	}
	g.hits++
	return false
}

// opens reports whether a gate pattern occurs whose key begins at i.
func (m *Matcher) opens(t *trie, codes []byte, i int) bool {
	found := false
	m.walk(t, codes, i, 0, len(codes), func(Match) bool {
		found = true
		return false
	})
	return found
}

// buildGate chooses the anchors and builds the automaton over them.
func (m *Matcher) buildGate() {
	c := m.chooseAnchors()
	if len(c.anchors) == 0 {
		return
	}
	m.anchorOff = c.offset + maxAnchor
	var anchors [][]byte
	for _, code := range slices.Sorted(maps.Keys(c.anchors)) {
		anchors = append(anchors, []byte(code))
		m.anchorLen = max(m.anchorLen, len(code))
	}
	m.anchors = ahocorasick.NewMatcher(anchors)
}
