package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/internal/ndjson"
	"github.com/drosshq/dross/internal/normalize"
	"github.com/drosshq/dross/lists"
)

// maxSuggestText bounds the text that `dross lists suggest` holds: 512 MiB.
const maxSuggestText = 512 << 20

// listsSuggestCmd is `dross lists suggest`.
type listsSuggestCmd struct {
	judgeFlags
	Files     []string `arg:"" optional:"" name:"FILE" help:"Pages, or NDJSON of pages or results (*.ndjson, *.jsonl, *.json); - or none is NDJSON on standard input."`
	MinBlocks int      `name:"min-blocks" env:"DROSS_MIN_BLOCKS" default:"3" help:"Removed blocks a suggestion must stand in."`
	Most      int      `name:"most" env:"DROSS_MOST" default:"200" help:"Suggestions to print at most."`
	JSON      bool     `name:"json" env:"DROSS_JSON" help:"Write one suggestion a line, as JSON."`
}

// Help is the long text of --help.
func (*listsSuggestCmd) Help() string {
	return "Pages are judged again, so results must hold them whole: make them with 'dross batch --dry-run' or " +
		"'dross filter --check --json'. Columns are parted by tabs: blocks, count, term. A person reviews them " +
		"before they go into a list."
}

// Run judges all pages and counts n-grams in what would be removed.
func (c *listsSuggestCmd) Run(ctx context.Context, std stdio) error {
	f, err := c.judgeFlags.filter()
	if err != nil {
		return err
	}
	g := &gatherer{cleaner: f}
	failed := false
	for _, in := range inputs(c.Files) {
		if err := c.gather(ctx, std, g, in); err != nil {
			if ctx.Err() != nil || errors.Is(err, filter.ErrLimit) && g.full() {
				return err
			}
			failed = true
			report(std.err, named(in.name, err))
		}
	}
	if g.blocks == 0 {
		report(std.err, errors.New("no page has a block to remove"))
	}
	opts := lists.SuggestOptions{MinBlocks: c.MinBlocks, Most: c.Most}
	if err := c.print(std.out, lists.Suggest(g.pairs, listed(f.Lists()), opts)); err != nil {
		return err
	}
	if failed {
		return errReported
	}
	return nil
}

func (c *listsSuggestCmd) gather(ctx context.Context, std stdio, g *gatherer, in input) error {
	switch ext := strings.ToLower(filepath.Ext(in.arg)); {
	case in.isStdin():
		return g.records(ctx, std, in, std.in)
	case ext == ".ndjson" || ext == ".jsonl" || ext == ".json":
		f, err := os.Open(in.arg)
		if err != nil {
			return err
		}
		defer f.Close()
		return g.records(ctx, std, in, f)
	}
	body, err := in.read(std.in, int(c.PageSize))
	if err != nil {
		return err
	}
	_, err = g.CleanWith(ctx, filter.Page{ContentType: in.contentType(), Body: body}, filter.Request{})
	return err
}

func (c *listsSuggestCmd) print(w io.Writer, found []lists.Suggestion) error {
	out := bufio.NewWriter(w)
	for _, s := range found {
		if c.JSON {
			if err := encodeLine(out, s); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(out, "%d\t%d\t%s\n", s.Blocks, s.Count, s.Term)
	}
	return out.Flush()
}

// gatherer is a cleaner that keeps what is removed and what is not. It is for
// one goroutine.
type gatherer struct {
	cleaner ndjson.Cleaner
	texts   []pair
	blocks  int
	size    int
}

type pair struct{ removed, clean string }

// pairs yields a removed block with the clean text of its page, once a page.
func (g *gatherer) pairs(yield func(removed, clean string) bool) {
	for _, p := range g.texts {
		if !yield(p.removed, p.clean) {
			return
		}
	}
}

func (g *gatherer) full() bool { return g.size > maxSuggestText }

// CleanWith judges a page and gathers from it.
func (g *gatherer) CleanWith(ctx context.Context, p filter.Page, _ filter.Request) (filter.Result, error) {
	res, err := g.cleaner.CleanWith(ctx, p, filter.Request{})
	if err != nil {
		return res, err
	}
	clean := plainText(res.Content, res.ContentType)
	for _, b := range res.Blocks {
		if b.Action == filter.Removed {
			g.blocks++
			g.add(pair{removed: plainText(p.Body[b.Start:b.End], res.ContentType)})
		}
	}
	g.add(pair{clean: clean})
	if g.full() {
		return res, &filter.LimitError{Limit: "text of all pages", Max: maxSuggestText, Unit: "bytes"}
	}
	return res, nil
}

func (g *gatherer) add(p pair) {
	g.texts = append(g.texts, p)
	g.size += len(p.removed) + len(p.clean)
}

// records judges NDJSON and reports its bad lines.
func (g *gatherer) records(ctx context.Context, std stdio, in input, r io.Reader) error {
	bad := 0
	_, err := ndjson.Run(ctx, r, io.Discard, g, ndjson.Options{OnError: func(e *ndjson.RecordError) {
		bad++
		report(std.err, fmt.Errorf("%s:%d: %s", in.name, e.Line, e.Message))
	}})
	if err == nil && bad > 0 {
		err = fmt.Errorf("%d lines could not be judged", bad)
	}
	return err
}

// listed reports whether a folded n-gram is an entry, or holds one that counts
// by itself.
func listed(set *lists.Set) func(string) bool {
	strength := map[string]lists.Strength{}
	for e := range set.Entries() {
		term := normalize.String(e.Term)
		strength[term] = max(strength[term], e.Strength)
	}
	return func(gram string) bool {
		if s, ok := strength[gram]; ok && s > lists.Allow {
			return true
		}
		for i := range gram {
			for j := range gram[i:] {
				if strength[gram[i:i+j]] >= lists.Firm {
					return true
				}
			}
			if strength[gram[i:]] >= lists.Firm {
				return true
			}
		}
		return false
	}
}
