package page

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// Swallow returns the source ranges of the outermost elements whose whole text
// is removed, so that they can go with it. An element stays when it holds
// anything but removed text: pictures, forms, scripts, the page's own structure.
// What has no end tag of its own and needs one stays too.
//
// The runs that takes lists, link addresses and strings of scripts, take the
// element with them that they stand in, unless it holds anything else.
//
// Sure says that the page without the elements parses to the tree without them;
// else that remains to be seen, see Diff.
func (t *Tree) Swallow(removed func(run int) bool, takes []int) (elements []Range, sure bool) {
	w := swallower{tree: t, removed: removed, sure: true, full: map[*html.Node]bool{}, doomed: map[*html.Node]bool{}}
	for _, run := range takes {
		if n := t.node[run]; n != nil {
			w.doomed[n] = true
		}
	}
	root := t.Document.Nodes[0]
	w.count(root)
	w.collect(root)
	return w.out, w.sure
}

type swallower struct {
	tree    *Tree
	removed func(int) bool
	doomed  map[*html.Node]bool
	full    map[*html.Node]bool
	out     []Range
	sure    bool
	own     owner
}

// load is what a node holds: its runs, how many of them are removed, and whether
// there is anything that must stay.
type load struct {
	all, gone int
	solid     bool
}

func (l load) whole() bool { return l.all > 0 && l.all == l.gone && !l.solid }

func (l *load) add(o load) {
	l.all, l.gone, l.solid = l.all+o.all, l.gone+o.gone, l.solid || o.solid
}

// count marks the elements that may go and returns what a node holds.
func (w *swallower) count(n *html.Node) load {
	var l load
	if n.Type == html.TextNode || n.Type == html.CommentNode {
		runsIn(n.Data, func(run int) {
			l.all++
			if w.removed(run) {
				l.gone++
			}
		})
		l.solid = n.Type == html.TextNode && l.all == 0 && strings.TrimSpace(n.Data) != ""
		w.mark(n, n.Type == html.CommentNode && l.whole())
		return l
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if end := w.tree.screens[c]; end != nil {
			var between load
			for b := c.NextSibling; b != end; b = b.NextSibling {
				between.add(w.count(b))
			}
			w.mark(c, between.whole())
			between.solid = between.solid || !between.whole()
			l.add(between)
			c = end
			continue
		}
		l.add(w.count(c))
	}
	if n.Type != html.ElementNode {
		return l
	}
	if w.doomed[n] {
		l.all, l.gone = l.all+1, l.gone+1
		w.mark(n, l.whole())
		l.solid = !l.whole()
		return l
	}
	l.solid = l.solid || stays(n.Data) && !w.hides(n) || w.tree.wraps(n) || w.tree.kept[n]
	w.mark(n, l.whole() && goes(n.Data))
	return l
}

// mark notes whether an element may go. Hardly any does.
func (w *swallower) mark(n *html.Node, full bool) {
	if full {
		w.full[n] = true
	} else {
		delete(w.full, n)
	}
}

// hides reports whether n is a script that does nothing but hide an element that
// goes as a whole.
func (w *swallower) hides(n *html.Node) bool {
	of := w.tree.hiders[n]
	if of == nil || !w.full[of] {
		return false
	}
	w.full[n] = true
	return true
}

// collect takes the outermost marked elements that the source holds in one piece.
func (w *swallower) collect(n *html.Node) {
	if w.full[n] {
		if r, ok := w.tree.extent(n); ok && w.own.owns(w.tree, r, n, n) {
			w.out = append(w.out, r)
			w.sure = w.sure && (n.Type == html.CommentNode || w.tree.nested(n))
			return
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if end := w.tree.screens[c]; end != nil && w.full[c] {
			first, ok1 := w.tree.extent(c)
			last, ok2 := w.tree.extent(end)
			r := Range{first.Start, last.End}
			if ok1 && ok2 && r.Start < r.End && w.own.owns(w.tree, r, c, end) {
				w.out = append(w.out, r)
				w.sure = false
				c = end
				continue
			}
		}
		w.collect(c)
	}
}

// nested reports whether an element stands in the source as it does in the tree:
// straight inside its parent's tags, with nothing left open in it. Then the
// parser's way to what follows does not lead through it.
func (t *Tree) nested(n *html.Node) bool {
	i := t.tag(n)
	if i < 0 || t.tags[i].match == 0 || n.Parent == nil || n.Parent.Type != html.ElementNode {
		return false
	}
	parent := t.tag(n.Parent)
	if parent < 0 || int(t.tags[i].within) != parent || t.tags[parent].match <= 0 {
		return false
	}
	for k := i; k < int(t.tags[i].match); k++ {
		if x := t.tags[k]; !x.close && !x.nested && (x.match == 0 || x.ragged) {
			return false
		}
	}
	return true
}

// extent returns the source range of an element: from its start tag to its end
// tag, or where that may be left out, to what follows.
func (t *Tree) extent(n *html.Node) (Range, bool) {
	if n.Type == html.CommentNode {
		return t.comment(n)
	}
	i := t.tag(n)
	if i < 0 {
		return Range{}, false
	}
	switch x := t.tags[i]; {
	case x.match > 0:
		return Range{x.start, t.tags[x.match].end}, true
	case x.match < 0:
		return Range{x.start, x.end}, true
	case endsItself(n.Data):
		end, ok := t.follows(n)
		return Range{x.start, end}, ok && end > x.start
	}
	return Range{}, false
}

// comment returns the source range of a comment that holds text.
func (t *Tree) comment(n *html.Node) (Range, bool) {
	pos := -1
	runsIn(n.Data, func(run int) {
		if pos < 0 {
			pos = int(t.doc.Runs[run].Start)
		}
	})
	if pos < 0 {
		return Range{}, false
	}
	start := bytes.LastIndex(t.doc.Src[:pos], []byte("<!--"))
	if start < 0 {
		return Range{}, false
	}
	_, end := commentEnd(t.doc.Src, start, len(t.doc.Src))
	return Range{start, end}, end > pos && end < len(t.doc.Src)
}

// wraps reports whether an element whose markup is text to the parser holds a tag
// of something that must stay, such as the picture that counts visits.
func (t *Tree) wraps(n *html.Node) bool {
	i := t.tag(n)
	if i < 0 || t.tags[i].match <= 0 || !hasRawText(n.Data) {
		return false
	}
	for k := i + 1; k < int(t.tags[i].match); k++ {
		if x := t.tags[k]; x.nested && !x.close && stays(x.name) {
			return true
		}
	}
	return false
}

func hasRawText(name string) bool {
	switch name {
	case "noscript", "noframes", "noembed", "xmp":
		return true
	}
	return false
}

// follows returns where the element after n begins or the one around it ends.
func (t *Tree) follows(n *html.Node) (int, bool) {
	if next := n.NextSibling; next != nil {
		if i := t.tag(next); i >= 0 {
			return t.tags[i].start, true
		}
		return 0, false
	}
	if n.Parent != nil {
		if i := t.tag(n.Parent); i >= 0 && t.tags[i].match > 0 {
			return t.tags[t.tags[i].match].start, true
		}
	}
	return 0, false
}

// endsItself reports whether the end tag of an element may be left out.
func endsItself(name string) bool {
	switch name {
	case "li", "p", "dt", "dd", "option", "tr":
		return true
	}
	return false
}

// stays reports whether an element of that name is never removed with text.
func stays(name string) bool {
	switch name {
	case "html", "head", "body", "main", "article", "nav", "title", "meta", "link", "base", "script", "style", "template",
		"img", "picture", "video", "audio", "canvas", "svg", "math", "object", "embed", "iframe", "frame", "map",
		"form", "input", "select", "textarea", "button":
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
