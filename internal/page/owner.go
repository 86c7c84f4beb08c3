package page

import (
	"sort"

	"golang.org/x/net/html"
)

// owner tells whether the source of an element holds nothing but what stands in
// that element in the tree. A parser puts what is out of place in a table before
// the table, and the source of the table holds it all the same.
type owner struct {
	tags, runs []bool // what stands under the nodes looked at so far
	steps      int
}

// ownerSteps bounds the work, in steps a tag or run: a page on which more is
// needed is nested and broken throughout, and loses text in place of elements.
const ownerSteps = 8

// owns reports whether r, the source of the siblings from first to last, is theirs alone.
func (o *owner) owns(t *Tree, r Range, first, last *html.Node) bool {
	if o.tags == nil {
		o.tags, o.runs = make([]bool, len(t.tags)), make([]bool, len(t.node))
	}
	for n := first; n != nil; n = n.NextSibling {
		o.mark(t, n)
		if n == last {
			break
		}
	}
	from := sort.Search(len(t.tags), func(i int) bool { return t.tags[i].start >= r.Start })
	for i := from; i < len(t.tags) && t.tags[i].start < r.End; i++ {
		if o.steps++; t.byTag[i] != nil && !o.tags[i] {
			return false
		}
	}
	runs := t.doc.Runs[:t.flow]
	from = sort.Search(len(runs), func(i int) bool { return int(runs[i].Start) >= r.Start })
	for i := from; i < len(runs) && int(runs[i].Start) < r.End; i++ {
		if o.steps++; t.node[i] != nil && !o.runs[i] {
			return false
		}
	}
	return o.steps <= ownerSteps*(len(t.tags)+len(t.node))
}

// mark notes what stands under n; what was noted before is not walked again.
func (o *owner) mark(t *Tree, n *html.Node) {
	if n.Type != html.ElementNode {
		runsIn(n.Data, func(run int) {
			if run < len(o.runs) {
				o.runs[run] = true
			}
		})
		return
	}
	if i := t.tag(n); i >= 0 {
		if o.tags[i] && t.byTag[i] == n {
			return
		}
		o.tags[i] = true
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		o.mark(t, c)
	}
}
