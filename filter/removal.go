package filter

import (
	"bytes"
	"slices"
	"sort"
	"strings"
	"unicode"

	"github.com/drosshq/dross/internal/cut"
	"github.com/drosshq/dross/internal/judge"
	"github.com/drosshq/dross/internal/page"
	"github.com/drosshq/dross/lists"
)

// removals turns decisions into source ranges: whole elements where they hold
// nothing else, else the text alone.
func (w *work) removals(gone []ruled, tree *page.Tree) []found {
	texts, takes := w.texts(gone, tree)
	if tree == nil || len(texts) == 0 {
		return texts
	}
	texts = merge(append(texts, w.separators(texts)...))
	removed := w.removedRuns(texts)
	at, sure := tree.Swallow(func(run int) bool { return removed[run] }, takes)
	return w.settle(texts, w.elements(texts, at), sure, tree)
}

// settle returns the largest cut that leaves the tree as it was meant: elements and
// texts, fewer elements, or texts alone. Sure ones are not looked at again.
func (w *work) settle(texts, elements []found, sure bool, tree *page.Tree) []found {
	for range verifications {
		if len(elements) == 0 {
			return texts
		}
		out := merge(slices.Concat(elements, texts))
		if sure {
			return out
		}
		ranges := removedRanges(out)
		at, ok := tree.Diff(&w.doc, ranges, cut.Apply(w.doc.Src, ranges))
		if ok && len(at) == 0 {
			return out
		}
		elements = without(elements, at)
	}
	return texts
}

// verifications is how often a cut is parsed and compared with the tree: once,
// and again without the elements whose removal changed more than it should.
const verifications = 2

// texts returns the smallest cut: texts and values without a tag. takes are the
// runs whose block is the element they stand in.
func (w *work) texts(gone []ruled, tree *page.Tree) (texts []found, takes []int) {
	for _, r := range gone {
		b := w.block(r, Removed)
		for k := r.first; k < r.last; k++ {
			p := w.neat(r.c, k, r.Parts[k-r.first], tree)
			for _, x := range r.c.plains[k].Ranges(p.Start, p.End) {
				texts = append(texts, found{b, w.whole(x)})
			}
			if z := r.c.texts[k].Zone; p.Start < p.End && tree != nil && (z == page.Target || z == page.Script) {
				run := int(w.doc.Segments[r.c.segments[k]].First)
				takes = append(takes, run)
				for _, x := range w.around(run, z, tree) {
					texts = append(texts, found{b, x})
				}
			}
		}
	}
	return merge(texts), takes
}

// neat takes from a part the links of the site's own at its ends, which no entry
// speaks of, and adds the separator that would be left without a neighbour.
func (w *work) neat(c *candidate, k int, p judge.Part, tree *page.Tree) judge.Part {
	t, s := c.texts[k], w.doc.Segments[c.segments[k]]
	if p.Start >= p.End || t.Zone == page.Target || t.Zone == page.Script {
		return p
	}
	if tree != nil && !t.Hidden && s.Last-s.First > 2 && (t.Zone == page.Text || t.Zone == page.Link) {
		p = w.withoutOwn(c.plains[k], t.Hits, s, p, tree)
	}
	text := t.Plain
	switch rest := text[p.End:]; {
	case p.Start == 0 || parted(text[:p.Start]):
		p.End += len(rest) - len(bytes.TrimLeftFunc(rest, parts))
	case len(rest) == 0:
		p.Start = len(bytes.TrimRightFunc(text[:p.Start], parts))
	}
	return p
}

// parted reports whether a text ends with a separator.
func parted(text []byte) bool {
	text = bytes.TrimRightFunc(text, unicode.IsSpace)
	return len(bytes.TrimRightFunc(text, parts)) < len(text)
}

// parts reports whether a character stands between the parts of a title or a list.
func parts(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("|｜丨_-–—·•・,，、;；/»›", r)
}

// withoutOwn narrows a part past runs at its ends that are links of the site's
// own without a firm or strong entry, and past the separator after the first ones.
func (w *work) withoutOwn(plain *page.Plain, hits []judge.Hit, s page.Segment, p judge.Part, tree *page.Tree) judge.Part {
	first, last := s.First, s.Last
	hit := func(run int32) bool {
		from, to := plain.Of(int(run - s.First))
		return slices.ContainsFunc(hits, func(h judge.Hit) bool {
			return h.Part().Start < to && h.Part().End > from && w.f.entries[h.Entry].Strength >= lists.Firm
		})
	}
	own := func(run int32) bool { return tree.OwnLink(int(run)) && !hit(run) }
	plainRun := func(run int32) bool { return !hit(run) }
	for i := first; i < last && plainRun(i); i++ {
		if own(i) {
			first = i + 1
		}
	}
	for i := last - 1; i > first && plainRun(i); i-- {
		if own(i) {
			last = i
		}
	}
	if first > s.First {
		_, end := plain.Of(int(first - 1 - s.First))
		p.Start = max(p.Start, end)
		if p.Start < p.End { // one separator stays, between what stays on both sides
			block := plain.Text[p.Start:p.End]
			p.Start += len(block) - len(bytes.TrimLeftFunc(block, parts))
		}
	}
	if last < s.Last {
		start, _ := plain.Of(int(last - s.First))
		p.End = min(p.End, start)
	}
	return judge.Part{Start: p.Start, End: max(p.Start, p.End)}
}

// around returns what goes with an address or a string of a script: the text of
// the link, the whole of the script.
func (w *work) around(run int, z page.Zone, tree *page.Tree) []page.Range {
	if z == page.Script {
		if r, ok := tree.Content(run); ok {
			return []page.Range{r}
		}
		return nil
	}
	var out []page.Range
	for _, i := range tree.Inside(run) {
		r := w.doc.Runs[i]
		out = append(out, page.Range{Start: int(r.Start), End: int(r.End)})
	}
	return out
}

// whole extends the range of a line of plain text over its line break.
func (w *work) whole(r page.Range) page.Range {
	if w.kind == page.KindText && page.LineStart(w.doc.Src, r.Start) {
		r.End = page.LineTail(w.doc.Src, r.End)
	}
	return r
}

// removedRuns returns the runs that lie in the sorted texts as a whole.
func (w *work) removedRuns(texts []found) []bool {
	removed := make([]bool, len(w.doc.Runs))
	for i, r := range w.doc.Runs {
		removed[i] = w.inside(texts, r) >= 0
	}
	return removed
}

// inside returns which of the sorted, disjoint texts holds a run, or -1.
func (w *work) inside(texts []found, r page.Run) int {
	k := sort.Search(len(texts), func(k int) bool { return texts[k].at.End > int(r.Start) })
	if k < len(texts) && texts[k].at.Start <= int(r.Start) && int(r.End) <= texts[k].at.End {
		return k
	}
	return -1
}

// elements gives every element the block of the first text in it.
func (w *work) elements(texts []found, at []page.Range) []found {
	var out []found
	for _, e := range at {
		k := sort.Search(len(texts), func(k int) bool { return texts[k].at.End > e.Start })
		if k < len(texts) && texts[k].at.Start < e.End {
			out = append(out, found{texts[k].block, e})
		}
	}
	return out
}

// without drops the elements that come last before places where the trees differ.
func without(elements []found, at []int) []found {
	sort.Slice(elements, func(i, j int) bool { return elements[i].at.Start < elements[j].at.Start })
	blamed := map[int]bool{}
	for _, p := range at {
		k := sort.Search(len(elements), func(k int) bool { return elements[k].at.Start > p })
		blamed[max(k-1, 0)] = true
	}
	var out []found
	for k, e := range elements {
		if !blamed[k] {
			out = append(out, e)
		}
	}
	return out
}

// separators returns the runs that did nothing but part removed texts from their
// neighbours: each after a text that goes, or before it where that is the last.
func (w *work) separators(texts []found) []found {
	var out []found
	for _, s := range w.doc.Segments {
		if s.Last-s.First < 2 || s.Zone != page.Text && s.Zone != page.Link && s.Zone != page.Heading {
			continue
		}
		out = append(out, w.separatorsOf(s, texts)...)
	}
	return out
}

func (w *work) separatorsOf(s page.Segment, texts []found) []found {
	var out []found
	before, pending := -1, -1 // the text that went last; a separator after one that stays
	for i := s.First; i < s.Last; i++ {
		r := w.doc.Runs[i]
		k := w.inside(texts, r)
		switch {
		case k >= 0:
			before = k
			if pending >= 0 && i == s.Last-1 {
				out = append(out, found{texts[k].block, rangeOf(w.doc.Runs[pending])})
			}
		case !w.separates(r):
			before, pending = -1, -1
		case before >= 0:
			out = append(out, found{texts[before].block, rangeOf(r)})
		default:
			pending = int(i)
		}
	}
	return out
}

func rangeOf(r page.Run) page.Range { return page.Range{Start: int(r.Start), End: int(r.End)} }

// longestSeparator is the most bytes that a run which parts links has.
const longestSeparator = 12

// separates reports whether a run holds signs alone.
func (w *work) separates(r page.Run) bool {
	if r.End-r.Start > longestSeparator {
		return false
	}
	for _, c := range string(w.doc.Src[r.Start:r.End]) {
		if unicode.IsLetter(c) && c != '丨' || unicode.IsDigit(c) {
			return false
		}
	}
	return true
}
