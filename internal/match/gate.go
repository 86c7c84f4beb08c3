package match

import (
	"maps"
	"slices"

	"github.com/cloudflare/ahocorasick"
)

// chunk is how many codes the automaton reads before a hit is looked into.
const chunk = 64

// Any reports whether a gate pattern occurs in the haystack: exactly when Each
// over all of it would yield one.
func (m *Matcher) Any(h *Haystack) bool {
	h.seal()
	if m.gate == nil {
		return false
	}
	codes := h.codes
	for at := 0; at < len(codes); at += chunk {
		from, to := max(0, at-m.anchorLen+1), min(at+chunk, len(codes))
		if m.gate.Contains(codes[from:to]) && m.confirm(codes, max(0, from-m.anchorOff), to) {
			return true
		}
	}
	return false
}

// confirm reports whether a gate pattern whose key begins between from and to
// occurs.
func (m *Matcher) confirm(codes []byte, from, to int) bool {
	found := false
	for i := from; i < to && !found; i++ {
		x := m.indexAt(codes, i)
		if x == nil || !x.may(&m.alphabet, codes, i) {
			continue
		}
		m.walk(&x.trie, codes, i, 0, len(codes), func(mt Match) bool {
			found = m.patterns[mt.Pattern].gate
			return !found
		})
	}
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
