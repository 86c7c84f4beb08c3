package filter

import (
	"slices"
	"sort"

	"github.com/drosshq/dross/internal/cut"
	"github.com/drosshq/dross/internal/judge"
	"github.com/drosshq/dross/internal/page"
)

// ruled is a decision on texts [first, last) of a candidate.
type ruled struct {
	judge.Ruling
	c           *candidate
	first, last int
}

// rulings decides on a candidate: each list of phrases in it alone, the other texts
// together.
func (w *work) rulings(court *judge.Court, c *candidate) []ruled {
	if !slices.ContainsFunc(c.texts, judge.Text.Listing) {
		return w.together(court, c)
	}
	var out []ruled
	rest := &candidate{hidden: c.hidden, path: c.path, place: c.place}
	for i, t := range c.texts {
		if t.Listing() {
			out = append(out, w.singles(court, c, i, i+1)...)
			continue
		}
		if i < c.core[0] {
			rest.core[0]++
		}
		if i < c.core[1] {
			rest.core[1]++
		}
		rest.segments, rest.plains, rest.texts = append(rest.segments, c.segments[i]), append(rest.plains, c.plains[i]), append(rest.texts, t)
	}
	if n := len(rest.texts); n > 0 {
		rest.place = w.place(rest.segments[0], rest.segments[n-1])
		out = append(out, w.together(court, rest)...)
	}
	return out
}

// together decides on the texts of a candidate as one block, with and without
// those that only a separator ties to it, else on each of them alone.
func (w *work) together(court *judge.Court, c *candidate) []ruled {
	first, last := 0, len(c.texts)
	for k, part := range [][2]int{{first, last}, c.core} {
		if part[1]-part[0] < 2 || k == 1 && part == [2]int{first, last} {
			continue
		}
		r := court.Group(c.texts[part[0]:part[1]], c.place)
		if r.Remove {
			return []ruled{{r, c, part[0], part[1]}}
		}
		if r.Shaped {
			first, last = part[0]+r.First, part[0]+r.Last
			break
		}
	}
	return w.singles(court, c, first, last)
}

// singles decides on texts [first, last) of a candidate, each alone.
func (w *work) singles(court *judge.Court, c *candidate, first, last int) []ruled {
	out := make([]ruled, 0, last-first)
	for i := first; i < last; i++ {
		at := c.place
		if len(c.texts) > 1 {
			at = w.place(c.segments[i], c.segments[i])
		}
		out = append(out, ruled{court.Single(c.texts[i], at), c, i, i + 1})
	}
	return out
}

// rule decides on all candidates, and a second time on those that stay once the
// first blocks are known, since kits repeat one block in many places.
func (w *work) rule(court *judge.Court, cands []*candidate, tree *page.Tree) []found {
	all := make([][]ruled, len(cands))
	for i, c := range cands {
		all[i] = w.rulings(court, c)
		for _, r := range all[i] {
			if r.Remove {
				court.Prove(r.Ruling)
			}
		}
	}
	var gone, kept []ruled
	for i, c := range cands {
		rs := all[i]
		if !slices.ContainsFunc(rs, func(r ruled) bool { return r.Remove }) {
			rs = w.rulings(court, c)
		}
		for _, r := range rs {
			if r.Remove {
				gone = append(gone, r)
			} else if r.Category != "" {
				kept = append(kept, r)
			}
		}
	}
	gone = append(gone, w.kin(gone, court, tree)...)
	gone = w.spare(gone, tree)
	out := w.removals(gone, tree)
	if w.req.Explain {
		for _, r := range kept {
			start, _ := w.doc.Source(w.doc.Segments[r.c.segments[r.first]])
			_, end := w.doc.Source(w.doc.Segments[r.c.segments[r.last-1]])
			out = append(out, found{w.block(r, Kept), page.Range{Start: start, End: end}})
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].at.Start < out[j].at.Start })
	return out
}

// removedRanges returns the ranges of the removed blocks, sorted and joined.
func removedRanges(blocks []found) []page.Range {
	var out []page.Range
	for _, b := range blocks {
		if b.block.Action == Removed {
			out = append(out, b.at)
		}
	}
	return cut.Union(out)
}

// merge sorts blocks and joins removed ones that overlap, where the one with the
// higher score tells why, and those of one decision that touch, such as lines.
func merge(blocks []found) []found {
	sort.SliceStable(blocks, func(i, j int) bool { return blocks[i].at.Start < blocks[j].at.Start })
	out := blocks[:0]
	for _, b := range blocks {
		n := len(out)
		if n == 0 || !joins(out[n-1], b) {
			out = append(out, b)
			continue
		}
		last := &out[n-1]
		last.at.End = max(last.at.End, b.at.End)
		if b.block.Score > last.block.Score {
			last.block = b.block
		}
	}
	return out
}

// joins reports whether a block is one with the block before it.
func joins(last, b found) bool {
	if last.block.Action == Kept || b.block.Action == Kept {
		return false
	}
	return b.at.Start < last.at.End || b.at.Start == last.at.End && b.block == last.block
}

// block writes down a decision.
func (w *work) block(r ruled, a Action) *Block {
	zone := r.c.texts[r.first].Zone
	if r.c.hidden && (zone == page.Text || zone == page.Link || zone == page.Heading) {
		zone = page.Hidden
	}
	b := &Block{
		Action: a, Zone: Zone(zone.String()), Category: r.Category, Score: round2(r.Value), Threshold: r.Threshold,
		Density: round2(r.Density), Reasons: r.Reasons, Path: r.c.path, Keywords: []string{},
	}
	for _, e := range r.Entries {
		b.Keywords = append(b.Keywords, w.f.entries[e].Term)
	}
	slices.Sort(b.Keywords)
	return b
}
