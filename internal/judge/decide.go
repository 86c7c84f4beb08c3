package judge

import (
	"slices"

	"github.com/drosshq/dross/internal/page"
	"github.com/drosshq/dross/lists"
)

// Part is a range of a text's Plain that would go.
type Part struct{ Start, End int }

// Ruling is the decision on one block.
type Ruling struct {
	Score
	Threshold float64
	Remove    bool
	// Shaped: without allow entries it would go. First and Last are then the texts
	// it is made of; others beside it are not judged in its stead.
	Shaped      bool
	First, Last int
	// Parts has one range for each text, empty where that text stays.
	Parts []Part
}

// Court holds what every decision on a page needs.
type Court struct {
	Entries   []Entry
	Threshold func(lists.Category) float64
	Page      Page
	// Known reports whether an item stands elsewhere on the page as well, as the
	// name of the site does.
	Known func(item []byte) bool

	proven map[int]bool
}

// A text that repeats the entries of a block found on the page already is likelier
// to be one: kits fill title, meta and heading with the same. In the flow of the
// page it may just as well be the page that speaks of the same thing.
const (
	echo     = 1.5
	flowEcho = 0.6
)

// Prove notes the entries of a block that goes, where at least one is strong:
// words of the trade alone may be what the page is about.
func (c *Court) Prove(r Ruling) {
	if !slices.ContainsFunc(r.Entries, func(e int) bool { return c.Entries[e].Strength >= lists.Strong }) {
		return
	}
	if c.proven == nil {
		c.proven = map[int]bool{}
	}
	for _, e := range r.Entries {
		c.proven[e] = true
	}
}

// Single decides on one text: as a whole, or the part of it that holds the
// evidence, less what looks like the page's own.
func (c *Court) Single(x Text, at Place) Ruling {
	whole := c.rule([]Text{x}, at)
	whole.Parts = []Part{x.all()}
	if len(x.Items) < 2 {
		return whole
	}
	first, last := densest(x.Items)
	if first >= last {
		return whole
	}
	if whole.Remove {
		first, last = c.extend(x, first, last)
		whole.Parts[0] = shrunk(x, first, last)
		return whole
	}
	if first == 0 && last == len(x.Items) || inSentence(x, first, last) {
		return whole
	}
	return c.part(x, first, last, at, whole)
}

// part decides on items [first, last) of a text that is no block as a whole.
func (c *Court) part(x Text, first, last int, at Place, whole Ruling) Ruling {
	p := span(x, first, last)
	sub := Text{Plain: x.Plain[p.Start:p.End], Zone: x.Zone, Hidden: x.Hidden, Quoting: x.Quoting || codeLike(string(x.Plain[:min(len(x.Plain), maxSample)]))}
	for _, h := range x.Hits {
		if h.within(p) {
			sub.Hits = append(sub.Hits, h.Moved(func(pos int) int { return pos - p.Start }))
		}
	}
	sub.Items = Split(c.Entries, sub.Plain, sub.Hits)
	t := everything(c.Entries)
	t.add(sub.Hits)
	if strong, firm := t.gates(); t.most() < minPart || strong+firm < 2 {
		return whole
	}
	at.Menu = 0
	r := c.rule([]Text{sub}, at)
	if !r.Remove {
		return whole
	}
	r.Parts = []Part{shrunk(x, first, last)}
	return r
}

// rule scores texts and holds the score against the threshold.
func (c *Court) rule(texts []Text, at Place) Ruling {
	r := Ruling{Score: Rate(c.Entries, texts, at, c.Page, false)}
	c.hold(&r, texts)
	r.Shaped = r.Remove
	if slices.ContainsFunc(texts, func(x Text) bool { return slices.ContainsFunc(x.Hits, func(h Hit) bool { return h.Safe }) }) {
		// What goes must be a block without any allow entry too: so a further allow
		// entry never makes one.
		whole := Ruling{Score: Rate(c.Entries, texts, at, c.Page, true)}
		c.hold(&whole, texts)
		r.Remove, r.Shaped = r.Remove && whole.Remove, whole.Remove
	}
	return r
}

// hold holds a score against the threshold.
func (c *Court) hold(r *Ruling, texts []Text) {
	r.Threshold = DefaultThreshold
	if c.Threshold != nil {
		r.Threshold = c.Threshold(r.Category)
	}
	if r.Value > 0 && c.repeats(r.Entries) && r.Prose < 0.5 && r.Density >= 0.4 {
		by := echo
		if z := texts[0].Zone; flows(z) && z != page.Heading && !texts[0].Hidden {
			by = flowEcho
		}
		r.adjust(by, "repeats a block found on the page")
	}
	r.Remove = r.Category != "" && r.Value >= r.Threshold
}

// repeats reports whether most firm and strong entries are those of a block
// already found.
func (c *Court) repeats(ids []int) bool {
	all, known := 0, 0
	for _, e := range ids {
		if c.Entries[e].Strength >= lists.Firm {
			all++
			if c.proven[e] {
				known++
			}
		}
	}
	return all > 0 && known*5 >= all*3
}
