package lists

import (
	"fmt"
	"iter"
	"unicode"
)

// shadows reports fixed block entries that others explain: one of these weighs as
// much, and together they leave no letter of it.
func (c *checker) shadows() {
	for id, e := range c.entries {
		if e.Strength == Allow || e.Pattern {
			continue
		}
		by, explained := -1, make([]bool, len(c.keys[id]))
		for _, h := range c.finder.find(c.keys[id]) {
			if c.keys[h.id] == c.keys[id] || c.entries[h.id].Strength == Allow {
				continue
			}
			for i := h.start; i < h.end; i++ {
				explained[i] = true
			}
			if by < 0 && c.shadowedBy(id, h.id) {
				by = h.id
			}
		}
		if by >= 0 && wholly(c.keys[id], explained) {
			c.report(id, Warning, "shadowed", "whatever holds it also holds "+c.place(by)+", which weighs as much, and other entries explain the rest")
		}
	}
}

// wholly reports whether all of a term but its blanks is explained.
func wholly(term string, explained []bool) bool {
	for i := range explained {
		if !explained[i] && term[i] != ' ' {
			return false
		}
	}
	return true
}

func (c *checker) shadowedBy(id, by int) bool {
	e, other := c.entries[id], c.entries[by]
	return c.keys[id] != c.keys[by] && other.Category == e.Category && other.Strength != Allow &&
		other.Strength >= e.Strength && other.Weight >= e.Weight
}

// shortOnes reports strong entries that chance would hit, and block entries
// of which folding leaves next to nothing.
func (c *checker) shortOnes() {
	for id, e := range c.entries {
		n, least := countLetters(c.keys[id]), leastLetters(c.keys[id])
		switch {
		case e.Strength == Allow || e.Pattern:
		case n < 2:
			c.report(id, Error, "short", fmt.Sprintf("folding leaves %d letters of it", n))
		case e.Strength == Strong && n < least:
			c.report(id, Warning, "short", fmt.Sprintf("strong entry of %d letters, less than %d", n, least))
		}
	}
}

// leastLetters is how many letters a strong entry should have at least: the
// fewer characters a script has, the more it takes to say something.
func leastLetters(folded string) int {
	least := 4
	for _, r := range folded {
		switch {
		case isIdeographic(r):
			return 2
		case unicode.Is(unicode.Hangul, r), isUnspaced(r):
			least = 3
		}
	}
	return least
}

// unusedAllows reports allow entries with no block entry inside. Patterns are
// left out: what they match is no fixed text.
func (c *checker) unusedAllows() {
	for id, e := range c.entries {
		if e.Strength != Allow || e.Pattern {
			continue
		}
		used := false
		for _, h := range c.finder.find(c.keys[id]) {
			used = used || c.entries[h.id].Strength != Allow
		}
		if !used {
			c.report(id, Warning, "unused-allow", "allow entry that protects no block entry")
		}
	}
}

// commonOnes reports strong entries that good texts hold unprotected.
func (c *checker) commonOnes(good iter.Seq2[string, string]) {
	texts, firstIn := map[int]int{}, map[int]string{}
	for name, text := range good {
		for id := range c.strongIn(fold(text)) {
			if texts[id]++; texts[id] == 1 {
				firstIn[id] = name
			}
		}
	}
	for id, n := range texts {
		c.report(id, Warning, "common", fmt.Sprintf("strong entry in %d good texts, first in %s", n, firstIn[id]))
	}
}

// strongIn returns the strong entries of a folded text that lie in no allow entry.
func (c *checker) strongIn(text string) map[int]bool {
	hits := c.finder.find(text)
	found := map[int]bool{}
	for _, h := range hits {
		if c.entries[h.id].Strength == Strong && !c.protected(h, hits) {
			found[h.id] = true
		}
	}
	return found
}

func (c *checker) protected(h hit, hits []hit) bool {
	for _, a := range hits {
		if c.entries[a.id].Strength == Allow && a.start <= h.start && h.end <= a.end {
			return true
		}
	}
	return false
}
