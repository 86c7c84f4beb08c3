package cli

import (
	"context"
	"fmt"
	"runtime"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/internal/ndjson"
)

// batchCmd is `dross batch`.
type batchCmd struct {
	judgeFlags
	Workers int      `name:"workers" short:"w" env:"DROSS_WORKERS" default:"0" help:"Pages judged at once; 0: one a processor."`
	Record  byteSize `name:"limit.record-size" env:"DROSS_LIMIT_RECORD_SIZE" default:"128MiB" help:"Longest input line."`
	Explain bool     `name:"explain" env:"DROSS_EXPLAIN" help:"Add the blocks that were seen and kept."`
	DryRun  bool     `name:"dry-run" env:"DROSS_DRY_RUN" help:"Judge and report, and return every page unchanged."`
	Strict  bool     `name:"strict" env:"DROSS_STRICT" help:"Exit 1 when a line could not be judged."`
}

// Help is the long text of --help.
func (*batchCmd) Help() string {
	return `A line is {"id","url","content_type","content"|"content_base64"}; results come in the same order. ` +
		`A bad line gives {"id","error":{"code","message","line"}} and the run goes on.`
}

// Run streams until standard input ends.
func (c *batchCmd) Run(ctx context.Context, std stdio) error {
	if c.Workers < 0 {
		return usagef("--workers: %d is below 0", c.Workers)
	}
	f, err := c.judgeFlags.filter()
	if err != nil {
		return err
	}
	opts := ndjson.Options{
		Workers: c.Workers, MaxRecord: int(c.Record),
		Request: filter.Request{DryRun: c.DryRun, Explain: c.Explain},
	}
	if opts.Workers == 0 {
		opts.Workers = runtime.GOMAXPROCS(0)
	}
	opts.OnError = func(e *ndjson.RecordError) {
		if e.Code == ndjson.Internal {
			report(std.err, fmt.Errorf("line %d: %w", e.Line, e.Err))
		}
	}
	stats, err := ndjson.Run(ctx, std.in, std.out, f, opts)
	if err != nil {
		return fmt.Errorf("batch: %w", err)
	}
	if c.Strict && stats.Errors > 0 {
		return fmt.Errorf("batch: %d of %d lines could not be judged", stats.Errors, stats.Records)
	}
	return nil
}
