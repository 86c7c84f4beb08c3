package quality

import (
	"errors"
	"io/fs"

	"github.com/drosshq/dross/filter"
)

// loadFillers reads the innocent search queries that blocks are padded with.
func loadFillers(fsys fs.FS) (map[string][]string, error) {
	recs, err := readRecords(fsys, "filler")
	errs := []error{err}
	fillers := map[string][]string{}
	for _, r := range recs {
		if len(r.lines) == 0 {
			continue
		}
		fillers[r.lang()] = append(fillers[r.lang()], r.lines...)
	}
	return fillers, errors.Join(errs...)
}

// padded writes a header list in which every third phrase, but neither the
// first nor the last, is an innocent query. The queries are labelled as part of the block: they have to go too.
func (c *composer) padded(phrases int) {
	queries := c.fillers[c.family.lang()]
	start := c.dice.n(len(queries))
	for i := range phrases {
		if i > 0 {
			c.raw(c.separator())
		}
		p := queries[(start+i)%len(queries)]
		if i%3 != 1 || i == phrases-1 {
			p = c.phrase()
		}
		c.spam(p, p)
	}
}

// clip cuts a character off a phrase, as blocks are that were cut by length.
func (c *composer) clip(phrase string) string {
	rs := []rune(phrase)
	if len(rs) < 4 {
		return phrase
	}
	if c.dice.n(2) == 0 {
		return string(rs[1:])
	}
	return string(rs[:len(rs)-1])
}

// paddedRecipes make blocks that no list covers fully.
var paddedRecipes = []recipe{
	{"t-padded", "padded", filter.ZoneLine, true, func(c *composer) {
		c.textPage(tail, func() { c.padded(7 + c.dice.n(9)) })
	}},
	{"padded", "padded", filter.ZoneText, false, func(c *composer) {
		c.htmlPage(slots{end: func() {
			c.raw("<div>")
			c.padded(9 + c.dice.n(9))
			c.raw("</div>\n")
		}})
	}},
	{"t-clipped", "clipped", filter.ZoneLine, true, func(c *composer) {
		c.textPage(head, func() { c.header(c.clip) })
	}},
	{"padded-title", "padded", filter.ZoneTitle, false, func(c *composer) {
		c.htmlPage(slots{title: func() { c.padded(6) }, top: func() {
			c.raw("<h1>")
			c.padded(9)
			c.raw("</h1>\n")
		}})
	}},
}
