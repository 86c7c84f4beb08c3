package ndjson

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"golang.org/x/sync/semaphore"

	"github.com/drosshq/dross/filter"
)

// Defaults of Options.
const (
	// DefaultMaxRecord is 128 MiB: a page of filter.DefaultMaxBytes in base64,
	// or as a string of which a good part is escaped.
	DefaultMaxRecord = 128 << 20
	// DefaultMaxInFlight is 256 MiB.
	DefaultMaxInFlight = 256 << 20
)

// Cleaner judges one page; *filter.Filter is one. It must be safe for as many
// concurrent calls as Options.Workers.
type Cleaner interface {
	CleanWith(ctx context.Context, p filter.Page, req filter.Request) (filter.Result, error)
}

// Options of a run. The zero value judges one record at a time.
type Options struct {
	// Workers is how many records are judged at once; 0 means 1. The order of
	// the output does not depend on it.
	Workers int
	// MaxRecord is the longest line accepted, in bytes; 0 means DefaultMaxRecord.
	MaxRecord int
	// MaxInFlight bounds the bytes of all lines that were read and not yet
	// answered; 0 means DefaultMaxInFlight. One longer line is taken alone.
	MaxInFlight int64
	// Request is how each page is judged.
	Request filter.Request
	// OnError, if set, sees every error record, in order, from one goroutine.
	OnError func(*RecordError)
}

// Stats count what a run did.
type Stats struct {
	// Records is the number of lines answered; blank ones do not count.
	Records int
	// Clean, Stripped, Rejected and Errors add up to Records.
	Clean, Stripped, Rejected, Errors int
	// InputBytes and RemovedBytes count bytes of the judged pages.
	InputBytes, RemovedBytes int64
}

// Run reads records from in until its end and writes one line for each to out,
// in order. Results are flushed whenever the next one is not ready yet; an out
// with a Flush method is flushed too. A bad line is answered and does not stop
// the run.
//
// Run fails when in or out fails or ctx ends; what was answered by then is
// written. When it returns early, one goroutine may still be inside in.Read
// until that returns, so close in or leave it alone.
func Run(ctx context.Context, in io.Reader, out io.Writer, c Cleaner, opts Options) (Stats, error) {
	r := newRun(c, opts)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var workers sync.WaitGroup
	for range r.opts.Workers {
		workers.Go(func() { r.work(ctx) })
	}
	go r.read(ctx, in)
	err := r.write(ctx, out)
	cancel(err)
	workers.Wait()
	return r.stats, err
}

// run is the state of one Run.
type run struct {
	cleaner Cleaner
	opts    Options
	todo    chan *job
	order   chan *job
	room    *semaphore.Weighted
	stats   Stats
}

// job is one line on its way. A job with a readErr is the last one.
type job struct {
	line    int
	data    []byte
	weight  int64
	readErr error
	done    chan answer
}

// answer is what a worker made of a job.
type answer struct {
	out     []byte
	result  *filter.Result
	inBytes int
	err     *RecordError
}

func newRun(c Cleaner, opts Options) *run {
	if opts.Workers <= 0 {
		opts.Workers = 1
	}
	if opts.MaxRecord <= 0 {
		opts.MaxRecord = DefaultMaxRecord
	}
	if opts.MaxInFlight <= 0 {
		opts.MaxInFlight = DefaultMaxInFlight
	}
	return &run{
		cleaner: c, opts: opts,
		todo: make(chan *job), order: make(chan *job, 4*opts.Workers),
		room: semaphore.NewWeighted(opts.MaxInFlight),
	}
}

// read splits the input and hands the lines out, until its end or ctx's.
func (r *run) read(ctx context.Context, in io.Reader) {
	defer close(r.todo)
	defer close(r.order)
	lines := newLineReader(in, r.opts.MaxRecord)
	for {
		data, n, err := lines.next()
		j := &job{line: n, data: data, done: make(chan answer, 1)}
		var tooLong *RecordError
		switch {
		case errors.Is(err, io.EOF):
			return
		case errors.As(err, &tooLong):
			j.done <- answer{err: tooLong}
			if !send(ctx, r.order, j) {
				return
			}
			continue
		case err != nil:
			j.readErr = fmt.Errorf("read line %d: %w", n, err)
			send(ctx, r.order, j)
			return
		}
		j.weight = min(int64(len(data)), r.opts.MaxInFlight)
		if r.room.Acquire(ctx, j.weight) != nil || !send(ctx, r.order, j) || !send(ctx, r.todo, j) {
			return
		}
	}
}

func send(ctx context.Context, to chan<- *job, j *job) bool {
	select {
	case to <- j:
		return true
	case <-ctx.Done():
		return false
	}
}

// write answers the jobs in order.
func (r *run) write(ctx context.Context, out io.Writer) error {
	w := bufio.NewWriterSize(out, 64<<10)
	flush := func() error { return errors.Join(w.Flush(), flushOut(out)) }
	for {
		j, err := await(ctx, r.order, flush)
		if err != nil {
			return errors.Join(err, flush())
		}
		if j == nil {
			return errors.Join(context.Cause(ctx), flush())
		}
		if j.readErr != nil {
			return errors.Join(j.readErr, flush())
		}
		a, err := await(ctx, j.done, flush)
		if err != nil {
			return errors.Join(err, flush())
		}
		if err := r.put(w, j, a); err != nil {
			return fmt.Errorf("write the answer to line %d: %w", j.line, err)
		}
		r.room.Release(j.weight)
	}
}

// await receives a value, and flushes before it waits for one. A closed channel
// gives the zero value.
func await[T any](ctx context.Context, from <-chan T, flush func() error) (T, error) {
	select {
	case v := <-from:
		return v, nil
	default:
	}
	var zero T
	if err := flush(); err != nil {
		return zero, fmt.Errorf("write answers: %w", err)
	}
	select {
	case v := <-from:
		return v, nil
	case <-ctx.Done():
		return zero, context.Cause(ctx)
	}
}

// put writes one answer and counts it.
func (r *run) put(w *bufio.Writer, j *job, a answer) error {
	r.stats.Records++
	if a.err != nil {
		r.stats.Errors++
		a.err.Line = j.line
		a.out = a.err.record()
		if r.opts.OnError != nil {
			r.opts.OnError(a.err)
		}
	} else {
		r.count(a)
	}
	if _, err := w.Write(a.out); err != nil {
		return err
	}
	return w.WriteByte('\n')
}

func (r *run) count(a answer) {
	switch a.result.Verdict {
	case filter.Stripped:
		r.stats.Stripped++
	case filter.Rejected:
		r.stats.Rejected++
	default:
		r.stats.Clean++
	}
	r.stats.InputBytes += int64(a.inBytes)
	r.stats.RemovedBytes += int64(a.result.RemovedBytes)
}

// flushOut flushes an out that can be, such as a compressor or an HTTP response.
func flushOut(out io.Writer) error {
	switch f := out.(type) {
	case interface{ Flush() error }:
		return f.Flush()
	case interface{ FlushError() error }:
		return f.FlushError()
	case interface{ Flush() }:
		f.Flush()
	}
	return nil
}
