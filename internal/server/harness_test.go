package server

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/internal/metrics"
	"github.com/drosshq/dross/internal/server/apitest"
	"github.com/drosshq/dross/lists"
)

// testSet is a small set of neutral invented terms.
func testSet(t testing.TB) *lists.Set {
	t.Helper()
	l, err := lists.Parse("test.txt", strings.NewReader(
		"@category gambling\n@lang en\n@source test\nstrong zorblat casino\nstrong quuxle slots\nstrong frobnix bonus\nfirm glorp betting\n"))
	if err != nil {
		t.Fatal(err)
	}
	set, err := lists.NewSet(l)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// spam is a line that the set above removes, article one it leaves.
const (
	spam    = "zorblat casino, quuxle slots, frobnix bonus, glorp betting, zorblat casino, quuxle slots\n"
	article = "The association met on Tuesday and agreed on the dates of the autumn fair.\nMembers may send their proposals until the end of the month.\n"
)

// judgeFunc is a judge of a test's own making.
type judgeFunc struct {
	set   *lists.Set
	clean func(ctx context.Context, p filter.Page, how filter.Request) (filter.Result, error)
}

func (j judgeFunc) Lists() *lists.Set { return j.set }
func (j judgeFunc) CleanWith(ctx context.Context, p filter.Page, how filter.Request) (filter.Result, error) {
	return j.clean(ctx, p, how)
}

// fakeStrip removes the first line of a page that holds "zorblat": the part of
// the filter that these tests need, so that they say something about the
// service alone. The tests of package app use the real one.
func fakeStrip(_ context.Context, p filter.Page, how filter.Request) (filter.Result, error) {
	res := filter.Result{ID: p.ID, URL: p.URL, Verdict: filter.Clean, Content: p.Body, ContentType: p.ContentType, Lists: "sha256:00"}
	end := bytes.IndexByte(p.Body, '\n') + 1
	if !bytes.Contains(p.Body[:end], []byte("zorblat")) {
		return res, nil
	}
	res.Verdict, res.RemovedBytes, res.Categories = filter.Stripped, end, []lists.Category{lists.Gambling}
	res.Blocks = []filter.Block{{End: end, Action: filter.Removed, Zone: filter.ZoneLine, Category: lists.Gambling, Score: 9, Threshold: 5, Density: 1}}
	if !how.DryRun {
		res.Content = p.Body[end:]
	}
	return res, nil
}

// service is a server under test.
type service struct {
	*httptest.Server
	server  *Server
	reg     *prometheus.Registry
	log     *syncBuffer
	api     *apitest.Transport
	client  *http.Client
	judgeMu sync.Mutex
	judge   Judge
}

type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func (s *service) setJudge(j Judge) {
	s.judgeMu.Lock()
	defer s.judgeMu.Unlock()
	s.judge = j
}

func (s *service) currentJudge() Judge {
	s.judgeMu.Lock()
	defer s.judgeMu.Unlock()
	return s.judge
}

// start serves with a fake judge; change may alter the options.
func start(t testing.TB, change func(*Options)) *service {
	t.Helper()
	s := &service{reg: prometheus.NewRegistry(), log: &syncBuffer{}}
	s.judge = judgeFunc{testSet(t), fakeStrip}
	m, err := metrics.New(s.reg)
	if err != nil {
		t.Fatal(err)
	}
	opts := Options{
		Judge: s.currentJudge, Metrics: m, Gatherer: s.reg,
		Logger: slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelInfo})),
		Limits: Limits{Concurrency: 2, RequestTimeout: 5 * time.Second},
	}
	if change != nil {
		change(&opts)
	}
	s.server = New(opts)
	s.Server = httptest.NewUnstartedServer(s.server)
	s.Config.Protocols = new(http.Protocols)
	s.Config.Protocols.SetHTTP1(true)
	s.Config.Protocols.SetUnencryptedHTTP2(true)
	s.Start()
	if s.api, err = apitest.New(OpenAPI(), &http.Transport{DisableCompression: true}); err != nil {
		t.Fatal(err)
	}
	s.client = &http.Client{Transport: s.api}
	t.Cleanup(func() {
		s.Server.Close()
		s.server.Close()
		if held := s.server.memory.used.Load(); held != 0 {
			t.Errorf("%d bytes of body memory were not given back", held)
		}
	})
	return s
}

// send makes a request; headers are "Name: value".
func (s *service) send(t testing.TB, method, path string, body io.Reader, headers ...string) (*http.Response, []byte) {
	t.Helper()
	r, err := http.NewRequest(method, s.URL+path, body)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	resp, err := s.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, b
}

const textPlain = "Content-Type: text/plain; charset=utf-8"

// value reads a metric without labels, or the sum over its labels.
func (s *service) value(t testing.TB, name string) float64 {
	t.Helper()
	families, err := s.reg.Gather()
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, f := range families {
		if f.GetName() != name {
			continue
		}
		for _, m := range f.GetMetric() {
			sum += m.GetCounter().GetValue() + m.GetGauge().GetValue()
		}
	}
	return sum
}
