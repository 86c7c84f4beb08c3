package lists

// List is one file of entries, in the order of its lines.
type List struct {
	// Name is the file name, such as "adult.zh.txt"; a list of the same name
	// replaces it (Set.With).
	Name    string
	Entries []Entry
}
