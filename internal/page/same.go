package page

import (
	"bytes"
	"hash/maphash"
	"sort"
	"strings"

	"golang.org/x/net/html"
)

// Same reports whether out, which is d's source less the sorted ranges, parses
// to this tree less the elements and the text in those ranges. White space does
// not count.
func (t *Tree) Same(d *Doc, ranges []Range, out []byte) bool {
	at, ok := t.Diff(d, ranges, out)
	return ok && len(at) == 0
}

// Diff tells where out, which is d's source less the sorted ranges, parses to
// another tree than this one less what the ranges hold: places in d's source, none
// if the trees are alike. It returns false when out does not parse.
//
// What stands before the doctype makes a parser drop it, and the head with it. Where
// the ranges take all of that, html, head, body and doctype do not count.
func (t *Tree) Diff(d *Doc, ranges []Range, out []byte) ([]int, bool) {
	if d.rest == nil {
		d.rest = new(Doc)
	}
	rest := d.rest
	rest.ScanHTML(out)
	after, err := NewTree(rest)
	if err != nil {
		return nil, false
	}
	seed, flat := maphash.MakeSeed(), clears(d, ranges)
	a := outline{tree: t, doc: d, gone: ranges, seed: seed, flat: flat}
	b := outline{tree: after, doc: rest, back: newWayBack(ranges), seed: seed, flat: flat}
	a.walk(t.Document.Nodes[0], 0)
	b.walk(after.Document.Nodes[0], 0)
	return compare(a.finish(), b.finish()), true
}

// clears reports whether the ranges take all there is before the doctype.
func clears(d *Doc, ranges []Range) bool {
	if d.doctype < 0 || len(ranges) == 0 || ranges[0].Start >= d.doctype {
		return false
	}
	pos := bomLen(d.Src)
	for _, r := range ranges {
		if pos >= d.doctype || len(bytes.TrimSpace(d.Src[pos:max(pos, r.Start)])) > 0 {
			break
		}
		pos = r.End
	}
	return pos >= d.doctype || len(bytes.TrimSpace(d.Src[pos:d.doctype])) == 0
}

// compare returns the places of the entries that are not alike.
func compare(a, b []entry) []int {
	var at []int
	for i := range max(len(a), len(b)) {
		switch {
		case i >= len(a):
			return append(at, b[i].at)
		case i >= len(b):
			return append(at, a[i].at)
		case a[i].parent != b[i].parent || a[i].sum != b[i].sum:
			at = append(at, a[i].at, b[i].at)
		}
	}
	return at
}

// entry is a node in the order of the document: an element, or text that no
// element parts.
type entry struct {
	at          int    // place in the source before the cut, as far as known
	parent, sum uint64 // who holds it; what it is
	text        bool
}

// outline lists the nodes of a tree.
type outline struct {
	tree *Tree
	doc  *Doc
	gone []Range
	back wayBack
	seed maphash.Seed
	flat bool

	list []entry
	sum  maphash.Hash // of the text listed last
	last int
}

func (o *outline) walk(n *html.Node, parent uint64) {
	self := parent
	switch n.Type {
	case html.ElementNode:
		at := -1
		if i := o.tree.tag(n); i >= 0 {
			if at = o.tree.tags[i].start; o.cut(at) {
				return
			}
			at = o.back.source(at)
		}
		if !o.flat || !outer(n.Data) {
			self = o.node(n.Data, at, parent)
		}
	case html.TextNode, html.CommentNode:
		runsIn(n.Data, func(run int) { o.run(o.doc.Runs[run], parent) })
	case html.DoctypeNode:
		if !o.flat {
			o.node("!"+n.Data, -1, parent)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		o.walk(c, self)
	}
}

func outer(name string) bool { return name == "html" || name == "head" || name == "body" }

// node lists an element and returns its mark, by which its children name it.
func (o *outline) node(name string, at int, parent uint64) uint64 {
	o.close()
	sum := maphash.String(o.seed, name) + uint64(at+2)*0x9E3779B97F4A7C15
	o.last = max(o.last, at)
	o.list = append(o.list, entry{at: o.last, parent: parent, sum: sum})
	if at < 0 { // an element that the parser put in
		sum ^= parent * 0xBF58476D1CE4E5B9
	}
	return sum
}

// close ends the text listed last.
func (o *outline) close() {
	if n := len(o.list); n > 0 && o.list[n-1].text {
		o.list[n-1].sum = o.sum.Sum64()
	}
}

func (o *outline) finish() []entry {
	o.close()
	return o.list
}

// run lists what is left of a run of text.
func (o *outline) run(r Run, parent uint64) {
	pos, end := int(r.Start), int(r.End)
	first := sort.Search(len(o.gone), func(i int) bool { return o.gone[i].End > pos })
	for _, g := range o.gone[first:] {
		if g.Start >= end {
			break
		}
		if g.Start > pos {
			o.words(pos, g.Start, parent)
		}
		pos = max(pos, min(g.End, end))
	}
	o.words(pos, end, parent)
}

func (o *outline) words(start, end int, parent uint64) {
	if start >= end {
		return
	}
	for _, w := range strings.Fields(string(o.doc.Src[start:end])) {
		if n := len(o.list); n == 0 || !o.list[n-1].text || o.list[n-1].parent != parent {
			o.close()
			o.sum.SetSeed(o.seed)
			o.list = append(o.list, entry{at: o.back.source(start), parent: parent, text: true})
		}
		o.sum.WriteString(w)
	}
}

// cut reports whether a source position lies in a removed range.
func (o *outline) cut(pos int) bool {
	i := sort.Search(len(o.gone), func(i int) bool { return o.gone[i].End > pos })
	return i < len(o.gone) && o.gone[i].Start <= pos
}

// wayBack maps a place after a cut to the one before it.
type wayBack struct{ at, by []int } // from at on, places are by further back

func newWayBack(ranges []Range) wayBack {
	var w wayBack
	sum := 0
	for _, r := range ranges {
		w.at = append(w.at, r.Start-sum)
		sum += r.End - r.Start
		w.by = append(w.by, sum)
	}
	return w
}

func (w wayBack) source(pos int) int {
	i := sort.SearchInts(w.at, pos+1)
	if i == 0 {
		return pos
	}
	return pos + w.by[i-1]
}
