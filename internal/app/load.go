package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/internal/config"
	"github.com/drosshq/dross/lists"
)

// state is everything that a reload replaces. It never changes once made.
type state struct {
	cfg    config.Config
	filter *filter.Filter
	shadow *filter.Filter // nil: none
}

// build reads and compiles all that cfg names. All faults are joined. With
// force, lists without an entry are taken too.
func build(cfg config.Config, force bool) (*state, error) {
	opts, err := cfg.FilterOptions()
	if err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	st := &state{cfg: cfg}
	defer frugal()()
	var base *lists.Set
	if cfg.ListsEmbedded {
		base = lists.Default()
	}
	var faults []error
	if st.filter, err = compile(base, cfg.ListsDir, opts, force); err != nil {
		faults = append(faults, fmt.Errorf("lists: %w", err))
	}
	if len(cfg.ListsShadow) > 0 {
		if st.shadow, err = compile(nil, cfg.ListsShadow, opts, force); err != nil {
			faults = append(faults, fmt.Errorf("shadow lists: %w", err))
		}
	}
	return st, errors.Join(faults...)
}

func compile(base *lists.Set, dirs []string, opts filter.Options, force bool) (*filter.Filter, error) {
	set, err := readSet(base, dirs, force)
	if err != nil {
		return nil, err
	}
	if set.Len() == 0 {
		return nil, errors.New("no entries in any of them")
	}
	return filter.New(set, opts)
}

// readSet lays the lists of the folders over base, a later folder over an earlier one.
func readSet(base *lists.Set, dirs []string, force bool) (*lists.Set, error) {
	set := base
	if set == nil {
		set = &lists.Set{}
	}
	var faults []error
	for _, dir := range dirs {
		ls, err := lists.Load(os.DirFS(snapshot(dir)), ".")
		if err == nil && !force {
			err = checkNotEmpty(ls)
		}
		if err == nil {
			var next *lists.Set
			if next, err = set.With(ls...); err == nil {
				set = next
			}
		}
		if err != nil {
			faults = append(faults, inFolder(dir, err))
		}
	}
	return set, errors.Join(faults...)
}

// inFolder names the folder in each fault of its lists, which know file names only.
func inFolder(dir string, err error) error {
	var parse *lists.ParseError
	var path *fs.PathError
	switch {
	case errors.Is(err, lists.ErrNoLists):
		return fmt.Errorf("%s: %w", dir, lists.ErrNoLists)
	case errors.As(err, &path) && path.Path == ".":
		return fmt.Errorf("%s: %w", dir, path.Err)
	case errors.As(err, &parse), errors.Is(err, errEmptyList):
		return &folderError{dir, err}
	}
	return fmt.Errorf("%s: %w", dir, err)
}

// folderError puts a folder before every line of an error.
type folderError struct {
	dir string
	err error
}

func (e *folderError) Error() string {
	lines := strings.Split(e.err.Error(), "\n")
	for i, line := range lines {
		lines[i] = filepath.Join(e.dir, line)
	}
	return strings.Join(lines, "\n")
}

func (e *folderError) Unwrap() error { return e.err }

// dataLink is what the kubelet turns to new files of a ConfigMap.
const dataLink = "..data"

// snapshot is where the files of a folder really are. Kubernetes keeps the
// files of a ConfigMap in a folder that ..data points to, and replaces that
// link: a reader that goes through it file by file may see half of each.
func snapshot(dir string) string {
	real, err := filepath.EvalSymlinks(filepath.Join(dir, dataLink))
	if err != nil {
		return dir
	}
	return real
}

func checkNotEmpty(ls []*lists.List) error {
	var faults []error
	for _, l := range ls {
		if len(l.Entries) == 0 {
			faults = append(faults, fmt.Errorf("%s: %w", l.Name, errEmptyList))
		}
	}
	return errors.Join(faults...)
}

var errEmptyList = errors.New("the list has no entries")
