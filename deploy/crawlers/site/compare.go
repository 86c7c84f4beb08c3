package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// comparison says how a stored copy is to be compared.
type comparison struct {
	// got is the folder of the stored pages, each under its path.
	got string
	// want is what should be stored: "filtered", "served" (as if there were no
	// filter) or "none".
	want string
	// utf8 says that the crawler stores text in UTF-8, whatever the page's charset.
	utf8 bool
}

// run compares page by page and prints a line of counts. It fails on any difference.
func (c comparison) run(w io.Writer, pages []page) error {
	var faults []string
	wanted, stored, count := 0, 0, map[verdict]int{}
	known := map[string]bool{}
	for _, p := range pages {
		known[p.path[1:]] = true
		want, err := c.expected(p)
		if err != nil {
			return err
		}
		got, err := os.ReadFile(filepath.Join(c.got, filepath.FromSlash(p.path)))
		if err != nil && !os.IsNotExist(err) {
			return fmt.Errorf("reading a stored page: %w", err)
		}
		if want != nil {
			wanted++
		}
		if err == nil {
			stored++
			count[p.verdict]++
		}
		if f := difference(want, got, err == nil); f != "" {
			faults = append(faults, p.path+": "+f)
		}
	}
	strays, err := c.strays(known)
	if err != nil {
		return err
	}
	faults = append(faults, strays...)
	fmt.Fprintf(w, "%d pages made, to be stored: expected %d, got %d (%d clean, %d with blocks), %d differ\n",
		len(pages), wanted, stored, count[clean], count[stripped]+count[rejected], len(faults))
	if len(faults) > 0 {
		return fmt.Errorf("%d differences, the first: %s", len(faults), faults[0])
	}
	return nil
}

// difference says how a page that was stored, or not, is not as wanted; want is
// nil for a page that should not be there.
func difference(want, got []byte, stored bool) string {
	switch {
	case want == nil && stored:
		return "stored, but should not be"
	case want != nil && !stored:
		return "not stored"
	case !bytes.Equal(got, want):
		return fmt.Sprintf("%d bytes stored differ from the %d expected", len(got), len(want))
	}
	return ""
}

// expected is what should be stored of a page; nil: nothing.
func (c comparison) expected(p page) ([]byte, error) {
	b := p.want
	switch c.want {
	case "none":
		return nil, nil
	case "served":
		b = p.served
	case "filtered":
	default:
		return nil, fmt.Errorf("unknown expectation %q", c.want)
	}
	if b == nil || !c.utf8 {
		return b, nil
	}
	return decode(p.charset, b)
}

// strays names stored files that are no page of the site.
func (c comparison) strays(known map[string]bool) ([]string, error) {
	var out []string
	err := fs.WalkDir(os.DirFS(c.got), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !known[filepath.ToSlash(name)] {
			out = append(out, name+": stored, but no page of the site")
		}
		return err
	})
	slices.Sort(out)
	return out, err
}
