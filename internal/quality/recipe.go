package quality

import (
	"strings"

	"github.com/drosshq/dross/filter"
)

// recipe is one way to put a block into a page.
type recipe struct {
	name  string
	shape string
	zone  filter.Zone
	text  bool // a plain text page
	build func(*composer)
}

// recipeTables returns all recipes there are.
func recipeTables() [][]recipe {
	return [][]recipe{textRecipes, htmlRecipes, hiddenRecipes, cloneRecipes, charsetRecipes, paddedRecipes, wholeRecipes}
}

func findRecipe(name string) (recipe, bool) {
	for _, table := range recipeTables() {
		for _, r := range table {
			if r.name == name {
				return r, true
			}
		}
	}
	return recipe{}, false
}

// line makes a recipe of a header line with a fixed separator, "" for the page's own.
func line(name, shape string, at place, sep string, enc encoding) recipe {
	return recipe{name: name, shape: shape, zone: filter.ZoneLine, text: true, build: func(c *composer) {
		c.sep = sep
		c.textPage(at, func() { c.header(enc) })
	}}
}

var textRecipes = []recipe{
	line("t-tail", "header", tail, "", plain),
	line("t-head", "header", head, "", plain),
	line("t-middle", "header", middle, "", plain),
	line("t-underscore", "header", tail, "_", plain),
	line("t-comma", "header", head, ",", plain),
	line("t-hyphen", "header", tail, "-", plain),
	line("t-letter-i", "header", tail, "I", plain),
	line("t-stroke", "header", head, "丨", plain),
	line("t-blank", "header", tail, " ", plain),
	line("t-spaced", "evasion", tail, "_", between(" ")),
	line("t-symbols", "evasion", head, ",", between("・")),
	line("t-zero-width", "evasion", tail, "", between("\u200b")),
	line("t-look-alike", "evasion", tail, "", lookAlike.Replace),
	line("t-wide", "evasion", head, "", wide),
	line("t-case", "evasion", tail, "", upperMix),
	{"t-dwarf-one", "dwarf", filter.ZoneLine, true, func(c *composer) {
		c.textPage(tail, func() { c.block(1, "", plain) })
	}},
	{"t-dwarf", "dwarf", filter.ZoneLine, true, func(c *composer) {
		c.textPage(tail, func() { c.block(2+c.dice.n(3), pick(c.dice, []string{"_", ","}), plain) })
	}},
	{"t-dwarf-head", "dwarf", filter.ZoneLine, true, func(c *composer) {
		c.textPage(head, func() { c.block(2+c.dice.n(2), pick(c.dice, []string{"_", "-", "|"}), plain) })
	}},
	{"t-bars", "header", filter.ZoneLine, true, func(c *composer) {
		c.textPage(tail, func() {
			c.block(6+c.dice.n(6), "|", plain)
			c.raw("\n| | | |\n|||||||")
		})
	}},
	{"t-giant", "giant", filter.ZoneLine, true, giantText},
	{"t-run", "run", filter.ZoneLine, true, func(c *composer) {
		c.textPage(tail, func() { c.block(8+c.dice.n(12), ",\n", plain) })
	}},
	{"t-list", "run", filter.ZoneLine, true, func(c *composer) {
		c.textPage(middle, func() { c.block(6+c.dice.n(8), "\n", plain) })
	}},
	{"t-site-name", "mixed", filter.ZoneLine, true, func(c *composer) {
		c.textPage(head, func() {
			c.block(3+c.dice.n(5), "_", plain)
			c.raw(" - ")
			c.legit(c.body.site)
		})
	}},
}

// giantText is the three-line giant: a header, one line of 20 to 50 KB, bars.
func giantText(c *composer) {
	c.textPage(tail, func() {
		c.block(4, ",", plain)
		c.raw("\n")
		c.block(1, "", plain)
		for size := 20000 + c.dice.n(30000); c.buf.Len() < size; {
			c.raw(" ")
			p := c.family.phrases[c.dice.n(len(c.family.phrases))]
			c.spam(p, p)
		}
		c.raw("\n")
		c.block(5, "|", plain)
	})
}

// cloneRecipes put Simplified phrases into a page that was converted to
// Traditional characters, a blank before its punctuation.
var cloneRecipes = []recipe{
	{"t-clone", "script-mix", filter.ZoneLine, true, func(c *composer) {
		c.clone()
		c.textPage(tail, func() { c.header(plain) })
	}},
	{"clone-title", "script-mix", filter.ZoneTitle, false, func(c *composer) {
		c.clone()
		c.htmlPage(slots{title: c.titled(decimalRefs), top: in(c, "<h1>", plain, "</h1>\n")})
	}},
}

var clonePunctuation = strings.NewReplacer("，", " ，", "。", " 。", "、", " 、")

func (c *composer) clone() {
	c.body = pick(c.dice, c.bodies["zh-Hant"])
	converted := make([]string, len(c.body.paragraphs))
	for i, p := range c.body.paragraphs {
		converted[i] = clonePunctuation.Replace(p)
	}
	c.body.paragraphs = converted
}

// wholeRecipes make pages without legitimate text; all of it should go.
var wholeRecipes = []recipe{
	// The family's lines are the paragraphs of an affiliate page.
	{"prose", "prose", filter.ZoneText, false, func(c *composer) {
		c.raw("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>")
		c.spam(c.family.phrases[0], c.family.phrases[0])
		c.raw("</title></head>\n<body><h1>")
		c.spam(c.family.phrases[0], c.family.phrases[0])
		c.raw("</h1>\n")
		for i, p := range c.family.phrases[1:] {
			c.raw("<p>")
			c.spam(p, p)
			if i%2 == 0 {
				c.raw(` <a href="https://go.example/">&raquo;</a>`)
			}
			c.raw("</p>\n")
		}
		c.raw("</body></html>\n")
	}},
	{"t-prose", "prose", filter.ZoneLine, true, func(c *composer) {
		for _, p := range c.family.phrases {
			c.spam(p, p)
			c.raw("\n\n")
		}
	}},
	{"t-only-list", "wholly", filter.ZoneLine, true, func(c *composer) {
		c.block(30, "\n", plain)
		c.raw("\n")
	}},
}
