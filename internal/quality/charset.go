package quality

import (
	"fmt"

	"github.com/drosshq/dross/filter"
	"golang.org/x/text/encoding/htmlindex"
)

// legacyCharset picks a charset that old pages of the language come in.
func (c *composer) legacyCharset() string {
	switch c.family.lang() {
	case "zh":
		return pick(c.dice, []string{"gbk", "gb18030"})
	case "zh-Hant":
		return "big5"
	case "ja":
		return pick(c.dice, []string{"shift_jis", "euc-jp"})
	case "ko":
		return "euc-kr"
	case "ru":
		return pick(c.dice, []string{"windows-1251", "koi8-r"})
	case "th":
		return "windows-874"
	case "tr":
		return "windows-1254"
	case "vi":
		return "utf-16le"
	}
	return "windows-1252"
}

// charsetRecipes make pages in other charsets, labelled in the content type.
var charsetRecipes = []recipe{
	{"c-tail", "charset", filter.ZoneLine, true, func(c *composer) {
		c.charset = c.legacyCharset()
		c.textPage(tail, func() { c.header(plain) })
	}},
	{"c-links", "charset", filter.ZoneLink, false, func(c *composer) {
		c.charset = c.legacyCharset()
		c.htmlPage(slots{end: linkList(c, 6, "<p>", "</p>\n")})
	}},
	{"c-repeats", "charset", filter.ZoneTitle, false, func(c *composer) {
		c.charset = c.legacyCharset()
		c.htmlPage(slots{title: c.titled(plain), head: metas(c, plain, "name", "keywords"),
			top: in(c, `<div style="display:none">`, plain, "</div>\n")})
	}},
	{"c-utf-16", "charset", filter.ZoneText, false, func(c *composer) {
		c.charset = pick(c.dice, []string{"utf-16be", "utf-16le"})
		c.htmlPage(slots{end: in(c, "<p>", plain, "</p>\n")})
	}},
}

// inCharset rewrites a page in another charset, piece by piece, so that its
// spans keep their borders.
func inCharset(body string, spans []span, label string) ([]byte, []span, error) {
	enc, err := htmlindex.Get(label)
	if err != nil {
		return nil, nil, fmt.Errorf("charset %q: %w", label, err)
	}
	var out []byte
	var faults error
	add := func(piece string) {
		b, err := enc.NewEncoder().Bytes([]byte(piece))
		if err != nil && faults == nil {
			faults = fmt.Errorf("text is not in %s: %w", label, err)
		}
		out = append(out, b...)
	}
	moved := make([]span, len(spans))
	at := 0
	for i, s := range spans {
		add(body[at:s.start])
		moved[i] = s
		moved[i].start = len(out)
		add(body[s.start:s.end])
		moved[i].end, at = len(out), s.end
	}
	add(body[at:])
	return out, moved, faults
}
