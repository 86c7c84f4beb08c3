package filter

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/drosshq/dross/internal/cut"
	"github.com/drosshq/dross/internal/judge"
	"github.com/drosshq/dross/internal/page"
)

// RemovedWithoutGate judges a page as Clean does but for the first stage: every
// text with a hit is a candidate, in chains and by itself, and the tree is
// always built. It returns the removed ranges of the decoded text.
func (f *Filter) RemovedWithoutGate(ctx context.Context, p Page) ([]page.Range, error) {
	kind, label, err := page.Media(p.ContentType, p.Body)
	if err != nil {
		return nil, err
	}
	dec, err := page.Decode(p.Body, label, kind)
	if err != nil {
		return nil, err
	}
	w := new(work)
	w.begin(f, Request{}, kind, nil)
	var gone []page.Range
	cur := dec.Text
	for range maxRounds {
		ranges := removedRanges(w.roundWithoutGate(cur))
		if len(ranges) == 0 {
			return gone, ctx.Err()
		}
		gone = cut.Compose(gone, ranges)
		cur = cut.Apply(dec.Text, gone)
	}
	return nil, fmt.Errorf("not settled after %d rounds", maxRounds)
}

func (w *work) roundWithoutGate(text []byte) []found {
	w.scan(text)
	w.gate()
	w.letters = w.count()
	court := w.court()
	groups := slices.Clone(w.groups)
	for i, g := range groups { // by segment, as the sketches are made anew
		groups[i] = judge.Group{First: w.sketches[g.First].Segment, Last: w.sketches[g.Last-1].Segment + 1}
	}
	w.sketches = w.sketches[:0]
	for i := range w.doc.Segments {
		w.sketchOne(i)
	}
	w.groups = withRest(w.sketches, groups)
	cands := w.candidates()
	tree := w.tree()
	for _, c := range cands {
		w.situate(c, tree)
	}
	return w.rule(court, cands, tree)
}

// withRest makes groups of the candidates, which are ranges of segments, and of
// what the first stage left out: chains of dense neighbours, and all other
// sketches one by one.
func withRest(sketches []judge.Sketch, cands []judge.Group) []judge.Group {
	var out []judge.Group
	at := func(s judge.Sketch) int {
		return slices.IndexFunc(cands, func(g judge.Group) bool { return s.Segment >= g.First && s.Segment < g.Last })
	}
	for i := 0; i < len(sketches); {
		in, j := at(sketches[i]), i+1
		for j < len(sketches) && at(sketches[j]) == in && (in >= 0 || carriesOn(sketches[j-1], sketches[j])) {
			j++
		}
		out, i = append(out, judge.Group{First: i, Last: j}), j
	}
	return out
}

func carriesOn(a, b judge.Sketch) bool {
	return b.Segment == a.Segment+1 && a.Zone == b.Zone && a.Density() >= 0.3 && b.Density() >= 0.3
}

// ReadAlike reports whether a body that may be scanned before it is decoded is read
// as Decode reads it, and whether it was tried.
func (f *Filter) ReadAlike(body []byte, label string) (alike, tried bool, err error) {
	w := new(work)
	w.begin(f, Request{}, page.KindHTML, nil)
	got, err := w.read(body, label)
	if err != nil {
		return false, false, err
	}
	want, err := page.Decode(body, label, page.KindHTML)
	return got.Charset == want.Charset && bytes.Equal(got.Text, want.Text) && got.Valid() == want.Valid(), page.PlausiblyUTF8(body, label), err
}
