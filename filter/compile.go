package filter

import (
	"fmt"
	"slices"

	"github.com/drosshq/dross/internal/judge"
	"github.com/drosshq/dross/internal/match"
	"github.com/drosshq/dross/lists"
)

// compile builds the matcher. The index of an entry is the index of its pattern.
func (f *Filter) compile() error {
	var patterns []match.Pattern
	blocks := 0
	for e := range f.set.Entries() {
		if !f.wants(e.Category) {
			continue
		}
		p, err := pattern(e)
		if err != nil {
			return fmt.Errorf("compile lists: %s:%d: %w", e.List, e.Line, err)
		}
		patterns = append(patterns, p)
		f.entries = append(f.entries, judge.Entry{Term: e.Term, Category: e.Category, Strength: e.Strength, Weight: e.Weight})
		f.langs = append(f.langs, e.Lang)
		if e.Strength >= lists.Firm {
			blocks++
		}
	}
	if blocks == 0 {
		return fmt.Errorf("compile lists: no firm or strong entry in %d entries", len(f.entries))
	}
	m, err := match.New(patterns)
	if err != nil {
		return fmt.Errorf("compile lists: %w", err)
	}
	f.matcher = m
	return nil
}

// wants reports whether entries of a category take part.
func (f *Filter) wants(c lists.Category) bool {
	return c == lists.Any || f.opts.Categories == nil || slices.Contains(f.opts.Categories, c)
}

// pattern turns an entry into what the matcher looks for. Firm and strong
// entries open the gate of the first stage: without one there is no block.
func pattern(e lists.Entry) (match.Pattern, error) {
	p := match.Pattern{Term: e.Term, Lang: e.Lang, Gate: e.Strength >= lists.Firm}
	if !e.Pattern {
		return p, nil
	}
	var err error
	p.Parts, err = e.Parts()
	return p, err
}
