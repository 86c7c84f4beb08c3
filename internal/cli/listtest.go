package cli

import (
	"context"
	"fmt"
	"io/fs"
	"os"

	"github.com/drosshq/dross/internal/quality"
)

// listsTestCmd is `dross lists test`.
type listsTestCmd struct {
	judgeFlags
	Corpus string `name:"corpus" env:"DROSS_CORPUS" placeholder:"DIR" help:"Sources of labelled pages, in place of those that come with dross."`
	Misses bool   `name:"misses" help:"Also name the pages that were judged wrong."`
}

// Help is the long text of --help.
func (*listsTestCmd) Help() string {
	return "Prints recall and precision by category, language, shape and zone. The table has no times, so that two can be compared."
}

// Run scores the lists and prints the table.
func (c *listsTestCmd) Run(ctx context.Context, std stdio) error {
	var sources fs.FS = quality.Embedded()
	if c.Corpus != "" {
		sources = os.DirFS(c.Corpus)
	}
	corpus, err := quality.Load(sources)
	if err != nil {
		return err
	}
	f, err := c.judgeFlags.filter()
	if err != nil {
		return err
	}
	rep, err := quality.Score(ctx, corpus, f)
	if err != nil {
		return fmt.Errorf("score: %w", err)
	}
	if err := rep.WriteTable(std.out); err != nil {
		return err
	}
	if !c.Misses {
		return nil
	}
	return rep.WriteMisses(std.out)
}
