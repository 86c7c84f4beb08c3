package quality

import "fmt"

// slots are the places of an HTML page where a recipe writes. A slot that
// replaces legitimate content says so.
type slots struct {
	beforeDoctype func()
	title         func() // replaces the title
	meta          func() // replaces the description
	head          func()
	top           func() // right after <body>
	heading       func() // replaces the h1's text
	beforeArticle func()
	middle        func()
	afterArticle  func()
	friends       func() // items at the end of the list of links
	footer        func()
	end           func() // right before </body>
	afterHTML     func()
}

func (s slots) at(f func()) {
	if f != nil {
		f()
	}
}

// htmlPage writes the body as a page of one of three templates.
func (c *composer) htmlPage(s slots) {
	s.at(s.beforeDoctype)
	c.raw("<!DOCTYPE html>\n<html lang=\"" + c.body.lang + "\">\n<head>\n<meta charset=\"" + c.label() + "\">\n<title>")
	if s.title != nil {
		s.title()
	} else {
		c.legitHTML(c.body.title)
		c.raw(" - ")
		c.legitHTML(c.body.site)
	}
	c.raw("</title>\n")
	if s.meta != nil {
		s.meta()
	} else {
		c.raw(`<meta name="description" content="`)
		c.legitHTML(c.body.paragraphs[0])
		c.raw("\">\n")
	}
	s.at(s.head)
	c.raw(pick(c.dice, headExtras) + "</head>\n<body>\n")
	s.at(s.top)
	c.navigation()
	s.at(s.beforeArticle)
	c.article(s)
	s.at(s.afterArticle)
	c.links(s)
	c.raw("<footer><p>&copy; 2024 ")
	c.legitHTML(c.body.site)
	c.raw("</p>")
	s.at(s.footer)
	c.raw("</footer>\n")
	s.at(s.end)
	c.raw("</body>\n</html>\n")
	s.at(s.afterHTML)
}

// label is the charset the page declares.
func (c *composer) label() string {
	if c.charset == "" {
		return "utf-8"
	}
	return c.charset
}

// headExtras are harmless things that heads hold, some of them hiding things.
var headExtras = []string{
	"<link rel=\"stylesheet\" href=\"/main.css\">\n",
	"<style>.menu{display:none}.skip{position:absolute;left:-9999px}</style>\n<script>var t=1;</script>\n",
	"<!-- layout 3 -->\n<meta name=\"viewport\" content=\"width=device-width\">\n",
}

func (c *composer) navigation() {
	c.raw("<header><nav><ul>\n")
	for i, label := range c.body.nav {
		c.raw(fmt.Sprintf(`<li><a href="/page/%d">`, i+1))
		c.legitHTML(label)
		c.raw("</a></li>\n")
	}
	c.raw("</ul></nav></header>\n")
}

func (c *composer) article(s slots) {
	c.raw("<main><article>\n<h1>")
	if s.heading != nil {
		s.heading()
	} else {
		c.legitHTML(c.body.title)
	}
	c.raw("</h1>\n")
	for i, p := range c.body.paragraphs {
		if i == len(c.body.paragraphs)/2 {
			s.at(s.middle)
		}
		c.raw("<p>")
		c.legitHTML(p)
		c.raw("</p>\n")
	}
	c.raw("</article></main>\n")
}

// links writes a list of links of the site's own, which some recipes join.
func (c *composer) links(s slots) {
	c.raw("<aside><ul class=\"links\">\n")
	for i, label := range c.body.nav {
		c.raw(fmt.Sprintf(`<li><a href="https://partner%d.example/">`, i+1))
		c.legitHTML(c.body.site + " " + label)
		c.raw("</a></li>\n")
	}
	s.at(s.friends)
	c.raw("</ul></aside>\n")
}
