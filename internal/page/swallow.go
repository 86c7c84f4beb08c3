package page

import (
	"strings"

	"golang.org/x/net/html"
)

// Swallow returns the source ranges of the outermost elements whose whole text
// is removed, so that they can go with it, and the runs that they hold. An
// element stays when it holds anything but removed text: pictures, forms,
// scripts, the page's own structure. What has no end tag of its own stays too.
func (t *Tree) Swallow(removed func(run int) bool) (elements []Range, runs map[int]bool) {
	w := swallower{tree: t, removed: removed, full: map[*html.Node]bool{}, runs: map[int]bool{}}
	root := t.Document.Nodes[0]
	w.count(root)
	w.collect(root)
	return w.out, w.runs
}

type swallower struct {
	tree    *Tree
	removed func(int) bool
	full    map[*html.Node]bool
	out     []Range
	runs    map[int]bool
}

// count marks the elements that may go and returns how many runs a node holds,
// how many of them are removed, and whether it holds anything that must stay.
func (w *swallower) count(n *html.Node) (all, gone int, solid bool) {
	if n.Type == html.TextNode || n.Type == html.CommentNode {
		runsIn(n.Data, func(run int) {
			all++
			if w.removed(run) {
				gone++
			}
		})
		return all, gone, n.Type == html.TextNode && all == 0 && strings.TrimSpace(n.Data) != ""
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		a, g, s := w.count(c)
		all, gone, solid = all+a, gone+g, solid || s
	}
	if n.Type == html.ElementNode {
		solid = solid || stays(n.Data)
		if all > 0 && all == gone && !solid && goes(n.Data) {
			w.full[n] = true
		}
	}
	return all, gone, solid
}

// collect takes the outermost marked elements that the source holds in one piece.
func (w *swallower) collect(n *html.Node) {
	if w.full[n] {
		if r, ok := w.tree.extent(n); ok {
			w.out = append(w.out, r)
			w.note(n)
			return
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.collect(c)
	}
}

func (w *swallower) note(n *html.Node) {
	if n.Type == html.TextNode || n.Type == html.CommentNode {
		runsIn(n.Data, func(run int) { w.runs[run] = true })
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.note(c)
	}
}

// extent returns the source range from an element's start tag to its end tag.
func (t *Tree) extent(n *html.Node) (Range, bool) {
	i := t.tag(n)
	if i < 0 || t.tags[i].match <= 0 {
		return Range{}, false
	}
	return Range{t.tags[i].start, t.tags[t.tags[i].match].end}, true
}

// stays reports whether an element of that name is never removed with text.
func stays(name string) bool {
	switch name {
	case "html", "head", "body", "main", "article", "nav", "title", "meta", "link", "base", "script", "style", "template",
		"img", "picture", "video", "audio", "canvas", "svg", "math", "object", "embed", "iframe", "frame", "map",
		"form", "input", "select", "textarea", "button", "noscript":
		return true
	}
	return false
}

// goes reports whether an element of that name may be removed as a whole;
// others, such as table cells, only as part of what holds them.
func goes(name string) bool {
	switch name {
	case "td", "th", "tbody", "thead", "tfoot", "caption", "summary", "legend", "figcaption", "frameset":
		return false
	}
	return true
}
