package match

import (
	"cmp"
	"math"
	"slices"

	"github.com/drosshq/dross/lists"
)

// Bounds of the choice of anchors.
const (
	maxAnchor = 6     // code bytes of one anchor
	reach     = 24    // code bytes of a key that an anchor is looked for in
	mostNodes = 1_000 // of the automaton, a node a byte: 4 MB, and all of it marked by the collector
)

// cover is a set of anchors: every occurrence of a gate pattern holds one.
type cover struct {
	anchors map[string]bool
	offset  int // farthest that an anchor begins after the start of its key
	bytes   int
}

// window is a piece of one or more keys that may become an anchor.
type window struct {
	code   string
	rate   float64 // estimated share of positions of ordinary text at which it stands
	shared int     // how many patterns hold it
}

// place is a window within the key of one pattern.
type place struct{ window, offset int32 }

// cutter collects the windows of all gate patterns.
type cutter struct {
	m       *Matcher
	rates   *rates
	windows []window
	index   map[string]int32
	keys    [][]place
	fixed   []string // anchors that patterns with very short keys need
}

// chooseAnchors covers the gate patterns with anchors as rare in ordinary text
// as the bound of nodes allows, which the entries of a long list pass.
func (m *Matcher) chooseAnchors() cover {
	c := &cutter{m: m, rates: m.newRates(), index: map[string]int32{}}
	for i := range m.patterns {
		if m.patterns[i].gate {
			c.add(&m.patterns[i])
		}
	}
	slices.SortStableFunc(c.keys, func(a, b []place) int { return cmp.Compare(len(a), len(b)) })
	// The price of a byte against the rate: the lowest that keeps the bound.
	low, high := 1e-8, 10.0
	out := c.cover(low)
	if out.bytes <= mostNodes {
		return out
	}
	out = c.cover(high)
	for range 8 {
		price := math.Sqrt(low * high)
		if at := c.cover(price); at.bytes <= mostNodes {
			high, out = price, at
		} else {
			low = price
		}
	}
	return out
}

// add collects the windows of a pattern's key. A blank stands for any joiner,
// so no window crosses one.
func (c *cutter) add(p *compiled) {
	if c.addDigits(p) {
		return
	}
	var places []place
	m, key := c.m, p.codes
	for i := 0; i < min(len(key), reach); i = m.after(key, i) {
		rate := 1.0
		for j := i; j < len(key) && key[j] != codeSpace; {
			next := m.after(key, j)
			if next-i > maxAnchor {
				break
			}
			var estimate float64
			rate, estimate = c.rates.of(key[i:next], key[j:next], rate)
			places = append(places, place{c.window(key[i:next], estimate), int32(i)})
			j = next
		}
	}
	c.keys = append(c.keys, places)
	slices.SortFunc(places, func(a, b place) int { return cmp.Compare(a.window, b.window) })
	for i, at := range places {
		if i == 0 || at.window != places[i-1].window {
			c.windows[at.window].shared++
		}
	}
}

// addDigits gives a pattern whose key is one character, next to a digit, ten
// anchors of the two.
func (c *cutter) addDigits(p *compiled) bool {
	if c.m.after(p.codes, 0) < len(p.codes) {
		return false
	}
	digit := func(parts []part) bool {
		return len(parts) > 0 && parts[0].class == lists.Digits && parts[0].min > 0
	}
	before := digit(p.left)
	if !before && !digit(p.right) {
		return false
	}
	for d := '0'; d <= '9'; d++ {
		code := string([]byte{byte(c.m.codes[d])})
		if before {
			c.fixed = append(c.fixed, code+p.codes)
		} else {
			c.fixed = append(c.fixed, p.codes+code)
		}
	}
	return true
}

func (c *cutter) window(code string, rate float64) int32 {
	i, ok := c.index[code]
	if !ok {
		i = int32(len(c.windows))
		c.windows = append(c.windows, window{code: code, rate: rate})
		c.index[code] = i
	}
	return i
}

// cover chooses for every key the window that costs least at a price of a byte
// of anchor, split among the patterns that hold it.
func (c *cutter) cover(price float64) cover {
	out := cover{anchors: map[string]bool{}}
	for _, code := range c.fixed {
		out.anchors[code] = true
	}
	chosen := make([]bool, len(c.windows))
	for _, places := range c.keys {
		best, least := place{}, -1.0
		for _, at := range places {
			w := &c.windows[at.window]
			cost := w.rate + price*float64(len(w.code))/float64(w.shared)
			if chosen[at.window] {
				cost = 0
			}
			if least < 0 || cost < least {
				best, least = at, cost
			}
		}
		chosen[best.window] = true
		out.anchors[c.windows[best.window].code] = true
		out.offset = max(out.offset, int(best.offset))
	}
	out.thin()
	return out
}

// thin drops the anchors that hold another one and sums up the rest.
func (c *cover) thin() {
	for code := range c.anchors {
		if c.holdsOther(code) {
			delete(c.anchors, code)
			continue
		}
		c.bytes += len(code)
	}
}

func (c *cover) holdsOther(code string) bool {
	for i := range len(code) {
		for j := i + 1; j <= len(code); j++ {
			if j-i < len(code) && c.anchors[code[i:j]] {
				return true
			}
		}
	}
	return false
}
