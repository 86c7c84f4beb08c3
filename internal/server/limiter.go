package server

import (
	"context"
	"errors"
	"sync/atomic"
	"time"
)

// errBusy says that the queue is full or the wait in it was too long.
var errBusy = errors.New("queue full")

// limiter gives out slots, first come first served. Waiting is bounded in
// number and time.
type limiter struct {
	slots   chan struct{}
	waiting atomic.Int64
	queue   int64
	timeout time.Duration
}

func newLimiter(slots, queue int, timeout time.Duration) *limiter {
	return &limiter{slots: make(chan struct{}, slots), queue: int64(queue), timeout: timeout}
}

// full reports whether acquire would refuse at once.
func (l *limiter) full() bool {
	return l.waiting.Load() >= l.queue && len(l.slots) == cap(l.slots)
}

// acquire waits for a slot for the limiter's timeout. It fails with errBusy,
// or with ctx's error.
func (l *limiter) acquire(ctx context.Context) error {
	select {
	case l.slots <- struct{}{}:
		return nil
	default:
	}
	defer l.waiting.Add(-1)
	if l.waiting.Add(1) > l.queue {
		return errBusy
	}
	timer := time.NewTimer(l.timeout)
	defer timer.Stop()
	select {
	case l.slots <- struct{}{}:
		return nil
	case <-timer.C:
		return errBusy
	case <-ctx.Done():
		return ctx.Err()
	}
}

// wait waits for a slot as long as ctx lives: for streams, whose sender is
// slowed down in place of being refused.
func (l *limiter) wait(ctx context.Context) error {
	select {
	case l.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l *limiter) release() { <-l.slots }

// budget counts memory against a limit that all requests share.
type budget struct {
	max     int64
	used    atomic.Int64
	observe func(delta int64)
}

// errMemory says that the shared memory is used up.
var errMemory = errors.New("body memory used up")

// take adds n bytes, which may be below 0. It fails, and takes nothing, when
// the limit would be passed.
func (b *budget) take(n int64) error {
	if b.used.Add(n) > b.max && n > 0 {
		b.used.Add(-n)
		return errMemory
	}
	b.observe(n)
	return nil
}

// account is one request's share of a budget. It is not safe for concurrent use.
type account struct {
	from *budget
	held int64
}

// set changes the share to n bytes.
func (a *account) set(n int64) error {
	if err := a.from.take(n - a.held); err != nil {
		return err
	}
	a.held = n
	return nil
}

func (a *account) close() {
	_ = a.set(0) // giving back never fails
}
