package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

// StatusError is a refusal of the service.
type StatusError struct {
	// Status is the HTTP status code.
	Status int
	// Title and Detail are what the service says of it.
	Title, Detail string
	// RequestID finds the request in the service's log.
	RequestID string
	// RetryAfter is how long the service asks to be left alone; below 0 it does not say.
	RetryAfter time.Duration
}

// Error gives status, detail and request id.
func (e *StatusError) Error() string {
	text := e.Detail
	if text == "" {
		text = http.StatusText(e.Status)
	}
	return fmt.Sprintf("the service answered %d: %s (request %s)", e.Status, text, e.RequestID)
}

// Temporary reports whether the same request may succeed later.
func (e *StatusError) Temporary() bool {
	switch e.Status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

func statusError(resp *http.Response, body []byte) *StatusError {
	e := &StatusError{Status: resp.StatusCode, RequestID: resp.Header.Get("X-Request-Id"), RetryAfter: retryAfter(resp.Header, time.Now())}
	var p struct{ Title, Detail string }
	if json.Unmarshal(body, &p) == nil { // a proxy's answer is not ours to read
		e.Title, e.Detail = p.Title, p.Detail
	}
	return e
}

// retryAfter reads seconds or a date; below 0: neither.
func retryAfter(h http.Header, now time.Time) time.Duration {
	v := h.Get("Retry-After")
	if s, err := strconv.Atoi(v); err == nil && s >= 0 {
		return time.Duration(s) * time.Second
	}
	if at, err := http.ParseTime(v); err == nil {
		return max(at.Sub(now), 0)
	}
	return -1
}

// do sends what makes gives until it is answered, refused for good, or the
// retries or the context are used up.
func (c *Client) do(ctx context.Context, makes func() (*http.Request, error)) ([]byte, error) {
	for try := 0; ; try++ {
		r, err := makes()
		if err != nil {
			return nil, err
		}
		body, err := c.once(r)
		if err == nil {
			return body, nil
		}
		wait, again := c.wait(try, err)
		if !again || ctx.Err() != nil {
			return nil, err
		}
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return nil, fmt.Errorf("%w, while waiting to try again after: %w", ctx.Err(), err)
		}
	}
}

// wait says how long to wait before trying again, if at all.
func (c *Client) wait(try int, err error) (time.Duration, bool) {
	if try >= c.opts.Retries || errors.Is(err, errAnswerSize) {
		return 0, false
	}
	// Clients that were refused together must not come back together.
	wait := c.opts.Backoff << min(try, 20)
	wait = wait/2 + rand.N(wait/2+1)
	var status *StatusError
	if errors.As(err, &status) {
		if !status.Temporary() {
			return 0, false
		}
		if status.RetryAfter >= 0 {
			wait += status.RetryAfter
		}
	}
	return wait, wait <= c.opts.MaxWait
}
