package app

import (
	"errors"
	"fmt"

	"github.com/drosshq/dross/lists"
)

// smallList is the size under which a list may lose any share of its entries.
const smallList = 10

// ShrunkError says that a list lost too much in a reload.
type ShrunkError struct {
	// List is its name, or "all lists".
	List string
	// Had and Has count entries before and after.
	Had, Has int
}

// Error gives the list and both counts.
func (e *ShrunkError) Error() string {
	return fmt.Sprintf("%s would go from %d entries to %d; force the reload if that is meant", e.List, e.Had, e.Has)
}

// checkShrunk compares the lists in use with those that are to replace them.
func checkShrunk(old, next *lists.Set, minRatio float64) error {
	has := map[string]int{}
	for _, l := range next.Lists() {
		has[l.Name] = len(l.Entries)
	}
	var faults []error
	check := func(name string, had, has int) {
		gone := has == 0 && had > 0
		if gone || had >= smallList && float64(has) < minRatio*float64(had) {
			faults = append(faults, &ShrunkError{name, had, has})
		}
	}
	for _, l := range old.Lists() {
		check(l.Name, len(l.Entries), has[l.Name])
	}
	check("all lists", old.Len(), next.Len())
	return errors.Join(faults...)
}
