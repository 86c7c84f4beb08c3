package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

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

// build reads and compiles all that cfg names. All faults are joined.
func build(cfg config.Config) (*state, error) {
	opts, err := cfg.FilterOptions()
	if err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	st := &state{cfg: cfg}
	var base *lists.Set
	if cfg.ListsEmbedded {
		base = lists.Default()
	}
	var faults []error
	if st.filter, err = compile(base, cfg.ListsDir, opts); err != nil {
		faults = append(faults, fmt.Errorf("lists: %w", err))
	}
	if len(cfg.ListsShadow) > 0 {
		if st.shadow, err = compile(nil, cfg.ListsShadow, opts); err != nil {
			faults = append(faults, fmt.Errorf("shadow lists: %w", err))
		}
	}
	return st, errors.Join(faults...)
}

func compile(base *lists.Set, dirs []string, opts filter.Options) (*filter.Filter, error) {
	set, err := readSet(base, dirs)
	if err != nil {
		return nil, err
	}
	if set.Len() == 0 {
		return nil, errors.New("no entries: lists.dir names no list and lists.embedded is off")
	}
	return filter.New(set, opts)
}

// readSet lays the lists of the folders over base, a later folder over an earlier one.
func readSet(base *lists.Set, dirs []string) (*lists.Set, error) {
	set := base
	if set == nil {
		set = &lists.Set{}
	}
	var faults []error
	for _, dir := range dirs {
		ls, err := lists.Load(os.DirFS(snapshot(dir)), ".")
		if err == nil {
			err = checkNotEmpty(ls)
		}
		if err == nil {
			var next *lists.Set
			if next, err = set.With(ls...); err == nil {
				set = next
			}
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", dir, err))
		}
	}
	return set, errors.Join(faults...)
}

// snapshot is where the files of a folder really are. Kubernetes keeps the
// files of a ConfigMap in a folder that ..data points to, and replaces that
// link: a reader that goes through it file by file may see half of each.
func snapshot(dir string) string {
	real, err := filepath.EvalSymlinks(filepath.Join(dir, "..data"))
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
