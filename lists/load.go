package lists

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// ErrNoLists says that a folder holds no list.
var ErrNoLists = errors.New("no *.txt file in the folder")

// Load reads every *.txt file of a folder of fsys, sorted by name; a list's
// name is its file name. Other files, hidden files and folders are skipped.
//
// The result is every list or none: the error joins the faults of all files,
// so that one report shows them. A missing folder, a folder without lists
// (ErrNoLists) and more than MaxBytes in all (a *LimitError) are errors that
// name the folder.
func Load(fsys fs.FS, dir string) ([]*List, error) {
	names, err := listNames(fsys, dir)
	if err != nil {
		return nil, err
	}
	var ls []*List
	var faults faultList
	budget := int64(MaxBytes)
	for _, name := range names {
		l, n, err := loadFile(fsys, path.Join(dir, name))
		if budget -= n; budget < 0 {
			return nil, fmt.Errorf("list folder %s: %w", dir, &LimitError{Limit: "bytes", Max: MaxBytes})
		}
		faults.add(err)
		ls = append(ls, l)
	}
	if err := faults.join(); err != nil {
		return nil, err
	}
	return ls, nil
}

func listNames(fsys fs.FS, dir string) ([]string, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, fmt.Errorf("list folder %s: %w", dir, err)
	}
	var names []string
	for _, e := range entries {
		name := e.Name()
		if path.Ext(name) == ".txt" && !strings.HasPrefix(name, ".") && !e.IsDir() {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("list folder %s: %w", dir, ErrNoLists)
	}
	return names, nil
}

// loadFile also returns how many bytes it read.
func loadFile(fsys fs.FS, file string) (*List, int64, error) {
	name := path.Base(file)
	f, err := fsys.Open(file)
	if err != nil {
		return nil, 0, fmt.Errorf("open list %s: %w", name, err)
	}
	defer f.Close()
	counted := &countingReader{r: f}
	l, err := Parse(name, counted)
	return l, counted.n, err
}

type countingReader struct {
	r io.Reader
	n int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// faultList gathers errors; nil ones do not count.
type faultList []error

func (f *faultList) add(err error) {
	if err != nil {
		*f = append(*f, err)
	}
}

// join returns nil, the one error, or all of them a line each.
func (f faultList) join() error {
	if len(f) == 1 {
		return f[0]
	}
	return errors.Join(f...)
}
