package quality

import (
	"fmt"

	"github.com/drosshq/dross/filter"
)

// in wraps a header list into markup.
func in(c *composer, open string, enc encoding, end string) func() {
	return func() {
		c.raw(open)
		c.header(enc)
		c.raw(end)
	}
}

// linkList writes n links with a separator after each.
func linkList(c *composer, n int, open, end string) func() {
	return func() {
		for range n {
			c.raw(open)
			c.link(plain)
			c.raw(end)
		}
	}
}

func metas(c *composer, enc encoding, attr string, names ...string) func() {
	return func() {
		for _, name := range names {
			c.raw(fmt.Sprintf(`<meta %s="%s" content="`, attr, name))
			c.header(enc)
			c.raw("\">\n")
		}
	}
}

func (c *composer) titled(enc encoding) func() {
	return func() {
		c.block(3+c.dice.n(6), c.separator(), enc)
		c.raw(" - ")
		c.legitHTML(c.body.site)
	}
}

// htmlRecipes put the block where a reader or a search engine sees it.
var htmlRecipes = []recipe{
	{"title", "mixed", filter.ZoneTitle, false, func(c *composer) {
		c.htmlPage(slots{title: c.titled(plain)})
	}},
	{"title-refs", "references", filter.ZoneTitle, false, func(c *composer) {
		c.htmlPage(slots{title: c.titled(decimalRefs)})
	}},
	{"meta", "header", filter.ZoneMeta, false, func(c *composer) {
		c.htmlPage(slots{meta: metas(c, plain, "name", "keywords", "description")})
	}},
	{"meta-refs", "references", filter.ZoneMeta, false, func(c *composer) {
		c.htmlPage(slots{head: metas(c, hexRefs, "NAME", "Keywords", "Description")})
	}},
	{"social", "header", filter.ZoneMeta, false, func(c *composer) {
		c.htmlPage(slots{head: metas(c, plain, "property", "og:title", "og:description", "twitter:title")})
	}},
	{"repeats", "repeats", filter.ZoneTitle, false, func(c *composer) {
		c.htmlPage(slots{title: c.titled(plain), meta: metas(c, plain, "name", "keywords", "description"),
			heading: func() { c.header(plain) }, end: in(c, "<div>", plain, "</div>\n")})
	}},
	{"repeats-refs", "references", filter.ZoneTitle, false, func(c *composer) {
		c.htmlPage(slots{title: c.titled(decimalRefs), meta: metas(c, decimalRefs, "name", "keywords", "description"),
			top: in(c, "<h1>", hexRefs, "</h1>\n")})
	}},
	{"heading", "header", filter.ZoneHeading, false, func(c *composer) {
		c.htmlPage(slots{top: in(c, "<h1>", plain, "</h1>\n")})
	}},
	{"heading-links", "links", filter.ZoneHeading, false, func(c *composer) {
		c.htmlPage(slots{afterArticle: linkList(c, 4+c.dice.n(4), "<h3>", "</h3>\n")})
	}},
	{"paragraph", "header", filter.ZoneText, false, func(c *composer) {
		c.htmlPage(slots{end: in(c, "<p>", plain, "</p>\n")})
	}},
	{"paragraph-top", "header", filter.ZoneText, false, func(c *composer) {
		c.htmlPage(slots{beforeArticle: in(c, "<div class=\"t1\">", plain, "</div>\n")})
	}},
	{"paragraph-refs", "references", filter.ZoneText, false, func(c *composer) {
		c.htmlPage(slots{middle: in(c, "<p>", hexRefs, "</p>\n")})
	}},
	{"split", "evasion", filter.ZoneText, false, func(c *composer) {
		c.htmlPage(slots{footer: in(c, "<p>", split, "</p>\n")})
	}},
	{"dwarf", "dwarf", filter.ZoneText, false, func(c *composer) {
		c.htmlPage(slots{end: func() {
			c.raw("<p>")
			c.block(2+c.dice.n(2), "_", plain)
			c.raw("</p>\n")
		}})
	}},
	{"comment-item", "run", filter.ZoneText, false, func(c *composer) {
		c.htmlPage(slots{afterArticle: func() {
			c.raw("<ol class=\"comments\">\n<li><p>")
			c.legitHTML(c.body.paragraphs[1])
			c.raw("</p></li>\n<li><p>")
			c.block(6+c.dice.n(6), ",<br>\n", plain)
			c.raw("</p></li>\n</ol>\n")
		}})
	}},
	{"links", "links", filter.ZoneLink, false, func(c *composer) {
		c.htmlPage(slots{end: func() {
			c.raw("<ul>\n")
			linkList(c, 5+c.dice.n(10), "<li>", "</li>\n")()
			c.raw("</ul>\n")
		}})
	}},
	{"friends", "mixed", filter.ZoneLink, false, func(c *composer) {
		c.htmlPage(slots{friends: linkList(c, 3+c.dice.n(4), "<li>", "</li>\n")})
	}},
	{"link-url", "links", filter.ZoneLink, false, func(c *composer) {
		c.htmlPage(slots{footer: func() {
			for range 4 + c.dice.n(5) {
				p := c.phrase()
				c.raw(`<a href="https://blog.example/-/`)
				c.spam(p, slug(p))
				c.raw(fmt.Sprintf("/\">https://blog.example/%d</a>\n", c.dice.n(9000)))
			}
		}})
	}},
	{"attributes", "attribute", filter.ZoneAttribute, false, func(c *composer) {
		c.htmlPage(slots{middle: func() {
			c.raw(`<p><img src="/img/1.jpg" alt="`)
			c.header(plain)
			c.raw(`" title="`)
			c.header(decimalRefs)
			c.raw("\"></p>\n")
		}})
	}},
	{"input-value", "attribute", filter.ZoneAttribute, false, func(c *composer) {
		c.htmlPage(slots{beforeArticle: func() {
			c.raw(`<form action="/search"><input name="q" placeholder="`)
			c.block(4+c.dice.n(4), c.separator(), plain)
			c.raw("\"></form>\n")
		}})
	}},
}
