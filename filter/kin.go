package filter

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/drosshq/dross/internal/judge"
	"github.com/drosshq/dross/internal/page"
)

// A run of links that are made alike goes whole when this much of it goes: no
// list knows every phrase of a block.
const (
	kinLinks = 5
	kinShare = 0.8
	maxMake  = 2 << 10 // bytes of markup between two links of a run
	maxRest  = 256     // links a round that are looked for elsewhere on the page
)

// kin returns what is left of runs of links that go nearly whole.
func (w *work) kin(gone []ruled, court *judge.Court, tree *page.Tree) []ruled {
	if tree == nil {
		return nil
	}
	by := make([]int32, len(w.doc.Segments)) // segment -> which of gone takes it whole, from 1 on; 0: none
	for n, r := range gone {
		for k := r.first; k < r.last; k++ {
			if p := r.Parts[k-r.first]; p.Start == 0 && p.End == len(r.c.texts[k].Plain) {
				by[r.c.segments[k]] = int32(n) + 1
			}
		}
	}
	var out []ruled
	looked := 0
	for i, end := 0, 0; i < len(by); i++ {
		if by[i] == 0 || i < end {
			continue
		}
		var first int
		first, end = w.alike(i)
		var rest []int
		for k := first; k < end; k++ {
			if by[k] == 0 {
				rest = append(rest, k)
			}
		}
		n := end - first
		if n < kinLinks || float64(n-len(rest)) < kinShare*float64(n) {
			continue
		}
		if looked += len(rest); looked > maxRest {
			break // each costs a look at the whole page
		}
		for _, k := range rest {
			if r, ok := w.follow(gone[by[i]-1], k, n, court, tree); ok {
				out = append(out, r)
			}
		}
	}
	return out
}

// alike returns the run of links [first, end) around segment i with the same
// markup between any two of them.
func (w *work) alike(i int) (first, end int) {
	first, end = i, i+1
	var mark []byte
	for end < w.doc.Flow {
		m := w.make(end - 1)
		if m == nil || mark != nil && !bytes.Equal(m, mark) {
			break
		}
		mark = m
		end++
	}
	for first > 0 {
		m := w.make(first - 1)
		if m == nil || mark != nil && !bytes.Equal(m, mark) {
			break
		}
		mark = m
		first--
	}
	return first, end
}

// make returns the names of the tags between segment i and the next, or nothing
// where these are not two links.
func (w *work) make(i int) []byte {
	a, b := w.doc.Segments[i], w.doc.Segments[i+1]
	start, end := w.doc.Runs[a.Last-1].End, w.doc.Runs[b.First].Start
	if end <= start || end-start > maxMake {
		return nil
	}
	var names []byte
	for markup := w.doc.Src[start:end]; ; {
		open := bytes.IndexByte(markup, '<')
		if open < 0 {
			break
		}
		markup = markup[open+1:]
		name := markup[:max(0, bytes.IndexAny(markup, " \t\r\n>"))]
		names = append(append(names, bytes.ToLower(name)...), ' ')
	}
	if !bytes.HasPrefix(names, []byte("/a ")) || !bytes.Contains(names, []byte(" a ")) {
		return nil
	}
	return names
}

// follow makes segment i go with a block, unless it is the page's own: a link of
// the site, a text that stands elsewhere too, words that an allow entry protects.
func (w *work) follow(r ruled, i, links int, court *judge.Court, tree *page.Tree) (ruled, bool) {
	p, t := w.text(i)
	seg := w.doc.Segments[i]
	if slices.ContainsFunc(t.Hits, func(h judge.Hit) bool { return h.Safe }) || tree.OwnLink(int(seg.First)) || court.Known(p.Text) {
		return ruled{}, false
	}
	c := &candidate{segments: []int{i}, plains: []*page.Plain{p}, texts: []judge.Text{t}, core: [2]int{0, 1}}
	w.situate(c, tree)
	ruling := r.Ruling
	ruling.Reasons = append(slices.Clone(ruling.Reasons), fmt.Sprintf("of a run of %d links that goes", links))
	ruling.Parts = []judge.Part{{Start: 0, End: len(p.Text)}}
	return ruled{ruling, c, 0, 1}, true
}
