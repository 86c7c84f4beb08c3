// Package transport filters pages between the network and a crawler: it is an
// http.RoundTripper, so it serves colly and everything else on net/http.
//
//	c := colly.NewCollector()
//	c.WithTransport(&transport.Transport{URL: "http://127.0.0.1:8866"})
package transport

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// OnFailure says what becomes of a page that could not be filtered.
type OnFailure string

// The choices.
const (
	// FailClosed: the request fails with an *UnavailableError.
	FailClosed OnFailure = "fail_closed"
	// FailOpen: the page is handed on as it came, with the header Dross-Unfiltered: 1.
	FailOpen OnFailure = "fail_open"
)

// ErrRejected says that a page is wholly spam.
var ErrRejected = errors.New("dross: the page is wholly spam")

// UnavailableError says why a page could not be filtered.
type UnavailableError struct {
	// Status is the answer of dross; 0: there was none.
	Status int
	Err    error
}

// Error gives the reason in one line.
func (e *UnavailableError) Error() string {
	if e.Status != 0 {
		return fmt.Sprintf("dross answers %d", e.Status)
	}
	return "dross is not reached: " + e.Err.Error()
}

// Unwrap returns Err.
func (e *UnavailableError) Unwrap() error { return e.Err }

// Transport fetches through Base and filters pages through the dross at URL. Its
// fields must not change once it is in use; it is safe for concurrent use then.
type Transport struct {
	// URL is where dross listens, such as http://127.0.0.1:8866.
	URL string
	// OnFailure is FailClosed unless it is FailOpen.
	OnFailure OnFailure
	// Retries are the attempts after the first while dross is away or busy.
	Retries int
	// Timeout is for one attempt; 0: 10 s.
	Timeout time.Duration
	// Base fetches pages, and Filter talks to dross; nil: http.DefaultTransport.
	Base, Filter http.RoundTripper
}

// longestWait bounds what Retry-After can ask for.
const longestWait = 10 * time.Second

// RoundTrip fetches a page and replaces its body by what dross leaves of it.
func (t *Transport) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := orDefault(t.Base).RoundTrip(req)
	if err != nil || req.Method == http.MethodHead || !isPage(resp.Header.Get("Content-Type")) {
		return resp, err
	}
	body, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if err != nil {
		return nil, fmt.Errorf("reading the page: %w", err)
	}
	setBody(resp, body)
	if len(body) == 0 {
		return resp, nil
	}
	answer, err := t.filter(req.Context(), body, resp.Header)
	switch {
	case err != nil && t.OnFailure == FailOpen:
		resp.Header.Set("Dross-Unfiltered", "1")
	case err != nil:
		return nil, err
	case answer.verdict == "rejected":
		return nil, ErrRejected
	case answer.verdict == "stripped":
		resp.Header.Del("Content-Encoding") // dross has undone it
		setBody(resp, answer.body)
	}
	return resp, nil
}

func orDefault(rt http.RoundTripper) http.RoundTripper {
	if rt == nil {
		return http.DefaultTransport
	}
	return rt
}

func setBody(resp *http.Response, b []byte) {
	resp.Body = io.NopCloser(bytes.NewReader(b))
	resp.ContentLength = int64(len(b))
	resp.Header.Set("Content-Length", strconv.Itoa(len(b)))
}

// isPage reports whether dross judges the type; without one it finds out itself.
func isPage(contentType string) bool {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		media = strings.ToLower(strings.TrimSpace(strings.Split(contentType, ";")[0]))
	}
	switch media {
	case "", "text/html", "application/xhtml+xml", "text/plain", "text/markdown":
		return true
	}
	return false
}

type answer struct {
	verdict string
	body    []byte
}

// filter asks dross, again while it is away or busy.
func (t *Transport) filter(ctx context.Context, body []byte, page http.Header) (*answer, error) {
	for attempt := 0; ; attempt++ {
		a, wait, err := t.post(ctx, body, page)
		var e *UnavailableError
		final := errors.As(err, &e) && e.Status != 0 && e.Status != http.StatusTooManyRequests && e.Status != http.StatusServiceUnavailable
		if err == nil || final || attempt >= t.Retries {
			return a, err
		}
		if wait == 0 {
			wait = 200 * time.Millisecond << attempt
		}
		select {
		case <-time.After(min(wait, longestWait)):
		case <-ctx.Done():
			return nil, &UnavailableError{Err: ctx.Err()}
		}
	}
}

// post sends the page once. It also returns how long dross asks to wait.
func (t *Transport) post(ctx context.Context, body []byte, page http.Header) (*answer, time.Duration, error) {
	timeout := t.Timeout
	if timeout == 0 {
		timeout = 10 * time.Second
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimRight(t.URL, "/")+"/v1/filter", bytes.NewReader(body))
	if err != nil {
		return nil, 0, &UnavailableError{Err: err}
	}
	for _, name := range []string{"Content-Type", "Content-Encoding"} {
		if v := page.Get(name); v != "" {
			req.Header.Set(name, v)
		}
	}
	req.Header.Set("Prefer", "return=minimal")
	req.Header.Set("Accept-Encoding", "identity")
	resp, err := orDefault(t.Filter).RoundTrip(req)
	if err != nil {
		return nil, 0, &UnavailableError{Err: err}
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, 0, &UnavailableError{Err: err}
	}
	if resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusNoContent {
		seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After")) // a fault means no wish
		return nil, time.Duration(seconds) * time.Second, &UnavailableError{Status: resp.StatusCode}
	}
	return &answer{resp.Header.Get("Dross-Verdict"), b}, 0, nil
}
