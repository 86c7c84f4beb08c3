package judge

import (
	"bytes"

	"github.com/drosshq/dross/internal/page"
	"github.com/drosshq/dross/lists"
)

// Group decides on texts that would go as one block.
func (c *Court) Group(texts []Text, at Place) Ruling {
	first, last := c.trim(texts)
	if last-first < 2 {
		return Ruling{}
	}
	r := c.rule(texts[first:last], at)
	if c.gated(texts[first:last])*2 < last-first && texts[first].Zone != page.Target {
		r.Remove, r.Shaped = false, false
	}
	r.First, r.Last = first, last
	r.Parts = make([]Part, len(texts))
	for first < last && protected(texts[first].Hits) {
		first++
	}
	for first < last && protected(texts[last-1].Hits) {
		last--
	}
	for i := first; i < last; i++ {
		r.Parts[i] = texts[i].all()
	}
	return r
}

// Listing reports whether a text of the page's flow is a list of phrases by itself:
// it needs no neighbour to be a block, and must take none along.
func (x Text) Listing() bool {
	if !flows(x.Zone) {
		return false
	}
	hit := 0
	for _, it := range x.Items {
		hit += one(it.Covered > 0)
	}
	return hit >= 4 && hit*2 >= len(x.Items)
}

// protected reports whether there are hits and allow entries protect them all.
func protected(hits []Hit) bool {
	for _, h := range hits {
		if !h.Safe {
			return false
		}
	}
	return len(hits) > 0
}

// trim leaves out texts at the ends that hold no more than one word of the
// trade, where no separator ties them to the rest: the page's own lines beside a
// block.
func (c *Court) trim(texts []Text) (first, last int) {
	first, last = tied(texts)
	for first < last && (texts[first].Quoting || c.slight(texts[first]) && !CarriesOn(texts[first].Plain)) {
		first++
	}
	for last > first && (texts[last-1].Quoting || c.slight(texts[last-1]) && (last-1 == first || !CarriesOn(texts[last-2].Plain))) {
		last--
	}
	return first, last
}

// tied returns the texts that separators at their ends tie together, where they
// are most of a run; else all. The lines around such a run are the page's own.
func tied(texts []Text) (first, last int) {
	ties := 0
	first, last = len(texts), 0
	for i, x := range texts[:len(texts)-1] {
		if CarriesOn(x.Plain) {
			ties++
			first, last = min(first, i), i+2
		}
	}
	if ties < 3 || ties*3 < 2*(last-first-1) {
		return 0, len(texts)
	}
	return first, last
}

// slight reports whether a text holds at most one firm entry and nothing that sells.
func (c *Court) slight(x Text) bool {
	if x.Zone == page.Target {
		return false // the text of its link does not say otherwise
	}
	t := everything(c.Entries)
	t.add(x.Hits)
	strong, _ := t.gates()
	return strong == 0 && t.most() <= 2
}

// CarriesOn reports whether a line ends with a separator, so that the next one
// belongs to it.
func CarriesOn(line []byte) bool {
	line = bytes.TrimRight(line, " \t")
	for _, sep := range []string{",", "，", "、", ";", "；", "|", "_", "-", "/"} {
		if bytes.HasSuffix(line, []byte(sep)) {
			return true
		}
	}
	return false
}

// gated counts the texts that hold a firm or strong entry.
func (c *Court) gated(texts []Text) int {
	n := 0
	for _, x := range texts {
		for _, h := range x.Hits {
			if c.Entries[h.Entry].Strength >= lists.Firm {
				n++
				break
			}
		}
	}
	return n
}
