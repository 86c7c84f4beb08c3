package lists

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
)

// Severity says what a finding asks for.
type Severity uint8

// The severities.
const (
	// Warning: somebody should look.
	Warning Severity = iota
	// Error: the entry is wrong as it stands.
	Error
)

// String returns "warning" or "error".
func (s Severity) String() string {
	if s == Error {
		return "error"
	}
	return "warning"
}

// MarshalText makes JSON carry the word.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Finding is one fault of a set that the format cannot show.
type Finding struct {
	Severity Severity `json:"severity"`
	// List and Line say where the entry stands.
	List string `json:"list"`
	Line int    `json:"line"`
	// Rule names the check: "duplicate", "allowed", "shadowed", "short",
	// "common" or "unused-allow".
	Rule string `json:"rule"`
	// Term is the entry's, as written; Message leaves it out.
	Term string `json:"term"`
	// Message says what is wrong, in words a person understands.
	Message string `json:"message"`
}

// String has the form `adult.zh.txt:12: warning: ... (shadowed)`.
func (f Finding) String() string {
	return fmt.Sprintf("%s:%d: %s: %s (%s)", f.List, f.Line, f.Severity, f.Message, f.Rule)
}

// Check returns every finding of a set, sorted by list and line:
//
//   - duplicate: another entry is the same after folding (error for two block
//     entries of one category and language and for two allow entries of one
//     language, else warning);
//   - allowed: a block entry equals an allow entry, so it never counts (error);
//   - shadowed: every text with this entry also holds a shorter one of the
//     category that weighs as much, and others that explain the rest (warning);
//   - short: a strong entry of so few letters that chance hits are likely
//     (warning), or a block entry that folds to one letter or none (error);
//   - common: a strong entry occurs in a good text (warning);
//   - unused-allow: an allow entry protects no block entry (warning).
//
// Good yields the name and the text of legitimate pages; nil means none. Time
// grows with the entries and the text; 6,000 entries and a few megabytes take
// seconds.
func Check(set *Set, good iter.Seq2[string, string]) []Finding {
	c := newChecker(set)
	c.duplicates()
	c.shadows()
	c.shortOnes()
	c.unusedAllows()
	if good != nil {
		c.commonOnes(good)
	}
	slices.SortStableFunc(c.findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.List, b.List), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
	})
	return c.findings
}

type checker struct {
	entries  []Entry
	keys     []string // folded; classes of patterns as they stand
	finder   *finder
	findings []Finding
}

func newChecker(set *Set) *checker {
	c := &checker{finder: newFinder()}
	for e := range set.Entries() {
		c.entries = append(c.entries, e)
		c.keys = append(c.keys, foldedKey(e))
	}
	return c
}

// foldedKey is what two entries share when they match the same texts.
func foldedKey(e Entry) string {
	if !e.Pattern {
		return fold(e.Term)
	}
	re, err := patternRegexp(e)
	if err != nil {
		return e.Term
	}
	return "<>" + re.String()
}

func (c *checker) report(id int, s Severity, rule, message string) {
	e := c.entries[id]
	c.findings = append(c.findings, Finding{Severity: s, List: e.List, Line: e.Line, Rule: rule, Term: e.Term, Message: message})
}

func (c *checker) place(id int) string {
	return fmt.Sprintf("%s:%d", c.entries[id].List, c.entries[id].Line)
}

// duplicates reports each entry against the first of the same key, and hands
// what is no duplicate of its own category to the finder.
func (c *checker) duplicates() {
	first := map[string][]int{}
	for id, key := range c.keys {
		unique := true
		for _, other := range first[key] {
			c.duplicate(id, other)
			unique = unique && !c.sameKind(id, other)
		}
		if unique {
			first[key] = append(first[key], id)
			c.index(id)
		}
	}
}

func (c *checker) sameKind(a, b int) bool {
	x, y := c.entries[a], c.entries[b]
	return x.Category == y.Category && (x.Strength == Allow) == (y.Strength == Allow)
}

func (c *checker) index(id int) {
	// A Set's patterns always parse (Entry.Parts); this is for the day they do not.
	if err := c.finder.add(id, c.entries[id]); err != nil {
		c.report(id, Error, "pattern", err.Error())
	}
}

func (c *checker) duplicate(id, other int) {
	a, b := c.entries[id], c.entries[other]
	switch aAllows, bAllows := a.Strength == Allow, b.Strength == Allow; {
	case aAllows && !bAllows:
		c.report(other, Error, "allowed", "the same as the allow entry at "+c.place(id)+", so it never counts")
	case bAllows && !aAllows:
		c.report(id, Error, "allowed", "the same as the allow entry at "+c.place(other)+", so it never counts")
	case a.Lang != b.Lang:
		c.report(id, Warning, "duplicate", fmt.Sprintf("the same after folding as %s of language %q", c.place(other), b.Lang))
	case a.Category == b.Category || aAllows:
		c.report(id, Error, "duplicate", "the same after folding as "+c.place(other))
	default:
		c.report(id, Warning, "duplicate", fmt.Sprintf("the same after folding as %s of category %s", c.place(other), b.Category))
	}
}
