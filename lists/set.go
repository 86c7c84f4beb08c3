package lists

import (
	"fmt"
	"iter"
	"slices"
	"strings"
)

// The limits of a file and of a set.
const (
	// MaxEntries is the most entries a set, or one list, may hold: those shipped and
	// 50,000 of an operator take 1.4 s and 200 MB to load.
	MaxEntries = 80_000
	// MaxBytes is the most bytes of one file, of the files of a folder
	// together, and of the terms of a set.
	MaxBytes = 8 << 20
)

// Set is an immutable collection of lists, as a filter is compiled from it.
// Any number of goroutines may share it. The zero Set is empty.
type Set struct {
	lists    []*List // sorted by name
	revision string
	count    int
}

// NewSet joins copies of lists. Entries made by hand are completed: a weight
// of 0 becomes the strength's own, List becomes the list's name, and Pattern
// is set as the term asks. Errors: two lists of one name, a *LimitError past
// MaxEntries or MaxBytes, and a ParseErrors of each list with entries that the
// format does not allow; all of them joined.
func NewSet(ls ...*List) (*Set, error) {
	copies := make([]*List, 0, len(ls))
	var faults faultList
	for _, l := range ls {
		c, err := complete(l)
		if err != nil {
			faults.add(err)
			continue
		}
		copies = append(copies, c)
	}
	s := sorted(copies)
	for i := range s.lists {
		if i > 0 && s.lists[i].Name == s.lists[i-1].Name {
			faults.add(fmt.Errorf("two lists are named %q", s.lists[i].Name))
		}
	}
	faults.add(s.checkLimits())
	if err := faults.join(); err != nil {
		return nil, err
	}
	s.seal()
	return s, nil
}

// complete copies a list, fills what NewSet promises, and checks every entry.
func complete(l *List) (*List, error) {
	c := &List{Name: l.Name, Entries: slices.Clone(l.Entries)}
	var faults ParseErrors
	for i := range c.Entries {
		e := &c.Entries[i]
		e.List, e.Pattern = l.Name, isPattern(e.Term)
		if e.Weight == 0 {
			e.Weight = e.Strength.Weight()
		}
		if err := checkEntry(*e); err != nil {
			faults = append(faults, &ParseError{Name: l.Name, Line: e.Line, Text: shorten(e.Term), Err: err})
		}
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return c, nil
}

func sorted(ls []*List) *Set {
	slices.SortStableFunc(ls, func(a, b *List) int { return strings.Compare(a.Name, b.Name) })
	return &Set{lists: ls}
}

func (s *Set) checkLimits() error {
	entries, bytes := 0, 0
	for e := range s.Entries() {
		entries++
		bytes += len(e.Term)
	}
	switch {
	case entries > MaxEntries:
		return fmt.Errorf("set of lists: %w", &LimitError{Limit: "entries", Max: MaxEntries, Got: entries})
	case bytes > MaxBytes:
		return fmt.Errorf("set of lists: %w", &LimitError{Limit: "bytes", Max: MaxBytes, Got: bytes})
	}
	return nil
}

// seal computes what never changes after.
func (s *Set) seal() {
	for range s.Entries() {
		s.count++
	}
	s.revision = revision(s)
}

// With returns a set that also holds ls; a list whose name s has already takes
// its place. The errors are those of NewSet; s itself never changes.
func (s *Set) With(ls ...*List) (*Set, error) {
	replaced := make(map[string]bool, len(ls))
	for _, l := range ls {
		replaced[l.Name] = true
	}
	all := slices.Clone(ls)
	for _, l := range s.lists {
		if !replaced[l.Name] {
			all = append(all, l)
		}
	}
	return NewSet(all...)
}

// Only returns a set that blocks nothing but these categories. It keeps every
// allow entry and the everyday words of Any, so that what is still blocked is
// judged as before. Lists left without entries are dropped. Without categories
// the result is s.
func (s *Set) Only(categories ...Category) *Set {
	if len(categories) == 0 {
		return s
	}
	var kept []*List
	for _, l := range s.lists {
		c := &List{Name: l.Name}
		for _, e := range l.Entries {
			if e.Strength == Allow || e.Category == Any || slices.Contains(categories, e.Category) {
				c.Entries = append(c.Entries, e)
			}
		}
		if len(c.Entries) > 0 {
			kept = append(kept, c)
		}
	}
	only := sorted(kept)
	only.seal()
	return only
}

// Lists returns the lists, sorted by name. They are the set's own: read them,
// do not change them.
func (s *Set) Lists() []*List { return slices.Clone(s.lists) }

// Entries yields every entry, list by list in the order of their names, and
// within a list in the order of its lines.
func (s *Set) Entries() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for _, l := range s.lists {
			for _, e := range l.Entries {
				if !yield(e) {
					return
				}
			}
		}
	}
}

// Categories returns the categories that have block entries, sorted, without Any.
func (s *Set) Categories() []Category {
	found := map[Category]bool{}
	for e := range s.Entries() {
		if e.Strength != Allow && e.Category != Any {
			found[e.Category] = true
		}
	}
	var all []Category
	for _, c := range AllCategories() {
		if found[c] {
			all = append(all, c)
		}
	}
	return all
}

// Len returns the number of entries.
func (s *Set) Len() int { return s.count }
