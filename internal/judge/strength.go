package judge

import (
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

// Hit is a match of an entry at [Start, End) of a text. Weak hits were matched
// without their tones: they count one strength lower.
type Hit struct {
	Entry      int
	Start, End int
	Weak       bool
}

// tally counts the distinct entries of a block.
type tally struct {
	entries []Entry
	seen    map[int]bool // entry -> counted without its tones only
	hits    int
}

func newTally(entries []Entry) *tally {
	return &tally{entries: entries, seen: map[int]bool{}}
}

func (t *tally) add(hits []Hit) {
	t.hits += len(hits)
	for _, h := range hits {
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

// names reports whether the entries are words of the trade alone.
func (f force) names() bool { return f.strong == 0 && f.soft == 0 && f.firm >= 2 }

// Evidence of further entries counts less than that of the first: the terms of a
// block come from one source and are not independent.
const (
	further    = 0.6
	perSoft    = 0.4
	mostSoft   = 2.0
	mostGate   = 12.0
	otherShare = 0.5 // entries of other categories, beside those of the main one
)

// weigh sums the evidence; the category with the most decides what the block is.
func (t *tally) weigh() force {
	weights := map[lists.Category][]float64{}
	var f force
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
		weights[e.Category] = append(weights[e.Category], weight)
	}
	f.category, f.gate = main(weights)
	f.support = perSoft * float64(min(f.soft, 2*(f.strong+f.firm)))
	f.support = min(mostSoft, f.support)
	if f.gate > 0 {
		f.total = f.gate + f.support
	}
	return f
}

// main returns the category with the most evidence and the sum for it: others
// count half, since blocks mix trades.
func main(weights map[lists.Category][]float64) (lists.Category, float64) {
	var best lists.Category
	sums, all := map[lists.Category]float64{}, 0.0
	for c, ws := range weights {
		sort.Sort(sort.Reverse(sort.Float64Slice(ws)))
		for i, w := range ws {
			if i > 0 {
				w *= further
			}
			sums[c] += w
		}
		all += sums[c]
	}
	for c, s := range sums {
		if best == "" || s > sums[best] || s == sums[best] && c < best {
			best = c
		}
	}
	if best == "" {
		return "", 0
	}
	return best, min(mostGate, sums[best]+otherShare*(all-sums[best]))
}
