package match

import (
	"maps"
	"slices"

	"github.com/cloudflare/ahocorasick"
)

// chunk is how many codes the automaton reads before a hit is looked into.
const chunk = 64

// The automaton is asked as long as it rules out something: once it has found
// an anchor in most chunks, which a list of many thousand entries makes likely,
// the trie alone is faster.
const (
	trial     = 8 // chunks before the judgement
	mostHits  = 2 // one hit in so many chunks is too many
	bigStride = 1 << 16
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
	if m.gate == nil {
		return
	}
	codes, done := h.codes, 0
	tried, hits, stride := 0, 0, chunk
	for at := 0; at < len(codes); at = max(at+stride, done) {
		if hits*mostHits > tried && tried >= trial {
			stride = bigStride
		}
		from, to := max(0, at-m.anchorLen+1), min(at+stride, len(codes))
		if stride == chunk {
			tried++
			if !m.gate.Contains(codes[from:to]) {
				continue
			}
			hits++
		}
		s := m.gates.seek(h, max(done, from-m.anchorOff), to)
		for i, t := s.step(); t != nil; i, t = s.step() {
			done = i + 1
			if m.opens(t, codes, i) {
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
	m.gate = ahocorasick.NewMatcher(anchors)
}
