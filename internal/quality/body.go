package quality

import (
	"errors"
	"io/fs"
	"strings"

	"github.com/drosshq/dross/filter"
)

// body is a legitimate page that blocks are injected into.
type body struct {
	name, lang string
	site       string
	title      string
	nav        []string
	paragraphs []string
}

// loadBodies reads "== name", then the site's name, the page's title, the
// navigation labels separated by " | ", and one paragraph a line.
func loadBodies(fsys fs.FS) (map[string][]body, error) {
	recs, err := readRecords(fsys, "body")
	errs := []error{err}
	bodies := map[string][]body{}
	for _, r := range recs {
		if len(r.lines) < 5 {
			errs = append(errs, r.fault("body %s needs site, title, navigation and two paragraphs", r.words[0]))
			continue
		}
		b := body{name: r.words[0], lang: r.lang(), site: r.lines[0], title: r.lines[1],
			nav: strings.Split(r.lines[2], " | "), paragraphs: r.lines[3:]}
		bodies[b.lang] = append(bodies[b.lang], b)
	}
	return bodies, errors.Join(errs...)
}

// bodyCases returns every body as a good text page and a good HTML page.
func bodyCases(bodies map[string][]body) []Case {
	var cases []Case
	for _, lang := range sortedKeys(bodies) {
		for _, b := range bodies[lang] {
			id := "good/" + b.lang + "/body-" + b.name
			text := &composer{body: b, dice: newDice(id)}
			text.textPage(nowhere, nil)
			page := &composer{body: b, dice: newDice(id)}
			page.htmlPage(slots{})
			cases = append(cases,
				goodCase(id+"/text", b.lang, "ordinary", textType, &text.builder),
				goodCase(id+"/html", b.lang, "ordinary", htmlType, &page.builder))
		}
	}
	return cases
}

func goodCase(id, lang, kind, contentType string, b *builder) Case {
	return Case{ID: id, Lang: lang, Kind: kind, text: contentType == textType, spans: b.spans,
		Page: filter.Page{ID: id, ContentType: contentType, Body: []byte(b.buf.String())}}
}

// place says where a block goes in a text page.
type place int

const (
	nowhere place = iota
	head
	middle
	tail
)

// textPage writes the body as lines, and the block as lines of its own.
func (c *composer) textPage(at place, block func()) {
	if at == head {
		block()
		c.raw("\n\n")
	}
	c.legit(c.body.title)
	c.raw("\n")
	for i, p := range c.body.paragraphs {
		if at == middle && i == len(c.body.paragraphs)/2 {
			block()
			c.raw("\n")
		}
		c.legit(p)
		c.raw("\n")
	}
	if at == tail {
		block()
		c.raw("\n")
	}
}
