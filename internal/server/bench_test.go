package server

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/internal/metrics"
)

// discard is a ResponseWriter that costs nothing.
type discard struct {
	header http.Header
	status int
}

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) Write(p []byte) (int, error) { return len(p), nil }
func (d *discard) WriteHeader(status int)      { d.status = status }

// BenchmarkFilter is what the service spends on a clean page of 20 KB besides
// judging it, and besides the connection.
func BenchmarkFilter(b *testing.B) {
	m, err := metrics.New(prometheus.NewRegistry())
	if err != nil {
		b.Fatal(err)
	}
	pass := func(_ context.Context, p filter.Page, _ filter.Request) (filter.Result, error) {
		return filter.Result{Verdict: filter.Clean, Content: p.Body, ContentType: p.ContentType}, nil
	}
	judge := judgeFunc{testSet(b), pass}
	s := New(Options{
		Judge: func() Judge { return judge }, Metrics: m,
		Logger: slog.New(slog.NewTextHandler(io.Discard, &slog.HandlerOptions{Level: slog.LevelInfo})),
	})
	defer s.Close()
	page := []byte(strings.Repeat("<p>The garden is open.</p>\n", 20<<10/27))
	body := bytes.NewReader(page)
	r := httptest.NewRequest(http.MethodPost, "/v1/filter", nil)
	r.Header.Set("Content-Type", "text/html; charset=utf-8")
	r.Body, r.ContentLength = io.NopCloser(body), int64(len(page))
	w := &discard{header: http.Header{}}
	b.ReportAllocs()
	for b.Loop() {
		body.Reset(page)
		clear(w.header)
		s.ServeHTTP(w, r)
		if w.status != http.StatusOK {
			b.Fatalf("answered %d", w.status)
		}
	}
}
