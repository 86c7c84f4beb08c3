package judge

import (
	"slices"
	"sort"

	"github.com/drosshq/dross/lists"
)

// Entry is what the judge knows of a list entry.
type Entry struct {
	Term     string
	Category lists.Category
	Strength lists.Strength
	Weight   float64
}

// Hit is a match of an entry at [Start, End) of a text. Stuffed pages have millions.
type Hit struct {
	Entry, Start, End int32
	// Weak hits were matched without their tones: they count one strength lower.
	Weak bool
	// Safe hits lie inside a longer allow entry: they are no evidence. They still
	// shape what is held to be one block, so that an allow entry can take evidence
	// from a block but never make it another.
	Safe bool
}

// Part is the place of a hit.
func (h Hit) Part() Part { return Part{int(h.Start), int(h.End)} }

// within reports whether a hit lies in a part.
func (h Hit) within(p Part) bool { return int(h.Start) >= p.Start && int(h.End) <= p.End }

// Moved is a hit with its place given by a function.
func (h Hit) Moved(to func(pos int) int) Hit {
	h.Start, h.End = int32(to(int(h.Start))), int32(to(int(h.End)))
	return h
}

// tally counts the distinct entries of a block.
type tally struct {
	entries []Entry
	seen    map[int32]bool // entry -> counted without its tones only
	hits    int
	all     bool // count safe hits too
}

func newTally(entries []Entry) *tally {
	return &tally{entries: entries, seen: map[int32]bool{}}
}

// everything returns a tally that counts safe hits as if no allow entry were there.
func everything(entries []Entry) *tally {
	t := newTally(entries)
	t.all = true
	return t
}

func (t *tally) add(hits []Hit) {
	for _, h := range hits {
		if h.Safe && !t.all {
			continue
		}
		t.hits++
		weak, ok := t.seen[h.Entry]
		t.seen[h.Entry] = h.Weak && (weak || !ok)
	}
}

// force is the evidence of distinct entries for one category.
type force struct {
	category             lists.Category
	strong, firm, soft   int
	gate, support, total float64
}

// sells reports whether the entries are more than words of the trade: some are
// strong, or several words that sell stand beside them.
func (f force) sells() bool { return f.strong > 0 || f.soft >= 2 }

// Evidence of further entries counts less than that of the first: the terms of a
// block come from one source and are not independent.
const (
	further   = 0.6
	perSoft   = 0.4
	mostSoft  = 2.0
	mostGate  = 12.0
	mostFirm  = 3.3 // most that words of the trade alone give: a glossary holds many
	perSeller = 0.8 // and for each word beside them that sells
	// What entries of other categories count beside those of the main one.
	otherShare  = 0.3
	strongOther = 0.5
)

// weigh sums the evidence for a category; entries of others count less: a block
// is mostly of one trade, a menu of many.
func (t *tally) weigh(c lists.Category) force {
	f := force{category: c}
	var main, other []float64
	for i, weak := range t.seen {
		e := t.entries[i]
		strength, weight := e.Strength, e.Weight
		if weak {
			strength, weight = strength-1, weight*0.6
		}
		switch {
		case strength >= lists.Strong:
			f.strong++
		case strength == lists.Firm:
			f.firm++
		default:
			f.soft++
			continue
		}
		switch {
		case e.Category == c:
			main = append(main, weight)
		case strength >= lists.Strong:
			other = append(other, strongOther*weight)
		default:
			other = append(other, otherShare*weight)
		}
	}
	f.gate = min(mostGate, sum(main, other))
	f.support = min(mostSoft, perSoft*float64(min(f.soft, 2*(f.strong+f.firm))))
	if f.gate > 0 {
		f.total = f.gate + f.support
	}
	if f.strong == 0 {
		f.total = min(f.total, mostFirm+perSeller*float64(f.soft))
	}
	return f
}

// sum adds weights: the largest of the category whole, the others in part.
func sum(main, other []float64) float64 {
	if len(main) == 0 {
		return 0
	}
	sort.Float64s(main)
	sort.Float64s(other) // the order of a sum of floats must not vary
	v := main[len(main)-1]
	for _, w := range main[:len(main)-1] {
		v += further * w
	}
	for _, w := range other {
		v += further * w
	}
	return v
}

// categories returns those of the firm and strong entries, sorted.
func (t *tally) categories() []lists.Category {
	var out []lists.Category
	for i := range t.seen {
		if e := t.entries[i]; e.Strength >= lists.Firm && !slices.Contains(out, e.Category) {
			out = append(out, e.Category)
		}
	}
	slices.Sort(out)
	return out
}

// most returns the largest total of any category: an upper bound of the evidence.
func (t *tally) most() float64 {
	best := 0.0
	for _, c := range t.categories() {
		best = max(best, t.weigh(c).total)
	}
	return best
}

// gates counts the distinct strong and firm entries.
func (t *tally) gates() (strong, firm int) {
	for i := range t.seen {
		switch e := t.entries[i]; {
		case e.Strength >= lists.Strong:
			strong++
		case e.Strength == lists.Firm:
			firm++
		}
	}
	return strong, firm
}
