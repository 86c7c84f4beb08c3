package quality

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/lists"
)

//go:embed testdata/spam testdata/heldout testdata/body testdata/filler testdata/good testdata/allow
var embedded embed.FS

// Embedded returns the sources of dross's own corpus, as Load reads them.
func Embedded() fs.FS {
	sub, err := fs.Sub(embedded, "testdata")
	if err != nil {
		panic(err) // the path is a constant of this file
	}
	return sub
}

// Case is one labelled page.
type Case struct {
	// ID is unique in a corpus and stable while the page's source keeps its name.
	ID string
	// Lang is "zh", "zh-Hant" or another BCP 47 language.
	Lang string
	// Page is what a Cleaner is given.
	Page filter.Page

	// Category, Family, Shape and Zone label a spam page: what is advertised,
	// the word family, the form of the block and the place where it sits.
	Category lists.Category
	Family   string
	Shape    string
	Zone     filter.Zone
	// HeldOut reports whether the family is kept from those who write lists.
	HeldOut bool

	// Kind labels a good page: "law", "menu", "allow-list" ...
	Kind string

	text  bool
	spans []span
}

// span is a labelled run of bytes of a page.
type span struct {
	start, end int
	spam       bool
	// chars counts the letters and digits of a phrase, or of legitimate text
	// all characters that are not blank.
	chars int
}

// HTML reports whether the page is an HTML page.
func (c *Case) HTML() bool { return !c.text }

// Corpus is a set of labelled pages. It is not changed by scoring; several
// goroutines may share it.
type Corpus struct {
	// Spam pages hold at least one injected block.
	Spam []Case
	// Good pages hold none.
	Good []Case
}

// Load reads the sources below fsys and composes the pages. It reports all
// faults of the sources together, each with file and line, and a corpus
// without spam or without good pages is an error.
func Load(fsys fs.FS) (Corpus, error) {
	var errs []error
	bodies, err := loadBodies(fsys)
	errs = append(errs, err)
	fillers, err := loadFillers(fsys)
	errs = append(errs, err)
	var corpus Corpus
	for _, split := range []struct {
		dir     string
		heldOut bool
	}{{"spam", false}, {"heldout", true}} {
		families, err := loadFamilies(fsys, split.dir, split.heldOut)
		errs = append(errs, err)
		for _, f := range families {
			cases, err := f.compose(material{bodies, fillers})
			errs = append(errs, err)
			corpus.Spam = append(corpus.Spam, cases...)
		}
	}
	good, err := loadGood(fsys)
	errs = append(errs, err)
	allow, err := loadAllow(fsys, bodies)
	errs = append(errs, err)
	corpus.Good = append(append(good, bodyCases(bodies)...), allow...)
	errs = append(errs, corpus.check())
	if err := errors.Join(errs...); err != nil {
		return Corpus{}, fmt.Errorf("load quality corpus: %w", err)
	}
	return corpus, nil
}

// check reports empty halves and repeated ids.
func (c *Corpus) check() error {
	var errs []error
	if len(c.Spam) == 0 {
		errs = append(errs, errors.New("no spam page"))
	}
	if len(c.Good) == 0 {
		errs = append(errs, errors.New("no good page"))
	}
	seen := map[string]bool{}
	for _, cases := range [][]Case{c.Spam, c.Good} {
		for i := range cases {
			if id := cases[i].ID; seen[id] {
				errs = append(errs, fmt.Errorf("two pages have the id %q", id))
			} else {
				seen[id] = true
			}
		}
	}
	return errors.Join(errs...)
}
