package judge

import (
	"slices"

	"github.com/drosshq/dross/internal/page"
	"github.com/drosshq/dross/lists"
)

// Sketch is what the first stage knows of a segment with hits in it.
type Sketch struct {
	Segment          int
	Zone             page.Zone
	Letters, Covered int
	Hits             []Hit // offsets in the matcher's codes
	// Spots are the parts that hits cover, in order.
	Spots []Spot
}

// Spot is a part of a text that hits cover: where it ends, its letters and those
// between it and the part before.
type Spot struct{ End, Letters, Gap int32 }

// Density is the share of the letters that hits cover.
func (s Sketch) Density() float64 { return ratio(s.Covered, s.Letters) }

// hot reports whether hits cover enough of a segment for it to be one of a run.
func (s Sketch) hot() bool { return s.Density() >= 0.3 }

// Group is a chain of segments that would be one block: Sketches[First:Last].
type Group struct{ First, Last int }

const (
	// minBase is the evidence, after density, that a whole text needs at least;
	// below it nothing that place or structure add can make it a block.
	minBase = 1.9
	// minPart is the evidence, before density, that a part of a segment needs.
	minPart = 4.0
	// slack covers what the estimate of a density may be off.
	slack = 1.25
	// maxGap is how many segments without hits a chain runs over.
	maxGap = 2
	// maxLine is the most letters that one line of a run has; a longer text is
	// judged by itself.
	maxLine = 100
	// maxCold is the most letters of a text that a run goes over.
	maxCold = 40
)

// Candidates chains neighbouring segments that hits cover well and returns the
// groups that may hold a block: the upper bound of their evidence reaches what
// a decision asks for. Everything else on the page is clean. A sketch stands in
// at most one group. letters counts those of any segment.
func Candidates(entries []Entry, sketches []Sketch, letters func(segment int) int) []Group {
	var out []Group
	for i := 0; i < len(sketches); {
		j := i + 1
		if sketches[i].chains() {
			j = chain(sketches, i, letters)
		}
		if reaches(entries, sketches[i:j]) {
			out = append(out, Group{i, j})
		}
		i = j
	}
	return out
}

// chain returns the end of the run that begins with sketch i: hot ones, with no
// more than a few short texts between two of them.
func chain(sketches []Sketch, i int, letters func(segment int) int) int {
	end := i + 1
	for j := i + 1; j < len(sketches); j++ {
		from := sketches[end-1].Segment
		if sketches[j].Segment-from > maxGap+1 || !together(sketches[i].Zone, sketches[j].Zone) {
			break
		}
		if !sketches[j].chains() {
			continue
		}
		for s := from + 1; s < sketches[j].Segment; s++ {
			if letters(s) > maxCold {
				return end
			}
		}
		end = j + 1
	}
	return end
}

// chains reports whether a segment may be one of a run of lines.
func (s Sketch) chains() bool { return s.hot() && together(s.Zone, s.Zone) && s.Letters <= maxLine }

// flows reports whether text of a zone stands in the flow of the page; a title or
// an attribute is a text of its own.
func flows(z page.Zone) bool {
	switch z {
	case page.Title, page.Meta, page.Attribute, page.Script, page.Target:
		return false
	}
	return true
}

// together reports whether texts of two zones may be of one run: in the flow of
// the page, or both addresses of links, or both strings of a script.
func together(a, b page.Zone) bool {
	if a == page.Target || a == page.Script {
		return a == b
	}
	return flows(a) && flows(b)
}

// reaches reports whether the texts can hold enough evidence, as one block or as
// a part of one of them.
func reaches(entries []Entry, group []Sketch) bool {
	t := everything(entries)
	letters, covered := 0, 0
	for _, s := range group {
		t.add(s.Hits)
		letters += s.Letters
		covered += s.Covered
	}
	total := t.most()
	if total*Spread(min(1, slack*ratio(covered, letters))) >= minBase {
		return true
	}
	return total >= minPart && slices.ContainsFunc(group, func(s Sketch) bool { return holdsPart(entries, s) })
}

// spare is how many letters the estimate of a run may be off: items reach
// further than the hits in them.
const spare = 24

// holdsPart reports whether a run of hits without long gaps reaches what a part
// of a text needs. It errs on the side of yes: see densest for the exact run.
func holdsPart(entries []Entry, s Sketch) bool {
	t, sum, hit := everything(entries), 0.0, 0
	for _, p := range s.Spots {
		if sum -= loss * float64(p.Gap); sum < -spare {
			t, sum = everything(entries), 0
		}
		sum += float64(p.Letters)
		for ; hit < len(s.Hits) && s.Hits[hit].Start < p.End; hit++ {
			t.add(s.Hits[hit : hit+1])
		}
		if strong, firm := t.gates(); strong+firm >= 2 && t.most() >= minPart {
			return true
		}
	}
	return false
}

// Covered is the density from which a text is made of listed words; below it they
// are what the page speaks of.
const Covered = 0.25

// Topic counts the distinct firm and strong entries, by category, in segments
// that hits do not cover well: what the page speaks of, protected or not.
func Topic(entries []Entry, sketches []Sketch) map[lists.Category]int {
	seen := map[int32]bool{}
	topic := map[lists.Category]int{}
	for _, s := range sketches {
		if s.Density() >= Covered || s.Letters < 30 || !flows(s.Zone) {
			continue
		}
		for _, h := range s.Hits {
			if e := entries[h.Entry]; e.Strength >= lists.Firm && !seen[h.Entry] {
				seen[h.Entry] = true
				topic[e.Category]++
			}
		}
	}
	return topic
}
