package warc

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/drosshq/dross/filter"
)

// DefaultMaxRecord is the longest record that is judged by default: 96 MiB.
const DefaultMaxRecord = 96 << 20

// Cleaner judges one page; *filter.Filter is one.
type Cleaner interface {
	CleanWith(ctx context.Context, p filter.Page, req filter.Request) (filter.Result, error)
}

// Options of a run. The zero value is useful.
type Options struct {
	// MaxRecord is the longest record that is judged, in bytes as stored; 0
	// means DefaultMaxRecord.
	MaxRecord int64
	// MaxPage is the largest page, in bytes once decoded; 0 means
	// filter.DefaultMaxBytes.
	MaxPage int
	// DropRejected leaves out records whose page is rejected.
	DropRejected bool
	// Compression of the output; the zero value is that of the input.
	Compression Compression
	// Request is how each page is judged; DryRun changes nothing.
	Request filter.Request
	// OnError, if set, sees a *BrokenError for each broken part, and a
	// *PageError for each page that could not be judged.
	OnError func(error)
}

// Compression is how output is written.
type Compression int

// The ways to write output.
const (
	AsInput Compression = iota
	Plain
	Gzip
)

// PageError says that a record was passed on unjudged.
type PageError struct {
	// Offset is where the record starts, as in BrokenError.
	Offset int64
	Err    error
}

// Error gives the offset and the cause.
func (e *PageError) Error() string { return fmt.Sprintf("offset %d: not judged: %v", e.Offset, e.Err) }

// Unwrap returns the cause.
func (e *PageError) Unwrap() error { return e.Err }

// Stats count what a run did.
type Stats struct {
	// Records is the number of whole records read.
	Records int
	// Clean, Stripped and Rejected count judged pages.
	Clean, Stripped, Rejected int
	// Dropped counts the rejected ones that were left out.
	Dropped int
	// Unjudged counts pages that could not be judged, Broken the broken parts.
	Unjudged, Broken int
	// PageBytes and RemovedBytes count bytes of the judged pages.
	PageBytes, RemovedBytes int64
}

// Add adds the counts of another run.
func (s *Stats) Add(o Stats) {
	s.Records += o.Records
	s.Clean += o.Clean
	s.Stripped += o.Stripped
	s.Rejected += o.Rejected
	s.Dropped += o.Dropped
	s.Unjudged += o.Unjudged
	s.Broken += o.Broken
	s.PageBytes += o.PageBytes
	s.RemovedBytes += o.RemovedBytes
}

// run is the state of one Run.
type run struct {
	cleaner Cleaner
	opts    Options
	out     *writer
	stats   Stats
}

// Run filters the pages of a WARC file from in to out. It fails when in or out
// fails or ctx ends; faults of the file's content are reported to OnError,
// counted, and passed on.
func Run(ctx context.Context, in io.Reader, out io.Writer, c Cleaner, opts Options) (Stats, error) {
	if opts.MaxRecord <= 0 {
		opts.MaxRecord = DefaultMaxRecord
	}
	if opts.MaxPage <= 0 {
		opts.MaxPage = filter.DefaultMaxBytes
	}
	records, err := NewReader(in, opts.MaxRecord)
	if err != nil {
		return Stats{}, err
	}
	compress := opts.Compression == Gzip || opts.Compression == AsInput && records.Compressed()
	r := &run{cleaner: c, opts: opts, out: newWriter(out, compress)}
	err = r.all(ctx, records)
	if end := r.out.flush(); err == nil && end != nil {
		err = fmt.Errorf("write: %w", end)
	}
	return r.stats, err
}

func (r *run) all(ctx context.Context, records *Reader) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		rec, err := records.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read: %w", err)
		}
		if err := r.record(ctx, rec); err != nil {
			return err
		}
	}
}

func (r *run) record(ctx context.Context, rec *Record) error {
	if rec.Broken {
		if rec.Err != nil {
			r.broken(rec.Err)
		}
		return r.pass(rec)
	}
	r.stats.Records++
	data, drop, err := r.judge(ctx, rec)
	switch {
	case err != nil && ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		r.stats.Unjudged++
		r.report(&PageError{rec.Offset, err})
		return r.pass(rec)
	case drop:
		return nil
	case data == nil:
		return r.pass(rec)
	}
	if err := r.out.write(data); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

// judge returns the new bytes of a record, or nil when it stays as it is, and
// whether it is left out.
func (r *run) judge(ctx context.Context, rec *Record) (data []byte, drop bool, err error) {
	if rec.rest != nil {
		if !holdsPage(rec) {
			return nil, false, nil
		}
		return nil, false, fmt.Errorf("record of %d bytes is over the limit of %d", rec.Size, r.opts.MaxRecord)
	}
	found, err := findPage(rec, r.opts.MaxPage)
	if found == nil || err != nil {
		return nil, false, err
	}
	res, err := r.cleaner.CleanWith(ctx, found.page, r.opts.Request)
	if err != nil {
		if notJudged(err) {
			err = nil
		}
		return nil, false, err
	}
	r.count(res, len(found.page.Body))
	if res.Verdict == filter.Rejected && r.opts.DropRejected && !r.opts.Request.DryRun {
		r.stats.Dropped++
		return nil, true, nil
	}
	if res.Verdict == filter.Clean || r.opts.Request.DryRun {
		return nil, false, nil
	}
	return found.rewrite(rec, res), false, nil
}

func (r *run) count(res filter.Result, size int) {
	switch res.Verdict {
	case filter.Stripped:
		r.stats.Stripped++
	case filter.Rejected:
		r.stats.Rejected++
	default:
		r.stats.Clean++
	}
	r.stats.PageBytes += int64(size)
	r.stats.RemovedBytes += int64(res.RemovedBytes)
}

// pass passes a record on; a long one may turn out to be broken meanwhile.
func (r *run) pass(rec *Record) error {
	err := r.out.pass(rec)
	if isBroken(err) {
		r.broken(err)
		err = nil
	}
	if err != nil {
		return fmt.Errorf("copy record: %w", err)
	}
	return nil
}

func (r *run) broken(err error) {
	r.stats.Broken++
	r.report(err)
}

func (r *run) report(err error) {
	if r.opts.OnError != nil {
		r.opts.OnError(err)
	}
}
