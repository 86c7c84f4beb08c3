package cli

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/drosshq/dross/lists"
)

// listsCmd is `dross lists`.
type listsCmd struct {
	Check   listsCheckCmd   `cmd:"" help:"Report every fault of list folders, or of the embedded lists."`
	Show    listsShowCmd    `cmd:"" help:"Print the entries that judge."`
	Test    listsTestCmd    `cmd:"" help:"Score the lists on the labelled pages that come with dross."`
	Suggest listsSuggestCmd `cmd:"" help:"Print unlisted n-grams that are frequent in removed blocks."`
}

// listsCheckCmd is `dross lists check`.
type listsCheckCmd struct {
	Dirs   []string `arg:"" optional:"" name:"DIR" help:"List folders; none is the embedded lists."`
	JSON   bool     `name:"json" env:"DROSS_JSON" help:"Write one finding a line, as JSON."`
	Quiet  bool     `name:"quiet" short:"q" env:"DROSS_QUIET" help:"Print errors only, and count the warnings."`
	Strict bool     `name:"strict" env:"DROSS_STRICT" help:"Exit 1 on warnings too."`
}

// Help is the long text of --help.
func (*listsCheckCmd) Help() string {
	return "Each folder is checked by itself, also against legitimate pages that come with dross. " +
		"Faults of the format go to standard error. Exit code: 1 when there is an error."
}

// Run checks every folder, also after a bad one.
func (c *listsCheckCmd) Run(std stdio) error {
	good, err := goodTexts()
	if err != nil {
		return err
	}
	if len(c.Dirs) == 0 {
		if lists.Default().Len() == 0 {
			return errNoEmbedded
		}
		return c.finish(c.check(std.out, "", lists.Default(), good))
	}
	failed := false
	for _, dir := range c.Dirs {
		set, err := folderSet(dir)
		if err == nil {
			err = c.finish(c.check(std.out, dir, set, good))
		}
		if err != nil && !errors.Is(err, errReported) {
			report(std.err, err)
		}
		failed = failed || err != nil
	}
	if failed {
		return errReported
	}
	return nil
}

func (c *listsCheckCmd) finish(ok bool, err error) error {
	if err == nil && !ok {
		return errReported
	}
	return err
}

func folderSet(dir string) (*lists.Set, error) {
	ls, err := loadFolder(dir)
	if err != nil {
		return nil, err
	}
	set, err := lists.NewSet(ls...)
	if err != nil {
		return nil, inFolder(dir, err)
	}
	return set, nil
}

// check prints the findings of one set and reports whether it may pass.
func (c *listsCheckCmd) check(w io.Writer, dir string, set *lists.Set, good texts) (bool, error) {
	out := bufio.NewWriter(w)
	count := map[lists.Severity]int{}
	for _, f := range lists.Check(set, good.all) {
		count[f.Severity]++
		if c.Quiet && f.Severity < lists.Error {
			continue
		}
		f.List = filepath.Join(dir, f.List)
		if c.JSON {
			if err := encodeLine(out, f); err != nil {
				return false, err
			}
			continue
		}
		fmt.Fprintln(out, f)
	}
	if !c.JSON {
		fmt.Fprintf(out, "%s: %d lists, %d entries, %d errors, %d warnings\n", cmp.Or(dir, "embedded lists"),
			len(set.Lists()), set.Len(), count[lists.Error], count[lists.Warning])
	}
	return count[lists.Error] == 0 && (!c.Strict || count[lists.Warning] == 0), out.Flush()
}

// listsShowCmd is `dross lists show`.
type listsShowCmd struct {
	listFlags
	Category []string `name:"category" placeholder:"NAME" help:"Entries of these categories only."`
	Lang     []string `name:"lang" placeholder:"LANG" help:"Entries of these languages only."`
	JSON     bool     `name:"json" env:"DROSS_JSON" help:"Write one entry a line, as JSON."`
}

// Help is the long text of --help.
func (*listsShowCmd) Help() string {
	return "Columns are parted by tabs: category, language, strength, weight, term, list and line."
}

// shownEntry is an entry as JSON.
type shownEntry struct {
	Term     string         `json:"term"`
	Category lists.Category `json:"category"`
	Lang     string         `json:"lang"`
	Strength lists.Strength `json:"strength"`
	Weight   float64        `json:"weight"`
	Pattern  bool           `json:"pattern"`
	Source   string         `json:"source,omitempty"`
	List     string         `json:"list"`
	Line     int            `json:"line"`
}

// Run prints the entries of the lists.
func (c *listsShowCmd) Run(std stdio) error {
	for _, name := range c.Category {
		if _, err := lists.ParseCategory(name); err != nil {
			return usagef("--category: %w", err)
		}
	}
	set, err := c.set()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(std.out)
	for e := range set.Entries() {
		if !wanted(c.Category, string(e.Category)) || !wanted(c.Lang, e.Lang) {
			continue
		}
		if err := c.show(out, e); err != nil {
			return err
		}
	}
	return out.Flush()
}

func (c *listsShowCmd) show(out *bufio.Writer, e lists.Entry) error {
	if c.JSON {
		return encodeLine(out, shownEntry{
			Term: e.Term, Category: e.Category, Lang: e.Lang, Strength: e.Strength, Weight: e.Weight,
			Pattern: e.Pattern, Source: e.Source, List: e.List, Line: e.Line,
		})
	}
	_, err := fmt.Fprintf(out, "%s\t%s\t%s\t%g\t%s\t%s:%d\n",
		e.Category, cmp.Or(e.Lang, "-"), e.Strength, e.Weight, e.Term, e.List, e.Line)
	return err
}

func wanted(names []string, name string) bool {
	if len(names) == 0 {
		return true
	}
	for _, n := range names {
		if strings.EqualFold(n, name) {
			return true
		}
	}
	return false
}

// encodeLine writes v as one line of JSON with its markup as it is.
func encodeLine(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
