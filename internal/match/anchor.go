package match

import (
	"cmp"
	"slices"
)

// Bounds of the choice of anchors.
const (
	maxAnchor  = 6    // code bytes of one anchor
	reach      = 32   // code bytes of a key that an anchor is looked for in
	weakBits   = 9    // an anchor this common is made longer by what must stand beside it
	nodeBytes  = 4168 // heap of one node of the automaton
	smallHeap  = 36 << 20
	heapPerKey = 2800 // heap granted for each pattern past those that smallHeap serves
)

// cover is a set of anchors: every gate pattern's occurrence holds one.
type cover struct {
	anchors [][]byte
	longest int // bytes of the longest anchor
	offset  int // farthest an anchor begins after the start of a key
	bytes   int
}

// candidate is a window of a key.
type candidate struct {
	code   string
	offset int
	bits   float64
}

// chooseAnchors covers the gate patterns, with anchors as rare in ordinary text
// as the heap allows.
func (m *Matcher) chooseAnchors() cover {
	rarity := m.rarityOf()
	var c cover
	gates := 0
	for i := range m.patterns {
		if m.patterns[i].gate {
			gates++
		}
	}
	budget := max(smallHeap, gates*heapPerKey) / nodeBytes
	low, high := 6, 26 // the most bits that fit are at least low, less than high
	for low+1 < high {
		bits := (low + high) / 2
		if at := m.coverAt(float64(bits), rarity); at.bytes <= budget {
			low, c = bits, at
		} else {
			high = bits
		}
	}
	if c.anchors == nil {
		return m.coverAt(float64(low), rarity)
	}
	return c
}

// coverAt chooses for every gate pattern one window that carries the bits, or
// its best, preferring windows that many patterns share.
func (m *Matcher) coverAt(bits float64, rarity map[string]float64) cover {
	shared := map[string]int{}
	var all [][]candidate
	for i := range m.patterns {
		if !m.patterns[i].gate {
			continue
		}
		cs := m.candidates(&m.patterns[i], bits, rarity)
		for j, c := range cs {
			if !slices.ContainsFunc(cs[:j], func(o candidate) bool { return o.code == c.code }) {
				shared[c.code]++
			}
		}
		all = append(all, cs)
	}
	slices.SortStableFunc(all, func(a, b []candidate) int { return cmp.Compare(len(a), len(b)) })
	var out cover
	chosen := map[string]bool{}
	for _, cs := range all {
		best := cs[0]
		for _, c := range cs[1:] {
			if better(c, best, chosen, shared) {
				best = c
			}
		}
		out.offset = max(out.offset, best.offset)
		if !chosen[best.code] {
			chosen[best.code] = true
			out.add(best.code)
		}
	}
	return out
}

// better reports whether candidate c serves better than b.
func better(c, b candidate, chosen map[string]bool, shared map[string]int) bool {
	if chosen[c.code] != chosen[b.code] {
		return chosen[c.code]
	}
	cs, bs := shared[c.code]*len(b.code), shared[b.code]*len(c.code)
	if cs != bs {
		return cs > bs
	}
	return c.bits > b.bits
}

func (c *cover) add(code string) {
	c.anchors = append(c.anchors, []byte(code))
	c.longest = max(c.longest, len(code))
	c.bytes += len(code)
}

// candidates are the windows of a pattern's key to choose from, at least one.
// Blanks stand for any joiner, so no window crosses one.
func (m *Matcher) candidates(p *compiled, bits float64, rarity map[string]float64) []candidate {
	key := p.codes
	var strong, weak []candidate
	for i := 0; i < min(len(key), reach); i = m.after(key, i) {
		if key[i] == codeSpace {
			continue
		}
		c := m.window(key, i, bits, rarity)
		if c.bits >= bits {
			strong = append(strong, c)
		} else if len(weak) == 0 || c.bits > weak[0].bits {
			weak = []candidate{c}
		}
	}
	if len(strong) > 0 {
		return strong
	}
	return weak
}

// window is the shortest window from i that carries the bits, or the longest allowed.
func (m *Matcher) window(key string, i int, bits float64, rarity map[string]float64) candidate {
	c := candidate{offset: i}
	for j := i; j < len(key) && key[j] != codeSpace && c.bits < bits; {
		next := m.after(key, j)
		if next-i > maxAnchor {
			break
		}
		c.bits += rarity[key[j:next]]
		c.code = key[i:next]
		j = next
	}
	return c
}

// after is the position in a code string after the character at i.
func (m *Matcher) after(codes string, i int) int {
	i++
	if i < len(codes) && m.kind[codes[i]] == kindTrail {
		i++
	}
	return i
}
