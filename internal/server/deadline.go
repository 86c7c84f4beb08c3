package server

import (
	"context"
	"sync"
	"time"
)

// deadline is a context that ends at a time, whose timer runs from the first call of
// Done on. A filter asks Err alone, now and then, and to start and stop a timer for
// it takes a fortieth of the time of a small page's request.
type deadline struct {
	context.Context
	end time.Time

	once  sync.Once
	timed context.Context // the one with the timer
	stop  context.CancelFunc
}

// before returns a context that ends at end. It must be closed once nobody uses it.
func before(ctx context.Context, end time.Time) *deadline {
	return &deadline{Context: ctx, end: end}
}

func (d *deadline) Deadline() (time.Time, bool) { return d.end, true }

func (d *deadline) Done() <-chan struct{} {
	d.once.Do(func() { d.timed, d.stop = context.WithDeadline(d.Context, d.end) })
	return d.timed.Done()
}

func (d *deadline) Err() error {
	if err := d.Context.Err(); err != nil {
		return err
	}
	if !time.Now().Before(d.end) {
		return context.DeadlineExceeded
	}
	return nil
}

func (d *deadline) close() {
	if d.stop != nil {
		d.stop()
	}
}
