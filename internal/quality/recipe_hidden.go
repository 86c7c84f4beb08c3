package quality

import (
	"fmt"

	"github.com/drosshq/dross/filter"
)

// hide makes a recipe of a hidden element of links or of a list.
func hide(name, shape, open, end string, links bool) recipe {
	return recipe{name: name, shape: shape, zone: filter.ZoneHidden, build: func(c *composer) {
		block := in(c, open, plain, end+"\n")
		if links {
			block = func() {
				c.raw(open + "\n")
				linkList(c, 5+c.dice.n(8), "", "\n")()
				c.raw(end + "\n")
			}
		}
		switch c.dice.n(3) {
		case 0:
			c.htmlPage(slots{top: block})
		case 1:
			c.htmlPage(slots{afterArticle: block})
		default:
			c.htmlPage(slots{end: block})
		}
	}}
}

// hiddenRecipes put the block where no reader sees it.
var hiddenRecipes = []recipe{
	hide("hidden-div", "hidden", `<div style="display:none">`, "</div>", true),
	hide("hidden-list", "hidden", `<div style="DISPLAY: none;">`, "</div>", false),
	hide("hidden-form", "hidden", `<form style="visibility:hidden">`, "</form>", true),
	hide("hidden-attribute", "hidden", `<div hidden>`, "</div>", true),
	hide("off-screen", "hidden", `<div style="position:absolute;left:-987px;top:-999px">`, "</div>", true),
	hide("indent", "hidden", `<p style="text-indent:-9999px">`, "</p>", false),
	hide("tiny", "hidden", `<div style="height:0;overflow:hidden;font-size:0">`, "</div>", true),
	hide("transparent", "hidden", `<span style="opacity:0">`, "</span>", false),
	hide("marquee", "hidden", `<marquee height="1" width="1">`, "</marquee>", true),
	{"hidden-class", "hidden", filter.ZoneHidden, false, func(c *composer) {
		class := fmt.Sprintf("x%d", c.dice.n(1000))
		c.htmlPage(slots{head: func() { c.raw("<style>." + class + "{display:none}</style>\n") },
			end: func() {
				c.raw(`<div class="` + class + `">`)
				linkList(c, 6, "", " ")()
				c.raw("</div>\n")
			}})
	}},
	{"hidden-script", "hidden", filter.ZoneHidden, false, func(c *composer) {
		c.htmlPage(slots{end: func() {
			c.raw(`<div id="wq7">`)
			linkList(c, 6, "", " ")()
			c.raw("</div>\n<script>document.getElementById('wq7').style.display='none';</script>\n")
		}})
	}},
	{"document-write", "hidden", filter.ZoneHidden, false, func(c *composer) {
		c.htmlPage(slots{top: func() {
			c.raw("<script>document.write(\"<div style='display:none'>\");</script>\n")
			linkList(c, 7, "", "\n")()
			c.raw("<script>document.write(\"</div>\");</script>\n")
		}})
	}},
	{"hidden-giant", "giant", filter.ZoneHidden, false, func(c *composer) {
		c.htmlPage(slots{end: func() {
			c.raw(`<div style="display:none">`)
			for size := 15000 + c.dice.n(20000); c.buf.Len() < size; {
				p := c.family.phrases[c.dice.n(len(c.family.phrases))]
				c.spam(p, p)
				c.raw(" ")
			}
			c.raw("</div>\n")
		}})
	}},
	{"comment", "raw", filter.ZoneComment, false, func(c *composer) {
		c.htmlPage(slots{end: in(c, "<!-- ", plain, " -->\n")})
	}},
	{"comment-links", "raw", filter.ZoneComment, false, func(c *composer) {
		c.htmlPage(slots{beforeArticle: func() {
			c.raw("<!--\n")
			linkList(c, 6, "", "\n")()
			c.raw("-->\n")
		}})
	}},
	{"noscript", "raw", filter.ZoneNoscript, false, func(c *composer) {
		c.htmlPage(slots{end: func() {
			c.raw("<noscript>")
			linkList(c, 6, "", "\n")()
			c.raw("</noscript>\n")
		}})
	}},
	{"noframes", "raw", filter.ZoneNoscript, false, func(c *composer) {
		c.htmlPage(slots{end: in(c, "<noframes><p>", plain, "</p></noframes>\n")})
	}},
	{"json-ld", "raw", filter.ZoneScript, false, func(c *composer) {
		c.htmlPage(slots{head: func() {
			c.raw(`<script type="application/ld+json">{"@context":"https://schema.org","@type":"Product","name":"`)
			c.block(5, ", ", jsonEscape)
			c.raw(`","description":"`)
			c.block(8, ", ", plain)
			c.raw("\"}</script>\n")
		}})
	}},
	{"before-doctype", "outside", filter.ZoneLink, false, func(c *composer) {
		c.htmlPage(slots{beforeDoctype: linkList(c, 5+c.dice.n(6), "", "\n")})
	}},
	{"before-doctype-div", "outside", filter.ZoneHidden, false, func(c *composer) {
		c.htmlPage(slots{beforeDoctype: in(c, `<div style="display:none">`, plain, "</div>\n")})
	}},
	{"after-html", "outside", filter.ZoneLink, false, func(c *composer) {
		c.htmlPage(slots{afterHTML: linkList(c, 5+c.dice.n(6), "<li>", "</li>\n")})
	}},
	{"after-html-list", "outside", filter.ZoneText, false, func(c *composer) {
		c.htmlPage(slots{afterHTML: in(c, "<div>", plain, "</div>\n")})
	}},
}
