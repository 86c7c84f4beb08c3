package server

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/drosshq/dross/filter"
)

// gated is a judge that holds every page until its gate opens.
type gated struct {
	gate    chan struct{}
	inside  atomic.Int64
	stopped atomic.Int64
}

func (g *gated) judge(t testing.TB) Judge {
	return judgeFunc{testSet(t), func(ctx context.Context, p filter.Page, how filter.Request) (filter.Result, error) {
		g.inside.Add(1)
		defer g.inside.Add(-1)
		select {
		case <-g.gate:
			return fakeStrip(ctx, p, how)
		case <-ctx.Done():
			g.stopped.Add(1)
			return filter.Result{}, ctx.Err()
		}
	}}
}

// TestOverloadIsRefusedAtOnce fills slots and queue; the next page is refused
// without a wait, and those that were taken in are all answered.
func TestOverloadIsRefusedAtOnce(t *testing.T) {
	s := start(t, func(o *Options) { o.Limits.Concurrency, o.Limits.Queue, o.Limits.QueueTimeout = 2, 3, 5*time.Second })
	g := &gated{gate: make(chan struct{})}
	s.setJudge(g.judge(t))
	codes := make(chan int, 5)
	for range 5 {
		go func() {
			resp, err := http.Post(s.URL+"/v1/filter", "text/plain", strings.NewReader(article))
			if err != nil {
				codes <- 0
				return
			}
			_ = resp.Body.Close()
			codes <- resp.StatusCode
		}()
	}
	waitFor(t, "two inside and three waiting", func() bool { return g.inside.Load() == 2 && s.server.slots.waiting.Load() == 3 })
	begin := time.Now()
	resp, body := s.send(t, "POST", "/v1/filter", strings.NewReader(article), textPlain)
	if took := time.Since(begin); resp.StatusCode != 503 || resp.Header.Get("Retry-After") == "" || took > time.Second {
		t.Errorf("got %d, Retry-After %q after %v: %s", resp.StatusCode, resp.Header.Get("Retry-After"), took, body)
	}
	close(g.gate)
	for range 5 {
		if code := <-codes; code != 200 {
			t.Errorf("a page that was taken in got %d", code)
		}
	}
	if got := s.value(t, "dross_pages_shed_total"); got != 1 {
		t.Errorf("%v pages are counted as shed, want 1", got)
	}
}

// TestRefusalDoesNotWaitForTheBody: a sender that is slow learns at once too,
// and the connection serves what comes behind the body.
func TestRefusalDoesNotWaitForTheBody(t *testing.T) {
	s := start(t, func(o *Options) { o.Limits.Concurrency, o.Limits.Queue = 1, 1 })
	s.server.slots.slots <- struct{}{}
	s.server.slots.waiting.Add(1)
	defer func() { s.server.slots.release(); s.server.slots.waiting.Add(-1) }()
	for _, expect := range []string{"", "Expect: 100-continue\r\n"} {
		c, err := net.Dial("tcp", s.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		_ = c.SetDeadline(time.Now().Add(3 * time.Second))
		fmt.Fprintf(c, "POST /v1/filter HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n%sContent-Length: 1000\r\n\r\n", expect)
		r := bufio.NewReader(c)
		resp, err := http.ReadResponse(r, nil)
		if err != nil {
			t.Fatalf("%q: %v", expect, err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		if resp.StatusCode != 503 || resp.Header.Get("Retry-After") != "1" {
			t.Errorf("%q: got %s", expect, resp.Status)
		}
		if expect != "" && resp.Close {
			continue // a client that waits may or may not send the body: neither can be read on
		}
		fmt.Fprintf(c, "%sGET /livez HTTP/1.1\r\nHost: x\r\n\r\n", strings.Repeat("x", 1000))
		if resp, err = http.ReadResponse(r, nil); err != nil || resp.StatusCode != 200 {
			t.Errorf("%q: behind the body: %v %v", expect, resp, err)
		}
	}
}

func TestWaitInTheQueueEnds(t *testing.T) {
	s := start(t, func(o *Options) { o.Limits.Concurrency, o.Limits.QueueTimeout = 1, 30*time.Millisecond })
	g := &gated{gate: make(chan struct{})}
	s.setJudge(g.judge(t))
	done := make(chan struct{})
	go func() {
		defer close(done)
		if resp, err := http.Post(s.URL+"/v1/filter", "text/plain", strings.NewReader(article)); err == nil {
			_ = resp.Body.Close()
		}
	}()
	waitFor(t, "one inside", func() bool { return g.inside.Load() == 1 })
	if resp, _ := s.send(t, "POST", "/v1/filter", strings.NewReader(article), textPlain); resp.StatusCode != 503 {
		t.Errorf("got %d", resp.StatusCode)
	}
	close(g.gate)
	<-done
}

func TestTimeLimitOfARequest(t *testing.T) {
	s := start(t, func(o *Options) { o.Limits.RequestTimeout = 50 * time.Millisecond })
	g := &gated{gate: make(chan struct{})}
	s.setJudge(g.judge(t))
	resp, body := s.send(t, "POST", "/v1/filter", strings.NewReader(article), textPlain)
	if resp.StatusCode != 503 || !strings.Contains(string(body), "time of a request") {
		t.Errorf("got %d %s", resp.StatusCode, body)
	}
}

func TestSlowBodyEnds(t *testing.T) {
	s := start(t, func(o *Options) { o.Limits.RequestTimeout = 100 * time.Millisecond })
	pr, pw := io.Pipe()
	go func() { _, _ = pw.Write([]byte("a little")) }()
	defer pw.Close()
	r, _ := http.NewRequest("POST", s.URL+"/v1/filter", pr)
	r.Header.Set("Content-Type", "text/plain")
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != 408 {
		t.Errorf("got %d, want 408", resp.StatusCode)
	}
}

// TestGoneClientsStopTheirWork: the judge is told, and the slot is free again.
func TestGoneClientsStopTheirWork(t *testing.T) {
	s := start(t, func(o *Options) { o.Limits.Concurrency = 1 })
	g := &gated{gate: make(chan struct{})}
	s.setJudge(g.judge(t))
	ctx, leave := context.WithCancel(context.Background())
	r, _ := http.NewRequestWithContext(ctx, "POST", s.URL+"/v1/filter", strings.NewReader(article))
	r.Header.Set("Content-Type", "text/plain")
	go func() {
		waitFor(t, "one inside", func() bool { return g.inside.Load() == 1 })
		leave()
	}()
	if resp, err := http.DefaultTransport.RoundTrip(r); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, %v", resp, err)
	}
	waitFor(t, "work stopped", func() bool { return g.stopped.Load() == 1 && len(s.server.slots.slots) == 0 })
}

// TestMemoryIsBounded sends more than the budget holds at once, slowly.
func TestMemoryIsBounded(t *testing.T) {
	const page = 1 << 20
	s := start(t, func(o *Options) { o.Limits.BodyMemory, o.Limits.PageSize = 4*page, page })
	var wg sync.WaitGroup
	var shed, most atomic.Int64
	stop := make(chan struct{})
	for range 16 {
		wg.Go(func() {
			pr, pw := io.Pipe()
			go func() {
				_, _ = pw.Write(bytes.Repeat([]byte("x"), page-1))
				<-stop
				_ = pw.Close()
			}()
			resp, err := http.Post(s.URL+"/v1/filter", "text/plain", pr)
			if err == nil {
				if resp.StatusCode == 503 {
					shed.Add(1)
				}
				_ = resp.Body.Close()
			}
		})
	}
	waitFor(t, "some refused", func() bool {
		most.Store(max(most.Load(), s.server.memory.used.Load()))
		return shed.Load() >= 10
	})
	close(stop)
	wg.Wait()
	if most.Load() > 4*page {
		t.Errorf("bodies held %d bytes, the limit is %d", most.Load(), 4*page)
	}
}

func TestBatchKeepsOrderAndGoesOn(t *testing.T) {
	s := start(t, nil)
	var in bytes.Buffer
	for i := range 500 {
		switch i % 10 {
		case 3:
			in.WriteString("not json\n")
		case 7:
			fmt.Fprintf(&in, `{"id":%d,"content_base64":"%%%%"}`+"\n", i)
		default:
			fmt.Fprintf(&in, `{"id":%d,"content_type":"text/plain","content":"zorblat\nline %d\n"}`+"\n", i, i)
		}
	}
	for coding := range encodings {
		resp, body := s.send(t, "POST", "/v1/batch", bytes.NewReader(encode(t, coding, in.Bytes())),
			"Content-Type: application/x-ndjson", "Content-Encoding: "+coding, "Accept-Encoding: "+coding)
		body = decode(t, coding, body)
		lines := strings.Split(strings.TrimSpace(string(body)), "\n")
		if resp.StatusCode != 200 || len(lines) != 500 {
			t.Fatalf("%s: got %d and %d lines", coding, resp.StatusCode, len(lines))
		}
		for i, l := range lines {
			want := fmt.Sprintf(`{"id":%d,"verdict":"stripped"`, i)
			switch i % 10 {
			case 3:
				want = `{"id":null,"error":{"code":"bad_json"`
			case 7:
				want = fmt.Sprintf(`{"id":%d,"error":{"code":"bad_base64"`, i)
			}
			if !strings.HasPrefix(l, want) {
				t.Fatalf("%s: line %d is %.80s, want %s", coding, i, l, want)
			}
		}
	}
	if got := s.value(t, "dross_page_errors_total"); got != 300 {
		t.Errorf("%v page errors are counted, want 300", got)
	}
}

// TestBatchStreams sends a record only after the answer to the one before.
func TestBatchStreams(t *testing.T) {
	s := start(t, nil)
	for _, version := range []int{1, 2} {
		p := new(http.Protocols)
		p.SetHTTP1(version == 1)
		p.SetUnencryptedHTTP2(version == 2)
		tr := &http.Transport{Protocols: p}
		pr, pw := io.Pipe()
		go func() { _, _ = pw.Write([]byte(`{"id":0,"content":"x"}` + "\n")) }()
		resp, err := (&http.Client{Transport: tr}).Post(s.URL+"/v1/batch", "application/x-ndjson", pr)
		if err != nil {
			t.Fatal(err)
		}
		buf := make([]byte, 4096)
		for i := 1; i <= 5; i++ {
			n, err := resp.Body.Read(buf)
			if err != nil || !strings.HasPrefix(string(buf[:n]), fmt.Sprintf(`{"id":%d,`, i-1)) {
				t.Fatalf("HTTP/%d: answer %d is %q, %v", version, i-1, buf[:n], err)
			}
			fmt.Fprintf(pw, `{"id":%d,"content":"x"}`+"\n", i)
		}
		_ = pw.Close()
		rest, err := io.ReadAll(resp.Body)
		if err != nil || bytes.Count(rest, []byte("\n")) != 1 {
			t.Errorf("HTTP/%d: the end is %q, %v", version, rest, err)
		}
		_ = resp.Body.Close()
		tr.CloseIdleConnections()
	}
}

// TestBatchOfASlowReader: what is under way stays bounded, and the stream ends
// when nothing is read for too long.
func TestBatchOfASlowReader(t *testing.T) {
	s := start(t, func(o *Options) { o.Limits.BatchIdle, o.Limits.RecordSize = 300*time.Millisecond, 256<<10 })
	var judged atomic.Int64
	s.setJudge(judgeFunc{testSet(t), func(ctx context.Context, p filter.Page, how filter.Request) (filter.Result, error) {
		judged.Add(1)
		return fakeStrip(ctx, p, how)
	}})
	conn, err := net.Dial("tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST /v1/batch HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nContent-Length: 1000000000\r\n\r\n")
	record := `{"content":"` + strings.Repeat("x", 100<<10) + "\"}\n"
	sent := 0
	for range 10000 {
		_ = conn.SetWriteDeadline(time.Now().Add(2 * time.Second))
		if _, err := io.WriteString(conn, record); err != nil {
			break
		}
		sent++
	}
	if sent == 10000 {
		t.Fatal("a reader that does not read never stopped the stream")
	}
	waitFor(t, "the stream's end", func() bool { return len(s.server.batches) == 0 })
	if n := judged.Load(); n > 300 {
		t.Errorf("%d records of 100 KiB were judged for a reader that reads none", n)
	}
}

func TestBatchClientLeaves(t *testing.T) {
	s := start(t, nil)
	g := &gated{gate: make(chan struct{})}
	s.setJudge(g.judge(t))
	ctx, leave := context.WithCancel(context.Background())
	pr, pw := io.Pipe()
	go func() { _, _ = pw.Write([]byte(`{"id":0,"content":"x"}` + "\n")) }()
	go func() {
		waitFor(t, "one inside", func() bool { return g.inside.Load() == 1 })
		leave()
		_ = pw.CloseWithError(context.Canceled) // the client's transport waits for its body
	}()
	r, _ := http.NewRequestWithContext(ctx, "POST", s.URL+"/v1/batch", pr)
	if resp, err := http.DefaultTransport.RoundTrip(r); err == nil {
		t.Fatalf("got %v", resp.Status)
	}
	waitFor(t, "the stream's end", func() bool { return len(s.server.batches) == 0 && g.inside.Load() == 0 })
}

// TestBatchOfRubbish: however much of it is still to come, the client gets the
// answer, and the connection ends in good order.
func TestBatchOfRubbish(t *testing.T) {
	faults := &syncBuffer{}
	s := start(t, nil)
	s.Config.ErrorLog = log.New(faults, "", 0)
	for _, size := range []int{100, 5000, 200 << 10, 5 << 20} {
		resp, err := http.Post(s.URL+"/v1/batch?explain=1", typeNDJSON, strings.NewReader(strings.Repeat("x", size)))
		if err != nil || resp.StatusCode != 200 { // a bad record is no fault of the stream
			t.Fatalf("%d bytes: %v %v", size, resp, err)
		}
		_ = resp.Body.Close()
		r, _ := http.NewRequest("POST", s.URL+"/v1/batch", strings.NewReader(strings.Repeat("x", size)))
		r.Header.Set("Content-Encoding", "gzip")
		if resp, err = http.DefaultClient.Do(r); err != nil || resp.StatusCode != 400 {
			t.Fatalf("%d bytes that are no gzip: %v %v", size, resp, err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
	}
	if log := faults.String(); log != "" {
		t.Errorf("net/http complains: %.500s", log)
	}
}

func TestTooManyBatches(t *testing.T) {
	s := start(t, func(o *Options) { o.Limits.Batches = 1 })
	pr, pw := io.Pipe()
	go func() {
		if resp, err := http.Post(s.URL+"/v1/batch", "application/x-ndjson", pr); err == nil {
			_ = resp.Body.Close()
		}
	}()
	waitFor(t, "one stream", func() bool { return len(s.server.batches) == 1 })
	resp, _ := s.send(t, "POST", "/v1/batch", strings.NewReader("{}\n"), "Content-Type: application/x-ndjson")
	if resp.StatusCode != 503 || resp.Header.Get("Retry-After") == "" {
		t.Errorf("got %d", resp.StatusCode)
	}
	_ = pw.Close()
	waitFor(t, "the stream's end", func() bool { return len(s.server.batches) == 0 })
}

// TestBrokenBatchIsNotWhole: a body that breaks off after some results gives an
// answer that is visibly cut short.
func TestBrokenBatchIsNotWhole(t *testing.T) {
	s := start(t, nil)
	whole := encode(t, "gzip", bytes.Repeat([]byte(`{"id":0,"content":"some words of a page"}`+"\n"), 20000))
	r, _ := http.NewRequest("POST", s.URL+"/v1/batch", bytes.NewReader(whole[:len(whole)/2]))
	r.Header.Set("Content-Type", "application/x-ndjson")
	r.Header.Set("Content-Encoding", "gzip")
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return // cut before its head came through
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if resp.StatusCode == 200 && err == nil {
		t.Errorf("a torn stream gave a whole answer of %d lines", bytes.Count(body, []byte("\n")))
	}
}

func TestShadowCountsDifferences(t *testing.T) {
	other := judgeFunc{testSet(t), func(_ context.Context, p filter.Page, _ filter.Request) (filter.Result, error) {
		if bytes.Contains(p.Body, []byte("boom")) {
			panic("boom")
		}
		return filter.Result{Verdict: filter.Clean, Content: p.Body}, nil
	}}
	s := start(t, func(o *Options) { o.Shadow = func() Judge { return other } })
	for _, page := range []string{article, article, spam + article, "boom"} {
		if resp, _ := s.send(t, "POST", "/v1/filter", strings.NewReader(page), textPlain); resp.StatusCode != 200 {
			t.Errorf("got %d", resp.StatusCode)
		}
	}
	waitFor(t, "four judged", func() bool { return s.value(t, "dross_shadow_pages_total") == 4 })
	_, body := s.send(t, "GET", "/metrics", nil)
	for _, want := range []string{`outcome="same"} 2`, `outcome="less"} 1`, `outcome="error"} 1`} {
		if !strings.Contains(string(body), "dross_shadow_pages_total{"+want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	if _, body := s.send(t, "GET", "/v1/lists", nil); !strings.Contains(string(body), `"shadow":"sha256:`) {
		t.Errorf("got %s", body)
	}
}
