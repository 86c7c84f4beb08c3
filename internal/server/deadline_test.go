package server

import (
	"context"
	"errors"
	"testing"
	"time"
)

func TestDeadline(t *testing.T) {
	parent, leave := context.WithCancel(t.Context())
	d := before(parent, time.Now().Add(20*time.Millisecond))
	defer d.close()
	if end, ok := d.Deadline(); !ok || !end.Equal(d.end) {
		t.Errorf("the deadline is %v, %v", end, ok)
	}
	if err := d.Err(); err != nil {
		t.Errorf("before its end: %v", err)
	}
	select {
	case <-d.Done():
	case <-time.After(10 * time.Second):
		t.Fatal("not done at its end")
	}
	if err := d.Err(); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("at its end: %v", err)
	}
	far := before(parent, time.Now().Add(time.Hour))
	defer far.close()
	leave()
	<-far.Done()
	if err := far.Err(); !errors.Is(err, context.Canceled) {
		t.Errorf("once its parent has ended: %v", err)
	}
}
