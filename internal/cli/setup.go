package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/internal/config"
	"github.com/drosshq/dross/lists"
)

// listFlags say which lists judge.
type listFlags struct {
	Lists    []string `name:"lists" aliases:"lists.dir" env:"DROSS_LISTS,DROSS_LISTS_DIR" placeholder:"DIR" help:"Folder of keyword lists (*.txt), added to the embedded ones; a list replaces the one of its name. Repeatable."`
	Embedded bool     `name:"lists.embedded" env:"DROSS_LISTS_EMBEDDED" default:"true" negatable:"" help:"Use the lists that come with dross."`
}

// judgeFlags say how pages are judged.
type judgeFlags struct {
	listFlags
	Categories []string `name:"categories" aliases:"filter.categories" env:"DROSS_CATEGORIES,DROSS_FILTER_CATEGORIES" placeholder:"NAME" help:"Judge these categories only."`
	Threshold  []string `name:"threshold" aliases:"filter.threshold" env:"DROSS_THRESHOLD,DROSS_FILTER_THRESHOLD" placeholder:"SCORE" help:"Score a block must reach, for all categories (6) or one (adult=6). Repeatable."`
	Strip      []string `name:"strip" aliases:"filter.strip" env:"DROSS_STRIP,DROSS_FILTER_STRIP" sep:"\n" placeholder:"HOST=SELECTOR" help:"Elements that always go from HTML pages of a host, by a CSS selector; HOST is example.com, *.example.com or *. Repeatable."`
	Keep       []string `name:"keep" aliases:"filter.keep" env:"DROSS_KEEP,DROSS_FILTER_KEEP" sep:"\n" placeholder:"HOST=SELECTOR" help:"Elements of a host's pages in which nothing is removed. Repeatable."`
	PageSize   byteSize `name:"limit.page-size" env:"DROSS_LIMIT_PAGE_SIZE" default:"64MiB" help:"Largest page."`
}

// byteSize is a flag such as 64MiB.
type byteSize int

// UnmarshalText reads a number of bytes with an optional unit.
func (b *byteSize) UnmarshalText(text []byte) error {
	size, err := config.ParseSize(string(text))
	if err == nil && (size <= 0 || size > 1<<31-1) {
		err = fmt.Errorf("%s is not from 1B to 2GiB", text)
	}
	*b = byteSize(size)
	return err
}

// errNoEmbedded says that the lists in the program cannot be read.
var errNoEmbedded = errors.New("the embedded lists of this build are empty or broken")

// set loads the lists.
func (f *listFlags) set() (*lists.Set, error) {
	set := &lists.Set{}
	if f.Embedded {
		if set = lists.Default(); set.Len() == 0 {
			return nil, errNoEmbedded
		}
	} else if len(f.Lists) == 0 {
		return nil, usagef("--no-lists.embedded without --lists leaves no list")
	}
	for _, dir := range f.Lists {
		ls, err := loadFolder(dir)
		if err != nil {
			return nil, err
		}
		if set, err = set.With(ls...); err != nil {
			return nil, fmt.Errorf("lists %s: %w", dir, err)
		}
	}
	return set, nil
}

// loadFolder reads a folder of lists; its errors name the files as the caller
// would.
func loadFolder(dir string) ([]*lists.List, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, fmt.Errorf("lists: %w", named(dir, err))
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("lists: %s: is not a folder", dir)
	}
	ls, err := lists.Load(os.DirFS(dir), ".")
	if err != nil {
		return nil, inFolder(dir, err)
	}
	return ls, nil
}

// inFolder puts the folder into the faults of lists, which know file names only.
func inFolder(dir string, err error) error {
	if errors.Is(err, lists.ErrNoLists) {
		return fmt.Errorf("lists: %s: %w", dir, lists.ErrNoLists)
	}
	var bad *lists.ParseError
	if !errors.As(err, &bad) {
		return fmt.Errorf("lists: %s: %w", dir, err)
	}
	var out []error
	for line := range strings.Lines(err.Error()) {
		out = append(out, errors.New(filepath.Join(dir, strings.TrimSuffix(line, "\n"))))
	}
	return errors.Join(out...)
}

// filter compiles the lists and options.
func (f *judgeFlags) filter() (*filter.Filter, error) {
	opts := filter.Options{MaxBytes: int(f.PageSize)}
	var err error
	if opts.Categories, err = categories(f.Categories); err != nil {
		return nil, err
	}
	if opts.Thresholds, err = thresholds(f.Threshold); err != nil {
		return nil, err
	}
	if opts.Rules, err = config.SiteRules(f.Strip, f.Keep); err != nil {
		return nil, usagef("--strip, --keep: %w", err)
	}
	if err := opts.Validate(); err != nil {
		return nil, &usageError{err}
	}
	set, err := f.set()
	if err != nil {
		return nil, err
	}
	compiled, err := filter.New(set, opts)
	if err != nil {
		return nil, fmt.Errorf("compile the lists: %w", err)
	}
	return compiled, nil
}

func categories(names []string) ([]lists.Category, error) {
	var cats []lists.Category
	for _, name := range names {
		cat, err := category(name)
		if err != nil {
			return nil, usagef("--categories: %w", err)
		}
		cats = append(cats, cat)
	}
	return cats, nil
}

// category is one that a page can be judged for.
func category(name string) (lists.Category, error) {
	cat, err := lists.ParseCategory(strings.TrimSpace(name))
	if err == nil && cat == lists.Any {
		err = errors.New("category any is no kind of spam")
	}
	return cat, err
}

// thresholds reads "6", which is for every category not named otherwise, and
// "adult=6".
func thresholds(texts []string) (map[lists.Category]float64, error) {
	all, one := map[lists.Category]float64{}, map[lists.Category]float64{}
	for _, text := range texts {
		name, number, hasName := strings.Cut(text, "=")
		if !hasName {
			name, number = "", text
		}
		score, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
		if err != nil || !(score > 0) || score > 1e6 {
			return nil, usagef("--threshold: %q is not a score above 0", text)
		}
		if !hasName {
			for _, cat := range lists.AllCategories() {
				if cat != lists.Any {
					all[cat] = score
				}
			}
			continue
		}
		cat, err := category(name)
		if err != nil {
			return nil, usagef("--threshold: %w", err)
		}
		one[cat] = score
	}
	for cat, score := range one {
		all[cat] = score
	}
	if len(all) == 0 {
		return nil, nil
	}
	return all, nil
}
