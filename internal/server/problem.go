package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/internal/metrics"
)

// Problem is the body of an error answer (RFC 9457).
type Problem struct {
	// Type is "about:blank": the status says what kind of problem it is.
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	// Detail says what is wrong with this request, for a person.
	Detail string `json:"detail,omitempty"`
	// RequestID finds the request in the log.
	RequestID string `json:"request_id,omitempty"`
	// Limit and Max name a limit that was passed and its value in bytes.
	Limit string `json:"limit,omitempty"`
	Max   int64  `json:"max,omitempty"`
}

// statusError is an error with its public face.
type statusError struct {
	status int
	// detail is for the client.
	detail string
	reason metrics.Reason
	// cause is for the log.
	cause      error
	limit      string
	max        int64
	retryAfter time.Duration
	header     map[string]string
}

func (e *statusError) Error() string {
	if e.cause == nil {
		return e.detail
	}
	return e.detail + ": " + e.cause.Error()
}

func (e *statusError) Unwrap() error { return e.cause }

// statusClientGone is never sent: it marks requests whose client left, in logs and metrics.
const statusClientGone = 499

func problemf(status int, reason metrics.Reason, format string, args ...any) *statusError {
	return &statusError{status: status, reason: reason, detail: fmt.Sprintf(format, args...)}
}

func overload(cause error) *statusError {
	return &statusError{
		status: http.StatusServiceUnavailable, reason: metrics.ReasonOverload, retryAfter: time.Second,
		detail: "the service is working at its capacity; try again later", cause: cause,
	}
}

func tooLarge(what, limit string, limitBytes int64) *statusError {
	return &statusError{
		status: http.StatusRequestEntityTooLarge, reason: metrics.ReasonTooLarge, limit: limit, max: limitBytes,
		detail: fmt.Sprintf("%s is over the limit of %d bytes (%s)", what, limitBytes, limit),
	}
}

// toStatus finds the public face of any error.
func toStatus(err error) *statusError {
	var known *statusError
	var limit *filter.LimitError
	switch {
	case errors.As(err, &known):
		return known
	case errors.Is(err, errBusy), errors.Is(err, errMemory):
		return overload(err)
	case errors.As(err, &limit):
		return limitProblem(limit)
	case errors.Is(err, filter.ErrContentType):
		return problemf(http.StatusUnsupportedMediaType, metrics.ReasonContentType, "%v", err)
	case errors.Is(err, context.Canceled):
		return &statusError{status: statusClientGone, reason: metrics.ReasonCanceled, detail: "the client left", cause: err}
	case errors.Is(err, context.DeadlineExceeded):
		return &statusError{status: http.StatusServiceUnavailable, reason: metrics.ReasonTimeout, retryAfter: time.Second,
			detail: "the page was not judged in the time of a request", cause: err}
	case errors.Is(err, os.ErrDeadlineExceeded):
		return problemf(http.StatusRequestTimeout, metrics.ReasonTimeout, "the body did not arrive in the time of a request")
	}
	return &statusError{status: http.StatusInternalServerError, reason: metrics.ReasonInternal, detail: "internal error", cause: err}
}

func limitProblem(e *filter.LimitError) *statusError {
	status := http.StatusUnprocessableEntity
	if e.Unit == "bytes" {
		status = http.StatusRequestEntityTooLarge
	}
	p := problemf(status, metrics.ReasonTooLarge, "%v", e)
	p.limit, p.max = e.Limit, int64(e.Max)
	return p
}

// writeProblem answers with an error, unless an answer is under way already.
func writeProblem(w *response, e *statusError) {
	if w.started() {
		panic(http.ErrAbortHandler) // the client must not take half an answer for a whole one
	}
	p := Problem{
		Type: "about:blank", Title: http.StatusText(e.status), Status: e.status,
		Detail: e.detail, RequestID: w.requestID, Limit: e.limit, Max: e.max,
	}
	body, err := json.Marshal(p)
	if err != nil {
		body = []byte(`{"title":"Internal Server Error","status":500}`) // plain strings and numbers always encode
	}
	h := w.Header()
	clear(h)
	for k, v := range e.header {
		h.Set(k, v)
	}
	if e.retryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(int((e.retryAfter+time.Second-1)/time.Second)))
	}
	w.setCommon()
	if w.closing {
		h.Set("Connection", "close")
	}
	h.Set("Content-Type", "application/problem+json")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(e.status)
	_, _ = w.Write(body) // a client that left misses nothing
}
