package judge

import (
	"fmt"

	"github.com/drosshq/dross/internal/page"
	"github.com/drosshq/dross/lists"
)

// What makes a page of prose wholly spam. News, law and medicine speak of a trade
// here and there and in words that are firm at most; pages that sell it do so in
// nearly every paragraph, in strong phrases and with the words that sell. Cutting
// words out of them would leave more spam, not less.
const (
	minParagraph  = 40   // letters from which a text counts as a paragraph
	minParagraphs = 3    // a page has at least so many
	minStrong     = 3    // distinct strong entries of one category
	minTrade      = 7    // distinct firm and strong entries of it
	minSellers    = 5    // distinct words that sell
	spamShare     = 0.7  // share of the paragraphs that sell
	perThousand   = 15.0 // hits of firm and strong entries in a thousand letters
)

// Wholly says why a page whose sketches these are is spam from end to end, or
// nothing. letters counts those of a segment.
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
	best, count, soft := trades(entries, sketches)
	t := count[best]
	if t == nil || len(t.strong) < minStrong || len(t.gates) < minTrade || soft < minSellers ||
		float64(t.paragraphs) < spamShare*float64(paragraphs) || float64(t.hits)*1000 < perThousand*float64(all) {
		return ""
	}
	return fmt.Sprintf("wholly %s: %d distinct strong and %d firm entries in %d of %d paragraphs",
		best, len(t.strong), len(t.gates)-len(t.strong), t.paragraphs, paragraphs)
}

// trade sums the evidence of one category in paragraphs.
type trade struct {
	strong, gates map[int32]bool
	hits          int
	paragraphs    int // that sell it
}

// trades sums the evidence by category and counts the words that sell.
func trades(entries []Entry, sketches []Sketch) (best lists.Category, count map[lists.Category]*trade, soft int) {
	count = map[lists.Category]*trade{}
	sellers := map[int32]bool{}
	for _, s := range sketches {
		if flows(s.Zone) && s.Letters >= minParagraph {
			note(entries, s, count, sellers)
		}
	}
	for c, t := range count {
		if best == "" || t.hits > count[best].hits || t.hits == count[best].hits && c < best {
			best = c
		}
	}
	return best, count, len(sellers)
}

// note adds a paragraph: it sells a trade when it holds a strong entry of it, or
// two firm ones.
func note(entries []Entry, s Sketch, count map[lists.Category]*trade, sellers map[int32]bool) {
	strong, firm := map[lists.Category]int{}, map[lists.Category]int{}
	for _, h := range s.Hits {
		e := entries[h.Entry]
		if h.Safe {
			continue
		}
		if e.Strength == lists.Soft {
			sellers[h.Entry] = true
			continue
		}
		t := count[e.Category]
		if t == nil {
			t = &trade{strong: map[int32]bool{}, gates: map[int32]bool{}}
			count[e.Category] = t
		}
		t.hits++
		t.gates[h.Entry] = true
		if e.Strength >= lists.Strong {
			strong[e.Category]++
			t.strong[h.Entry] = true
		} else {
			firm[e.Category]++
		}
	}
	for c, t := range count {
		if strong[c] > 0 || firm[c] > 1 {
			t.paragraphs++
		}
	}
}
