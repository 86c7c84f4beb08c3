package lists

import (
	"cmp"
	"iter"
	"slices"
	"strings"
)

// MaxGrams is how many different n-grams Suggest keeps in memory. Past it the
// rarest are forgotten, so that counts of rare ones may come out low.
const MaxGrams = 1 << 20

// SuggestOptions bound what Suggest returns. The zero value is the default.
type SuggestOptions struct {
	// MinBlocks is in how many removed blocks a suggestion must stand; 0 means 3.
	MinBlocks int
	// Most is how many suggestions are returned at most; 0 means 200.
	Most int
}

// Suggestion is an n-gram that a person may want to list.
type Suggestion struct {
	// Term is folded text.
	Term string `json:"term"`
	// Blocks is how many removed blocks hold it, Count how often they do.
	Blocks int `json:"blocks"`
	Count  int `json:"count"`
}

// Suggest returns n-grams that are frequent in removed blocks, stand in no
// clean text, and are not listed yet: two to six Han or Kana characters, one to
// three words of other scripts. An n-gram that only ever occurs inside a longer
// one is left out for the longer one. The order is by blocks, then count, both
// falling, then term; the same pairs give the same result.
//
// Pairs yields a removed block's text and the clean text of its page; either
// may be empty. It is ranged over twice. Listed reports whether folded text
// needs no entry; nil means none is listed.
//
// Memory is bounded by MaxGrams; time grows with the text.
func Suggest(pairs iter.Seq2[string, string], listed func(term string) bool, opts SuggestOptions) []Suggestion {
	counts := newTally()
	for removed := range pairs {
		counts.block(removed, MaxGrams)
	}
	found := counts.atLeast(cmp.Or(max(opts.MinBlocks, 0), 3))
	for _, clean := range pairs {
		eachGram(clean, func(g string) { delete(found, g) })
	}
	var all []Suggestion
	for term, n := range found {
		if listed == nil || !listed(term) {
			all = append(all, Suggestion{Term: term, Blocks: n.blocks, Count: n.count})
		}
	}
	slices.SortFunc(all, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(b.Blocks, a.Blocks), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Term, b.Term))
	})
	return all[:min(len(all), cmp.Or(max(opts.Most, 0), 200))]
}

// tally counts n-grams over blocks.
type tally struct {
	grams  map[string]occurrences
	blocks int
}

type occurrences struct{ count, blocks, last int }

func newTally() *tally { return &tally{grams: map[string]occurrences{}} }

// block counts one block, then makes room when more than most are kept.
func (t *tally) block(text string, most int) {
	t.blocks++
	eachGram(text, func(g string) {
		n, known := t.grams[g]
		if !known {
			g = strings.Clone(g) // do not keep the whole block for it
		}
		n.count++
		if n.last != t.blocks {
			n.blocks, n.last = n.blocks+1, t.blocks
		}
		t.grams[g] = n
	})
	if len(t.grams) <= most {
		return
	}
	for rare := 1; len(t.grams) > most/2; rare++ {
		t.forget(rare)
	}
}

// forget drops what was seen at most so often.
func (t *tally) forget(rare int) {
	for g, n := range t.grams {
		if n.count <= rare {
			delete(t.grams, g)
		}
	}
}

// atLeast returns the n-grams in so many blocks, less those that every time
// stand inside one longer n-gram.
func (t *tally) atLeast(blocks int) map[string]occurrences {
	found := map[string]occurrences{}
	for g, n := range t.grams {
		if n.blocks >= blocks {
			found[g] = n
		}
	}
	for g, n := range t.grams {
		for _, part := range shorter(g) {
			if t.grams[part].count == n.count {
				delete(found, part)
			}
		}
	}
	return found
}
