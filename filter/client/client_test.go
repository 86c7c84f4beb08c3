package client

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/lists"
)

// scripted answers with one handler after the other; the last one stays.
func scripted(t *testing.T, opts Options, answers ...http.HandlerFunc) (*Client, *atomic.Int64) {
	t.Helper()
	var n atomic.Int64
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		i := min(int(n.Add(1))-1, len(answers)-1)
		answers[i](w, r)
	}))
	t.Cleanup(srv.Close)
	c, err := New(srv.URL+"/", opts)
	if err != nil {
		t.Fatal(err)
	}
	return c, &n
}

func good(w http.ResponseWriter, r *http.Request) {
	_, _ = w.Write([]byte(`{"id":"` + r.URL.Query().Get("id") + `","verdict":"clean","content":"hello","content_type":"text/plain","removed_bytes":0,"categories":[],"blocks":[],"lists":"sha256:0","duration_seconds":0}`))
}

func refuse(status int, after string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if after != "" {
			w.Header().Set("Retry-After", after)
		}
		w.Header().Set("X-Request-Id", "r-1")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(`{"title":"t","detail":"in words"}`))
	}
}

func hangUp(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

var page = filter.Page{ID: "42", URL: "https://example.org/?a=b&c", ContentType: "text/plain", Body: []byte("hello")}

func TestRequest(t *testing.T) {
	var got *http.Request
	c, _ := scripted(t, Options{}, func(w http.ResponseWriter, r *http.Request) { got = r; good(w, r) })
	res, err := c.CleanWith(t.Context(), page, filter.Request{DryRun: true, Explain: true, Categories: []lists.Category{lists.Adult, lists.Pharma}})
	if err != nil || res.ID != "42" || string(res.Content) != "hello" || res.Verdict != filter.Clean {
		t.Fatalf("got %+v, %v", res, err)
	}
	q := got.URL.Query()
	if got.URL.Path != "/v1/filter" || q.Get("url") != page.URL || q.Get("dry_run") != "1" || q.Get("explain") != "1" || q.Get("categories") != "adult,pharma" {
		t.Errorf("asked for %s", got.URL)
	}
	if got.Header.Get("Content-Type") != "text/plain" || got.Header.Get("Accept") != "application/json" {
		t.Errorf("headers are %v", got.Header)
	}
}

func TestRetries(t *testing.T) {
	opts := Options{Backoff: time.Millisecond, Retries: 3}
	cases := []struct {
		name    string
		answers []http.HandlerFunc
		tries   int64
		ok      bool
	}{
		{"refused twice", []http.HandlerFunc{refuse(503, "0"), refuse(429, "0"), good}, 3, true},
		{"broken connection", []http.HandlerFunc{hangUp, good}, 2, true},
		{"always busy", []http.HandlerFunc{refuse(503, "0")}, 4, false},
		{"refused for good", []http.HandlerFunc{refuse(413, "0"), good}, 1, false},
		{"a fault of the service", []http.HandlerFunc{refuse(500, ""), good}, 1, false},
		{"asked to wait too long", []http.HandlerFunc{refuse(503, "3600"), good}, 1, false},
		{"a bad gateway", []http.HandlerFunc{refuse(502, ""), good}, 2, true},
	}
	for _, tc := range cases {
		c, n := scripted(t, opts, tc.answers...)
		_, err := c.Clean(t.Context(), page)
		if (err == nil) != tc.ok || n.Load() != tc.tries {
			t.Errorf("%s: got %v after %d tries, want ok %v after %d", tc.name, err, n.Load(), tc.ok, tc.tries)
		}
	}
}

func TestRetryAfterIsRespected(t *testing.T) {
	c, _ := scripted(t, Options{Backoff: time.Millisecond}, refuse(503, "1"), good)
	begin := time.Now()
	if _, err := c.Clean(t.Context(), page); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(begin); took < time.Second {
		t.Errorf("came back after %v, was told 1 s", took)
	}
}

func TestContextEndsTheWait(t *testing.T) {
	c, n := scripted(t, Options{}, refuse(503, "20"))
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	begin := time.Now()
	_, err := c.Clean(ctx, page)
	var status *StatusError
	if !errors.Is(err, context.DeadlineExceeded) || !errors.As(err, &status) || n.Load() != 1 || time.Since(begin) > 5*time.Second {
		t.Errorf("got %v after %d tries and %v", err, n.Load(), time.Since(begin))
	}
}

func TestErrorsSayWhatTheServiceSaid(t *testing.T) {
	c, _ := scripted(t, Options{Retries: -1}, refuse(503, "7"))
	_, err := c.Clean(t.Context(), page)
	var status *StatusError
	if !errors.As(err, &status) || status.Status != 503 || status.RetryAfter != 7*time.Second || status.RequestID != "r-1" || status.Title != "t" ||
		!strings.Contains(err.Error(), "in words") {
		t.Errorf("got %v", err)
	}
	c, _ = scripted(t, Options{MaxAnswer: 10}, good)
	if _, err := c.Clean(t.Context(), page); !errors.Is(err, errAnswerSize) {
		t.Errorf("a large answer: got %v", err)
	}
	c, _ = scripted(t, Options{}, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) })
	if _, err := c.Clean(t.Context(), page); err == nil {
		t.Error("an answer that is no JSON passed")
	}
}

func TestReady(t *testing.T) {
	c, n := scripted(t, Options{}, refuse(503, "1"), func(http.ResponseWriter, *http.Request) {})
	if err := c.Ready(t.Context()); err == nil || n.Load() != 1 {
		t.Errorf("got %v after %d tries", err, n.Load())
	}
	if err := c.Ready(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestAddresses(t *testing.T) {
	for _, bad := range []string{"", "localhost:8866", "ftp://x", "http://", "http://x:y"} {
		if _, err := New(bad, Options{}); err == nil {
			t.Errorf("%q passed", bad)
		}
	}
}

func TestRetryAfterForms(t *testing.T) {
	now := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	cases := map[string]time.Duration{"": -1, "5": 5 * time.Second, "-5": -1, "soon": -1,
		"Tue, 24 Nov 2026 00:00:09 GMT": 9 * time.Second, "Mon, 23 Nov 2026 00:00:09 GMT": 0}
	for v, want := range cases {
		if got := retryAfter(http.Header{"Retry-After": {v}}, now); got != want {
			t.Errorf("%q: got %v, want %v", v, got, want)
		}
	}
}
