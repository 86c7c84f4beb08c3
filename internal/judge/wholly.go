package judge

import (
	"fmt"

	"github.com/drosshq/dross/internal/page"
	"github.com/drosshq/dross/lists"
)

// What makes a page of prose wholly spam. News, law and medicine speak of a trade
// in words that are firm at most; pages that sell it use its strong phrases in
// most paragraphs. Cutting words out of them would leave more spam, not less.
const (
	minParagraph  = 40  // letters from which a text counts as a paragraph
	minParagraphs = 3   // a page has at least so many
	minStrong     = 5   // distinct strong entries of one category on the page
	minSoft       = 4   // distinct words that sell
	spamShare     = 0.6 // share of the letters that stand in paragraphs with strong entries
	perThousand   = 8.0 // hits of strong entries in a thousand letters
)

// Wholly says why a page whose sketches these are is spam from end to end, or
// nothing. segments gives the letters of a segment in the flow of the page.
func Wholly(entries []Entry, sketches []Sketch, segments []page.Segment, letters func(i int) int) string {
	paragraphs, all := 0, 0
	for i, s := range segments {
		if n := letters(i); flows(s.Zone) && n >= minParagraph {
			paragraphs++
			all += n
		}
	}
	if paragraphs < minParagraphs {
		return ""
	}
	best, count := lists.Category(""), map[lists.Category]*trade{}
	soft := map[int]bool{}
	for _, s := range sketches {
		if flows(s.Zone) && s.Letters >= minParagraph {
			note(entries, s, count, soft)
		}
	}
	for c, t := range count {
		if best == "" || t.hits > count[best].hits || t.hits == count[best].hits && c < best {
			best = c
		}
	}
	t := count[best]
	if t == nil || len(t.distinct) < minStrong || len(soft) < minSoft ||
		float64(t.letters) < spamShare*float64(all) || float64(t.hits)*1000 < perThousand*float64(all) {
		return ""
	}
	return fmt.Sprintf("wholly %s: %d distinct strong entries over %.0f %% of the paragraphs' letters",
		best, len(t.distinct), 100*float64(t.letters)/float64(all))
}

// trade sums the strong entries of one category.
type trade struct {
	distinct      map[int]bool
	hits, letters int
}

func note(entries []Entry, s Sketch, count map[lists.Category]*trade, soft map[int]bool) {
	in := map[lists.Category]bool{}
	for _, h := range s.Hits {
		e := entries[h.Entry]
		if h.Safe {
			continue
		}
		switch e.Strength {
		case lists.Soft:
			soft[h.Entry] = true
		case lists.Strong:
			t := count[e.Category]
			if t == nil {
				t = &trade{distinct: map[int]bool{}}
				count[e.Category] = t
			}
			t.distinct[h.Entry] = true
			t.hits++
			if !in[e.Category] {
				in[e.Category] = true
				t.letters += s.Letters
			}
		}
	}
}
