package server

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/drosshq/dross/internal/metrics"
)

// response is a ResponseWriter that knows what was sent.
type response struct {
	http.ResponseWriter
	requestID string
	status    int
	bytes     int64
	closing   bool // the connection must not be used again after a problem
}

func (w *response) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *response) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(p)
	w.bytes += int64(n)
	return n, err
}

// Unwrap is for http.ResponseController.
func (w *response) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *response) started() bool { return w.status != 0 }

// setCommon sets the headers of every answer.
func (w *response) setCommon() {
	h := w.Header()
	h["X-Request-Id"] = []string{w.requestID}
	h["X-Content-Type-Options"] = noSniff
	h["Cache-Control"] = noStore
}

// answer serves one request from its head to its metrics.
func (s *Server) answer(rw http.ResponseWriter, r *http.Request, rt route, known bool) {
	start := time.Now()
	w := &response{ResponseWriter: rw, requestID: requestID(r)}
	w.setCommon()
	s.setDeadlines(rw, start)
	aborted := true
	defer func() {
		status := w.status
		if aborted {
			status = statusClientGone
		}
		took := time.Since(start)
		s.opts.Metrics.Request(rt.name, status, took)
		s.logRequest(w, r.Method, rt, status, took)
	}()
	if err := s.dispatch(w, r, rt, known); err != nil {
		s.fail(w, r, rt, err)
	} else if !w.started() {
		w.WriteHeader(http.StatusOK)
	}
	aborted = false
}

// logRequest writes the line of a request. It looks at the level first, since
// the arguments alone cost more than the rest of this path.
func (s *Server) logRequest(w *response, method string, rt route, status int, took time.Duration) {
	if s.opts.Logger.Enabled(context.Background(), slog.LevelDebug) {
		s.opts.Logger.Debug("request", "handler", rt.name, "method", clip(method), "status", status,
			"request_id", w.requestID, "sent_bytes", w.bytes, "duration_seconds", took.Seconds())
	}
}

// setDeadlines bounds the connection for this request; streams move them on.
func (s *Server) setDeadlines(rw http.ResponseWriter, start time.Time) {
	rc := http.NewResponseController(rw)
	// A writer without deadlines is one of a test; there is nothing to bound.
	_ = rc.SetReadDeadline(start.Add(s.limits.RequestTimeout))
	_ = rc.SetWriteDeadline(start.Add(s.limits.RequestTimeout + s.limits.QueueTimeout))
}

func (s *Server) dispatch(w *response, r *http.Request, rt route, known bool) (err error) {
	if !known {
		return problemf(http.StatusNotFound, "", "there is nothing at this path")
	}
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	h, ok := rt.methods[method]
	if !ok {
		return notAllowed(r.Method, rt)
	}
	defer func() {
		if p := recover(); p != nil {
			err = s.recovered(p)
		}
	}()
	return h(w, r)
}

func notAllowed(method string, rt route) error {
	var allow []string
	for m := range rt.methods {
		allow = append(allow, m)
		if m == http.MethodGet {
			allow = append(allow, http.MethodHead)
		}
	}
	slices.Sort(allow)
	e := problemf(http.StatusMethodNotAllowed, "", "method %s is not allowed here, use %s", clip(method), strings.Join(allow, " or "))
	e.header = map[string]string{"Allow": strings.Join(allow, ", ")}
	return e
}

// recovered turns a panic into an error. Its text may hold page text, so only
// that of the Go runtime is kept.
func (s *Server) recovered(p any) error {
	if p == http.ErrAbortHandler { //nolint:errorlint // the server compares it this way
		panic(p)
	}
	s.opts.Metrics.Panic()
	cause := fmt.Errorf("panic of type %T", p)
	var re runtime.Error
	if err, ok := p.(error); ok && errors.As(err, &re) {
		cause = fmt.Errorf("panic: %w", re)
	}
	s.opts.Logger.Error("panic", "err", cause, "stack", string(debug.Stack()))
	return &statusError{status: http.StatusInternalServerError, reason: metrics.ReasonPanic, detail: "internal error", cause: cause}
}

// fail answers with an error, counts it and logs it once.
func (s *Server) fail(w *response, r *http.Request, rt route, err error) {
	e := toStatus(err)
	pages := rt.name == "filter" || rt.name == "batch"
	switch {
	case pages && e.reason == metrics.ReasonOverload:
		s.opts.Metrics.Shed()
	case pages && e.reason != "":
		s.opts.Metrics.PageError(e.reason)
	}
	level := slog.LevelDebug
	if e.status == http.StatusInternalServerError {
		level = slog.LevelError
	}
	s.opts.Logger.Log(context.Background(), level, "request failed", "handler", rt.name, "status", e.status, "err", err, "request_id", w.requestID)
	if e.status == statusClientGone {
		panic(http.ErrAbortHandler)
	}
	if e.reason == metrics.ReasonOverload && drainable(r) {
		_ = http.NewResponseController(w).EnableFullDuplex() // writers of tests have none
		defer s.drain(w, r.Body)
	}
	writeProblem(w, e)
}

// requestID is the client's, where it is harmless, or a new one.
func requestID(r *http.Request) string {
	id := r.Header.Get("X-Request-Id")
	if id == "" || len(id) > 128 || strings.ContainsFunc(id, func(c rune) bool { return c <= ' ' || c > '~' }) {
		return rand.Text()
	}
	return id
}

// clip shortens what a client sent before it is shown.
func clip(s string) string {
	const most = 64
	if len(s) > most {
		s = s[:most] + "..."
	}
	return strings.ToValidUTF8(s, "?")
}
