// Package lists reads, checks, merges and writes keyword lists, and embeds the
// lists that dross ships. It knows no HTML and no matching.
//
// Most users need the shipped lists alone, or beside their own:
//
//	set := lists.Default()
//	own, err := lists.Load(os.DirFS("/etc/dross"), "lists")
//	set, err = set.With(own...)
//
// A list is a text file with one entry a line; README.md of this folder
// describes the format and how entries are graded. Parse takes a list whole or
// refuses it with every bad line, so a damaged list never silently matches
// less.
//
// Entries are kept as they are written. They are folded (case, width, script,
// look-alikes) where they are compared, by the function that folds page text.
//
// # Concurrency
//
// A Set never changes after it is made and may be shared by any number of
// goroutines; so may List and Entry values as long as nobody writes to them.
// No function of the package keeps state but Default, which parses once.
//
// # Limits
//
// A line holds at most MaxLine bytes and stands for MaxChoices terms, a pattern MaxClasses classes of at most
// MaxRun characters, a file or a folder MaxBytes bytes, a list or a set
// MaxEntries entries. Past a limit the answer is an error that names it, and
// nothing is loaded. Of a bad file MaxFaults faults are kept, and the rest is
// counted.
//
// # Security considerations
//
// A list may come from anybody: parsing takes time and memory linear in its
// size, and control, invisible and bidirectional characters are refused, so
// that a diff shows what a list holds. Terms are obscene by nature. Error
// texts leave out the term where the grammar allows it, and give it only where
// a line begins with a word that is no strength.
package lists
