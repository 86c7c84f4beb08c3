package filter

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/drosshq/dross/internal/judge"
	"github.com/drosshq/dross/internal/match"
	"github.com/drosshq/dross/internal/page"
	"github.com/drosshq/dross/lists"
)

// DefaultMaxBytes is the page size limit of the zero Options: 64 MiB.
const DefaultMaxBytes = 64 << 20

// mostBytes is the largest limit that may be set: source offsets are 32 bits wide.
const mostBytes = 1 << 30

// Options change how a filter judges. The zero value is the documented default.
type Options struct {
	// MaxBytes is the largest page accepted, in bytes; 0 means DefaultMaxBytes,
	// at most 1 GiB.
	MaxBytes int
	// Categories limits the filter to these; nil means all.
	Categories []lists.Category
	// Thresholds replaces the score that a block of a category must reach; the
	// default is 5, useful values lie between 3 and 12.
	Thresholds map[lists.Category]float64
	// Rules say what of the pages of single hosts always goes or stays; nil means none.
	Rules []SiteRule
}

// Validate reports every fault of the options at once.
func (o Options) Validate() error {
	var errs []error
	if o.MaxBytes < 0 || o.MaxBytes > mostBytes {
		errs = append(errs, fmt.Errorf("max bytes %d is not between 0 and %d", o.MaxBytes, mostBytes))
	}
	for _, c := range o.Categories {
		if _, err := lists.ParseCategory(string(c)); err != nil {
			errs = append(errs, err)
		}
	}
	for c, v := range o.Thresholds {
		if _, err := lists.ParseCategory(string(c)); err != nil {
			errs = append(errs, err)
		}
		if !(v > 0 && v <= 100) {
			errs = append(errs, fmt.Errorf("threshold %v of category %q is not above 0 and up to 100", v, c))
		}
	}
	_, err := compileRules(o.Rules)
	return errors.Join(append(errs, err)...)
}

// Filter judges pages against one set of lists. It is safe for concurrent use.
type Filter struct {
	opts    Options
	set     *lists.Set
	matcher *match.Matcher
	entries []judge.Entry
	langs   []string
	rules   []siteRule
	pool    *sync.Pool // *work, memory kept between pages
}

// New compiles a set. It fails when the set holds no block entry or the options
// are not sound. Compiling the shipped lists takes some tenths of a second.
func New(set *lists.Set, opts Options) (*Filter, error) {
	if err := opts.Validate(); err != nil {
		return nil, fmt.Errorf("filter options: %w", err)
	}
	if opts.MaxBytes == 0 {
		opts.MaxBytes = DefaultMaxBytes
	}
	f := &Filter{opts: opts, set: set, pool: &sync.Pool{New: func() any { return new(work) }}}
	f.rules, _ = compileRules(opts.Rules) // they were validated
	if err := f.compile(); err != nil {
		return nil, err
	}
	return f, nil
}

// Clean judges one page. See CleanWith.
func (f *Filter) Clean(ctx context.Context, p Page) (Result, error) {
	return f.CleanWith(ctx, p, Request{})
}

// CleanWith judges one page as the request says. Errors are *LimitError,
// *ContentTypeError or the context's; there is no partial result.
func (f *Filter) CleanWith(ctx context.Context, p Page, req Request) (Result, error) {
	begin := time.Now()
	if len(p.Body) > f.opts.MaxBytes {
		return Result{}, &LimitError{Limit: "page size", Max: f.opts.MaxBytes, Got: len(p.Body), Unit: "bytes"}
	}
	kind, label, err := page.Media(p.ContentType, p.Body)
	if err != nil {
		return Result{}, &ContentTypeError{Got: p.ContentType}
	}
	w := f.pool.Get().(*work)
	defer f.pool.Put(w)
	w.begin(f, req, kind, f.rulesFor(p))
	blocks, charset, reason, err := w.body(ctx, p.Body, label)
	if err != nil {
		return Result{}, err
	}
	res := f.result(p, blocks, req)
	if reason != "" {
		res.Verdict, res.Reason = Rejected, reason
	}
	res.ContentType = contentType(p.ContentType, kind, charset)
	res.Seconds = time.Since(begin).Seconds()
	return res, nil
}

// Lists returns the set that judges.
func (f *Filter) Lists() *lists.Set { return f.set }

// threshold returns the score that a block of a category must reach.
func (f *Filter) threshold(c lists.Category) float64 {
	if v, ok := f.opts.Thresholds[c]; ok {
		return v
	}
	return judge.DefaultThreshold
}
