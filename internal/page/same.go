package page

import (
	"hash/maphash"
	"sort"
	"strings"

	"golang.org/x/net/html"
)

// Same reports whether out, which is d's source less the sorted ranges, parses
// to this tree less the elements and the text in those ranges. White space does
// not count.
func (t *Tree) Same(d *Doc, ranges []Range, out []byte) bool {
	var rest Doc
	rest.ScanHTML(out)
	after, err := NewTree(&rest)
	if err != nil {
		return false
	}
	seed := maphash.MakeSeed()
	a := outline{tree: t, doc: d, gone: ranges}
	b := outline{tree: after, doc: &rest}
	a.sum.SetSeed(seed)
	b.sum.SetSeed(seed)
	a.walk(t.Document.Nodes[0])
	b.walk(after.Document.Nodes[0])
	return a.sum.Sum64() == b.sum.Sum64()
}

// outline hashes the shape and the text of a tree.
type outline struct {
	tree *Tree
	doc  *Doc
	gone []Range
	sum  maphash.Hash
	text bool // the last thing written was text
}

func (o *outline) walk(n *html.Node) {
	switch n.Type {
	case html.ElementNode:
		if i := o.tree.tag(n); i >= 0 && o.cut(o.tree.tags[i].start) {
			return
		}
		o.write("<" + n.Data)
	case html.TextNode, html.CommentNode:
		runsIn(n.Data, func(run int) { o.run(o.doc.Runs[run]) })
	case html.DoctypeNode:
		o.write("!" + n.Data)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		o.walk(c)
	}
	if n.Type == html.ElementNode {
		o.write(">")
	}
}

func (o *outline) write(s string) {
	o.sum.WriteString(s)
	o.sum.WriteByte(0)
	o.text = false
}

// run writes what is left of a run of text.
func (o *outline) run(r Run) {
	pos, end := int(r.Start), int(r.End)
	first := sort.Search(len(o.gone), func(i int) bool { return o.gone[i].End > pos })
	for _, g := range o.gone[first:] {
		if g.Start >= end {
			break
		}
		if g.Start > pos {
			o.words(pos, g.Start)
		}
		pos = max(pos, min(g.End, end))
	}
	o.words(pos, end)
}

func (o *outline) words(start, end int) {
	if start >= end {
		return
	}
	for _, w := range strings.Fields(string(o.doc.Src[start:end])) {
		o.sum.WriteString(w)
	}
}

// cut reports whether a source position lies in a removed range.
func (o *outline) cut(pos int) bool {
	i := sort.Search(len(o.gone), func(i int) bool { return o.gone[i].End > pos })
	return i < len(o.gone) && o.gone[i].Start <= pos
}
