package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/internal/warc"
)

// warcCmd is `dross warc`.
type warcCmd struct {
	judgeFlags
	Files  []string `arg:"" name:"IN" help:"WARC or WET files, plain or gzip; - is standard input."`
	Output string   `name:"output" short:"o" required:"" env:"DROSS_OUTPUT" placeholder:"OUT" help:"File to write, gzip when it ends in .gz; or a folder, which takes a file of the same name for each input; or - for standard output."`
	Drop   bool     `name:"drop-rejected" env:"DROSS_DROP_REJECTED" help:"Leave out records whose page is wholly spam."`
	Record byteSize `name:"limit.warc-record-size" env:"DROSS_LIMIT_WARC_RECORD_SIZE" default:"96MiB" help:"Longest record that is judged."`
	Quiet  bool     `name:"quiet" short:"q" env:"DROSS_QUIET" help:"No summary."`
}

// Help is the long text of --help.
func (*warcCmd) Help() string {
	return "Records that nothing is removed from are copied byte for byte. A broken part is reported with its offset, copied " +
		"as it is, and the run goes on behind it; the exit code is then 1. A summary goes to standard error."
}

// warcRun is one run of the command.
type warcRun struct {
	*warcCmd
	std    stdio
	filter *filter.Filter
	failed bool
	total  warc.Stats
}

// Run filters every file, also after a bad one.
func (c *warcCmd) Run(ctx context.Context, std stdio) error {
	ins := inputs(c.Files)
	outs, err := c.outputs(ins)
	if err != nil {
		return err
	}
	f, err := c.judgeFlags.filter()
	if err != nil {
		return err
	}
	r := &warcRun{warcCmd: c, std: std, filter: f}
	for i, in := range ins {
		if err := r.file(ctx, in, outs[i]); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			r.failed = true
			report(std.err, named(in.name, err))
		}
	}
	if !c.Quiet {
		r.summary()
	}
	if r.failed {
		return errReported
	}
	return nil
}

// outputs names the file for each input.
func (c *warcCmd) outputs(ins []input) ([]string, error) {
	info, err := os.Stat(c.Output)
	folder := err == nil && info.IsDir() || strings.HasSuffix(c.Output, string(filepath.Separator)) || len(ins) > 1
	if c.Output == stdinArg {
		if len(ins) > 1 {
			return nil, usagef("--output: standard output takes one input, not %d", len(ins))
		}
		return []string{stdinArg}, nil
	}
	if folder {
		return targets(c.Output, ins)
	}
	if err := spares(c.Output, ins); err != nil {
		return nil, err
	}
	return []string{c.Output}, nil
}

func (r *warcRun) file(ctx context.Context, in input, out string) error {
	from := r.std.in
	if !in.isStdin() {
		f, err := os.Open(in.arg)
		if err != nil {
			return err
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil && info.IsDir() {
			return errors.New("is a folder")
		}
		from = f
	}
	opts := r.options(in, out)
	run := func(to io.Writer) error {
		stats, err := warc.Run(ctx, from, to, r.filter, opts)
		r.total.Add(stats)
		if err == nil && stats.Records+stats.Broken == 0 {
			err = errors.New("the file is empty")
		}
		return err
	}
	if out == stdinArg {
		return run(r.std.out)
	}
	return createFile(out, run)
}

func (r *warcRun) options(in input, out string) warc.Options {
	opts := warc.Options{
		MaxRecord: int64(r.Record), MaxPage: int(r.PageSize), DropRejected: r.Drop,
		OnError: func(err error) {
			r.failed = true
			report(r.std.err, fmt.Errorf("%s: %w", in.name, err))
		},
	}
	switch {
	case out == stdinArg:
	case strings.HasSuffix(out, ".gz"):
		opts.Compression = warc.Gzip
	default:
		opts.Compression = warc.Plain
	}
	return opts
}

func (r *warcRun) summary() {
	s := r.total
	fmt.Fprintf(r.std.err, "%d records: %d pages clean, %d stripped, %d rejected (%d left out), %d not judged, %d broken parts; %d of %d bytes removed\n",
		s.Records, s.Clean, s.Stripped, s.Rejected, s.Dropped, s.Unjudged, s.Broken, s.RemovedBytes, s.PageBytes)
}
