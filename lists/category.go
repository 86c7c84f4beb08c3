package lists

import (
	"fmt"
	"slices"
)

// AllCategories returns every category a list may name, sorted, Any among them.
func AllCategories() []Category {
	return []Category{Adult, Any, Counterfeit, Documents, Essays, Gambling, Games, Grey, Loans, Pharma, Surrogacy}
}

// ParseCategory returns the category of that name. The name is taken as it is
// written in a list: lower case, no blanks.
func ParseCategory(name string) (Category, error) {
	if c := Category(name); slices.Contains(AllCategories(), c) {
		return c, nil
	}
	return "", fmt.Errorf("unknown category %q", name)
}
