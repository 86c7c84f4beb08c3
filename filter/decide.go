package filter

import (
	"bytes"
	"slices"
	"sort"

	"github.com/drosshq/dross/internal/judge"
	"github.com/drosshq/dross/internal/page"
)

// found is a block with its place in the text. What one decision took shares a block.
type found struct {
	block *Block
	at    page.Range
}

// candidate is a group of segments that may be a block.
type candidate struct {
	segments []int
	plains   []*page.Plain
	texts    []judge.Text
	core     [2]int // the texts without those that a separator or a list ties to them
	place    judge.Place
	hidden   bool
	path     string
}

// decide is the second stage: it rates the candidates, first without the tree,
// as if all were hidden, and builds the tree only when one of them could go.
func (w *work) decide() ([]found, error) {
	cands := w.candidates()
	court := w.court()
	if w.kind == page.KindHTML && !w.anyGoes(court, cands) && !w.req.Explain {
		return nil, nil
	}
	tree := w.tree()
	if tree == nil && w.kind == page.KindHTML && len(w.rules) > 0 {
		return nil, w.errTreeless()
	}
	for _, c := range cands {
		w.situate(c, tree)
	}
	return w.rule(court, cands, tree), nil
}

// anyGoes reports whether a candidate would go if the tree spoke for it.
func (w *work) anyGoes(court *judge.Court, cands []*candidate) bool {
	for _, c := range cands {
		for i := range c.texts {
			c.texts[i].Hidden = true
		}
	}
	goes := false
	for _, c := range cands {
		if rs := w.rulings(court, c); slices.ContainsFunc(rs, func(r ruled) bool { return r.Remove }) {
			goes = true
			break
		}
	}
	for _, c := range cands {
		for i := range c.texts {
			c.texts[i].Hidden = false
		}
	}
	return goes
}

// candidates builds the texts of the groups that stage 1 left.
func (w *work) candidates() []*candidate {
	var out []*candidate
	w.cuts = 0
	for _, g := range w.groups {
		core, end := w.sketches[g.First].Segment, w.sketches[g.Last-1].Segment
		first, last := w.tied(core, end, g)
		n := last - first + 1
		c := &candidate{
			segments: make([]int, n), plains: make([]*page.Plain, n), texts: make([]judge.Text, n),
			core: [2]int{core - first, end - first + 1},
		}
		for k := range n {
			c.segments[k] = first + k
			c.plains[k], c.texts[k] = w.text(first + k)
		}
		c.place = w.place(first, last)
		out = append(out, c)
	}
	return out
}

// mostTied bounds how many lines a run is carried on over.
const mostTied = 40

// tied widens a run of lines to those that its separators carry it on to: lists of
// phrases hold some that no list knows.
func (w *work) tied(first, last int, g judge.Group) (int, int) {
	if g.Last-g.First < 2 {
		return first, last
	}
	low, high := 0, len(w.doc.Segments)-1
	if k := w.groupBefore(g); k >= 0 {
		low = k + 1
	}
	for n := 0; n < mostTied && first > low && w.follows(first-1); n++ {
		first--
	}
	for n := 0; n < mostTied && last < high && w.follows(last) && !w.opensGroup(last+1); n++ {
		last++
	}
	return first, last
}

// carries reports whether the next line belongs to segment i.
func (w *work) carries(i int) bool {
	r := w.doc.Runs[w.doc.Segments[i].Last-1]
	return judge.CarriesOn(w.doc.Src[r.Start:r.End])
}

// follows reports whether the segment after i is of one run with it.
func (w *work) follows(i int) bool {
	return w.carries(i) && w.doc.Segments[i+1].Break == page.Row || w.beside(i, i+1)
}

// groupBefore returns the last segment of the group before g, or -1.
func (w *work) groupBefore(g judge.Group) int {
	last := -1
	for _, o := range w.groups {
		if o.Last <= g.First {
			last = w.sketches[o.Last-1].Segment
		}
	}
	return last
}

// opensGroup reports whether a group begins at segment i.
func (w *work) opensGroup(i int) bool {
	return slices.ContainsFunc(w.groups, func(g judge.Group) bool { return w.sketches[g.First].Segment == i })
}

// court gathers what the rest of the page says.
func (w *work) court() *judge.Court {
	inGroup := make([]bool, len(w.doc.Segments))
	for _, g := range w.groups {
		for i := w.sketches[g.First].Segment; i <= w.sketches[g.Last-1].Segment; i++ {
			inGroup[i] = true
		}
	}
	return &judge.Court{
		Entries:   w.f.entries,
		Threshold: w.f.threshold,
		Page: judge.Page{
			Letters: w.harmless(),
			Topic:   judge.Topic(w.f.entries, w.sketches),
			Script:  judge.ScriptOf(string(w.sampleOutside(inGroup))),
		},
		Known: func(item []byte) bool { return w.known(item, inGroup) },
	}
}

// harmless counts the letters of the texts that listed words do not make up.
func (w *work) harmless() int {
	n := w.letters
	for _, s := range w.sketches {
		if s.Density() >= judge.Covered {
			n -= s.Letters
		}
	}
	return n
}

// sampleOutside returns some text of the page that is in no candidate.
func (w *work) sampleOutside(inGroup []bool) []byte {
	var out []byte
	for i, s := range w.doc.Segments {
		if len(out) > 8<<10 {
			break
		}
		if inGroup[i] || s.Zone == page.Attribute || s.Zone == page.Script || s.Zone == page.Comment || s.Zone == page.Target {
			continue
		}
		for r := s.First; r < s.Last; r++ {
			out = append(out, w.doc.Src[w.doc.Runs[r].Start:w.doc.Runs[r].End]...)
		}
		out = append(out, '\n')
	}
	return out
}

// known reports whether an item stands in text that is in no candidate.
func (w *work) known(item []byte, inGroup []bool) bool {
	src := w.doc.Src
	for pos, tries := 0, 0; tries < 64; tries++ {
		i := bytes.Index(src[pos:], item)
		if i < 0 {
			return false
		}
		pos += i
		if s := w.segmentAt(pos); s >= 0 && !inGroup[s] {
			return true
		}
		pos += len(item)
	}
	return false
}

// segmentAt returns the segment of the page's flow that holds a source position,
// or -1.
func (w *work) segmentAt(pos int) int {
	flow := w.doc.Segments[:w.doc.Flow]
	i := sort.Search(len(flow), func(i int) bool { _, end := w.doc.Source(flow[i]); return end > pos })
	if i == len(flow) {
		return -1
	}
	if start, _ := w.doc.Source(flow[i]); pos < start {
		return -1
	}
	return i
}

// place says where segments [first, last] stand among those of the page.
func (w *work) place(first, last int) judge.Place {
	segs := w.doc.Segments
	switch segs[first].Zone {
	case page.Title, page.Meta, page.Attribute, page.Comment, page.Script, page.Target:
		return judge.Place{}
	}
	prev, next := w.neighbour(first, -1), w.neighbour(last, +1)
	at := judge.Place{First: prev < 0, Last: next < 0, Listed: prev >= 0 && w.covered(prev) || next >= 0 && w.covered(next)}
	before, shortBefore := w.nearby(first, -1)
	after, shortAfter := w.nearby(last, +1)
	if n := before + after; n > 0 {
		at.Menu = float64(shortBefore+shortAfter) / float64(n)
	}
	return at
}

// How far around a block its company is looked for, and how many texts make it.
const (
	mostLooked = 12
	mostNear   = 2
)

// nearby counts the nearest harmless texts of the page's flow in a direction, and
// the short ones of them.
func (w *work) nearby(i, step int) (texts, short int) {
	for n := 0; n < mostLooked && texts < mostNear; n++ {
		if i = w.neighbour(i, step); i < 0 {
			break
		}
		if w.covered(i) {
			continue // it may go itself
		}
		texts++
		if n := w.lettersOf(i); n > 0 && n <= shortText {
			short++
		}
	}
	return texts, short
}

// neighbour returns the next segment of the page's flow in a direction, or -1.
func (w *work) neighbour(i, step int) int {
	for i += step; i >= 0 && i < len(w.doc.Segments); i += step {
		switch w.doc.Segments[i].Zone {
		case page.Text, page.Line, page.Heading, page.Link:
			return i
		}
	}
	return -1
}

const (
	shortText = 24  // most letters of an item of a menu
	wellKnown = 0.6 // density from which listed words make a text, and do not just stand in it
)

// covered reports whether listed words make up most of a segment.
func (w *work) covered(i int) bool {
	k := sort.Search(len(w.sketches), func(k int) bool { return w.sketches[k].Segment >= i })
	return k < len(w.sketches) && w.sketches[k].Segment == i && w.sketches[k].Density() >= wellKnown
}

// situate adds what the tree knows of a candidate's place.
func (w *work) situate(c *candidate, tree *page.Tree) {
	if tree == nil {
		return
	}
	for k, i := range c.segments {
		ctx := tree.Context(w.doc.Segments[i])
		c.texts[k].Hidden, c.texts[k].Quoting = ctx.Hidden, ctx.Quoting || c.texts[k].Quoting
		if c.texts[k].Zone == page.Target {
			c.texts[k].Quoting = w.speaks(i, tree)
			c.texts[k].Hidden = ctx.Hidden && !c.texts[k].Quoting
		}
		if k == 0 {
			c.path, c.hidden = ctx.Path, ctx.Hidden
		}
	}
}
