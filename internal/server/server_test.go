package server

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"github.com/drosshq/dross/filter"
)

func TestRawAnswer(t *testing.T) {
	s := start(t, nil)
	resp, body := s.send(t, "POST", "/v1/filter", strings.NewReader(spam+article), textPlain)
	if resp.StatusCode != 200 || string(body) != article {
		t.Fatalf("got %d %q, want the article", resp.StatusCode, body)
	}
	for name, want := range map[string]string{
		"Content-Type": "text/plain; charset=utf-8", "Dross-Verdict": "stripped", "Dross-Blocks": "1",
		"Dross-Categories": "gambling", "Dross-Lists": "sha256:00", "X-Content-Type-Options": "nosniff",
	} {
		if got := resp.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestNegotiation(t *testing.T) {
	s := start(t, nil)
	cases := []struct{ accept, want string }{
		{"", "text/plain; charset=utf-8"},
		{"*/*", "text/plain; charset=utf-8"},
		{"application/json", "application/json"},
		{"application/json, text/plain, */*", "application/json"},
		{"text/plain, application/json;q=0.5", "text/plain; charset=utf-8"},
		{"text/*;q=0.4, application/json;q=0.5", "application/json"},
		{"application/json;q=0", "text/plain; charset=utf-8"},
		{"application/json;q=x", "text/plain; charset=utf-8"},
		{"image/png", "text/plain; charset=utf-8"},
	}
	for _, c := range cases {
		resp, body := s.send(t, "POST", "/v1/filter?id=42&url=https://example.org/a", strings.NewReader(spam+article), textPlain, "Accept: "+c.accept)
		if got := resp.Header.Get("Content-Type"); got != c.want {
			t.Errorf("Accept %q: got %s, want %s", c.accept, got, c.want)
		}
		if c.want != "application/json" {
			continue
		}
		var res filter.Result
		if err := json.Unmarshal(body, &res); err != nil || res.ID != "42" || res.URL != "https://example.org/a" || string(res.Content) != article {
			t.Errorf("Accept %q: got %s, %v", c.accept, body, err)
		}
	}
}

func TestPreferMinimal(t *testing.T) {
	s := start(t, nil)
	for _, p := range []string{"return=minimal", `respond-async, Return="minimal"; x=y`} {
		resp, body := s.send(t, "POST", "/v1/filter", strings.NewReader(article), textPlain, "Prefer: "+p)
		if resp.StatusCode != 204 || len(body) != 0 || resp.Header.Get("Dross-Verdict") != "clean" {
			t.Errorf("Prefer %s: got %d %q %s", p, resp.StatusCode, body, resp.Header.Get("Dross-Verdict"))
		}
		resp, body = s.send(t, "POST", "/v1/filter", strings.NewReader(spam+article), textPlain, "Prefer: "+p)
		if resp.StatusCode != 200 || string(body) != article {
			t.Errorf("Prefer %s on spam: got %d %q", p, resp.StatusCode, body)
		}
	}
	if resp, _ := s.send(t, "POST", "/v1/filter", strings.NewReader(article), textPlain, "Prefer: return=representation"); resp.StatusCode != 200 {
		t.Errorf("return=representation: got %d", resp.StatusCode)
	}
}

func TestDryRunReturnsThePage(t *testing.T) {
	s := start(t, nil)
	resp, body := s.send(t, "POST", "/v1/filter?dry_run=1", strings.NewReader(spam+article), textPlain)
	if string(body) != spam+article || resp.Header.Get("Dross-Verdict") != "stripped" {
		t.Errorf("got %q, %s", body, resp.Header.Get("Dross-Verdict"))
	}
}

// TestProblems names each fault with its status, and says what is wrong.
func TestProblems(t *testing.T) {
	s := start(t, func(o *Options) { o.Limits.PageSize, o.Limits.WireSize = 1000, 500 })
	cases := []struct {
		name, method, path, body string
		headers                  []string
		status                   int
		detail                   string
	}{
		{"empty body", "POST", "/v1/filter", "", []string{textPlain}, 400, "body is empty"},
		{"wrong type", "POST", "/v1/filter", "x", []string{"Content-Type: image/png"}, 415, `"image/png"`},
		{"form", "POST", "/v1/filter", "x", []string{"Content-Type: application/x-www-form-urlencoded"}, 415, "text/html"},
		{"broken type", "POST", "/v1/filter", "x", []string{"Content-Type: text/"}, 415, "content type"},
		{"unknown charset", "POST", "/v1/filter", "x", []string{"Content-Type: text/plain; charset=klingon"}, 415, "klingon"},
		{"unknown coding", "POST", "/v1/filter", "x", []string{textPlain, "Content-Encoding: compress"}, 415, "gzip, zstd, br"},
		{"two codings", "POST", "/v1/filter", "x", []string{textPlain, "Content-Encoding: gzip, br"}, 415, "gzip, br"},
		{"not gzip", "POST", "/v1/filter", "xxxxxxxxxxxxxxxxxxxx", []string{textPlain, "Content-Encoding: gzip"}, 400, "not valid gzip"},
		{"not zstd", "POST", "/v1/filter", "xxxxxxxxxxxxxxxxxxxx", []string{textPlain, "Content-Encoding: zstd"}, 400, "not valid zstd"},
		{"not br", "POST", "/v1/filter", "xxxxxxxxxxxxxxxxxxxx", []string{textPlain, "Content-Encoding: br"}, 400, "not valid br"},
		{"too large", "POST", "/v1/filter", strings.Repeat("x", 501), []string{textPlain}, 413, "limit.wire-size"},
		{"bad switch", "POST", "/v1/filter?dry_run=perhaps", "x", []string{textPlain}, 400, "dry_run"},
		{"bad category", "POST", "/v1/filter?categories=adult,advertz", "x", []string{textPlain}, 400, "advertz"},
		{"any", "POST", "/v1/filter?categories=any", "x", []string{textPlain}, 400, "any"},
		{"no category", "POST", "/v1/filter?categories=", "x", []string{textPlain}, 400, `category ""`},
		{"misspelt switch", "POST", "/v1/filter?dryrun=1", "x", []string{textPlain}, 400, `"dryrun", known are dry_run`},
		{"query that is none", "POST", "/v1/filter?categories=%zz", "x", []string{textPlain}, 400, "query cannot be read"},
		{"half a gzip", "POST", "/v1/filter", string(encode(t, "gzip", []byte(article))[:40]), []string{textPlain, "Content-Encoding: gzip"}, 400, "ends before its gzip"},
		{"half a zstd", "POST", "/v1/filter", string(encode(t, "zstd", []byte(article))[:40]), []string{textPlain, "Content-Encoding: zstd"}, 400, "ends before its zstd"},
		{"half a br", "POST", "/v1/filter", string(encode(t, "br", []byte(article))[:40]), []string{textPlain, "Content-Encoding: br"}, 400, "ends before its br"},
		{"nothing in gzip", "POST", "/v1/filter", string(encode(t, "gzip", nil)), []string{textPlain, "Content-Encoding: gzip"}, 400, "empty once gzip"},
		{"rubbish behind gzip", "POST", "/v1/filter", string(encode(t, "gzip", []byte(article))) + "rubbish and more", []string{textPlain, "Content-Encoding: gzip"}, 400, "not valid gzip"},
		{"no such path", "GET", "/v2/filter", "", nil, 404, "path"},
		{"wrong method", "GET", "/v1/filter", "", nil, 405, "POST"},
		{"put", "PUT", "/v1/filter", "x", []string{textPlain}, 405, "POST"},
		{"options", "OPTIONS", "/v1/lists", "", nil, 405, "GET or HEAD"},
		{"wrong method on a page", "DELETE", "/", "", nil, 405, "GET or HEAD"},
		{"no reload", "POST", "/-/reload", "", nil, 404, "path"},
		{"batch of pages", "POST", "/v1/batch", "x", []string{textPlain}, 415, "application/x-ndjson"},
		{"batch of JSON", "POST", "/v1/batch", "{}", []string{"Content-Type: application/json"}, 415, "application/x-ndjson"},
		{"bad batch category", "POST", "/v1/batch?categories=advertz", "{}", []string{"Content-Type: application/x-ndjson"}, 400, "advertz"},
		{"batch with an id", "POST", "/v1/batch?id=1", "{}", []string{"Content-Type: application/x-ndjson"}, 400, `"id"`},
		{"empty batch", "POST", "/v1/batch", "\n\n", []string{"Content-Type: application/x-ndjson"}, 400, "empty"},
		{"batch not gzip", "POST", "/v1/batch", "xxxxxxxxxxxxxx", []string{"Content-Type: application/x-ndjson", "Content-Encoding: gzip"}, 400, "gzip"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			resp, body := s.send(t, c.method, c.path, strings.NewReader(c.body), append(c.headers, "X-Request-Id: r-1")...)
			var p Problem
			if err := json.Unmarshal(body, &p); err != nil {
				t.Fatalf("%v in %s", err, body)
			}
			if resp.StatusCode != c.status || p.Status != c.status || !strings.Contains(p.Detail, c.detail) || p.RequestID != "r-1" {
				t.Errorf("got %d %s, want %d and %q", resp.StatusCode, body, c.status, c.detail)
			}
			if c.status == 405 && resp.Header.Get("Allow") == "" {
				t.Error("405 without Allow")
			}
			if c.status == 415 && resp.Header.Get("Accept") == "" && resp.Header.Get("Accept-Encoding") == "" && c.name != "unknown charset" {
				t.Error("415 says nothing of what is accepted")
			}
		})
	}
}

// encodings makes each coding's form of a text.
var encodings = map[string]func(io.Writer) io.WriteCloser{
	"gzip": func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
	"zstd": func(w io.Writer) io.WriteCloser { e, _ := zstd.NewWriter(w); return e },
	"br":   func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) },
}

func encode(t testing.TB, coding string, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := encodings[coding](&b)
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func decode(t testing.TB, coding string, b []byte) []byte {
	t.Helper()
	var c codecs
	r, _, err := c.decoder(coding, bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestCodingsInAndOut(t *testing.T) {
	s := start(t, nil)
	page := spam + strings.Repeat(article, 200)
	for coding := range encodings {
		for range 3 { // decoders and encoders are used again
			resp, body := s.send(t, "POST", "/v1/filter", bytes.NewReader(encode(t, coding, []byte(page))), textPlain,
				"Content-Encoding: "+coding, "Accept-Encoding: "+coding)
			if got := resp.Header.Get("Content-Encoding"); got != coding {
				t.Fatalf("%s: answered in %q", coding, got)
			}
			if len(body) > len(page)/10 {
				t.Errorf("%s: %d bytes for %d", coding, len(body), len(page))
			}
			if got := string(decode(t, coding, body)); got != page[len(spam):] {
				t.Errorf("%s: the page came back changed", coding)
			}
		}
	}
}

func TestAcceptEncoding(t *testing.T) {
	for header, want := range map[string]string{
		"": "identity", "gzip": "gzip", "br, gzip": "gzip", "br;q=1, gzip;q=0.5": "br", "*": "zstd", "identity, gzip;q=0.5": "identity",
		"gzip;q=0, *;q=0": "identity", "zstd;q=0, *": "gzip", "deflate": "identity", "gzip;q=2": "identity",
	} {
		if got := answerCoding(http.Header{"Accept-Encoding": {header}}); got != want {
			t.Errorf("%q: got %s, want %s", header, got, want)
		}
	}
}

// TestBombs ends at the limit: the work is that of the limit, not of the bomb.
func TestBombs(t *testing.T) {
	s := start(t, func(o *Options) { o.Limits.PageSize = 1 << 20 })
	zeros := make([]byte, 64<<20)
	for coding := range encodings {
		bomb := encode(t, coding, zeros)
		if len(bomb) > 1<<20 {
			t.Fatalf("%s: the bomb has %d bytes, not a bomb", coding, len(bomb))
		}
		resp, body := s.send(t, "POST", "/v1/filter", bytes.NewReader(bomb), textPlain, "Content-Encoding: "+coding)
		if resp.StatusCode != 413 || !strings.Contains(string(body), "limit.page-size") {
			t.Errorf("%s: got %d %s", coding, resp.StatusCode, body)
		}
	}
}

func TestBombStopsReading(t *testing.T) {
	var c codecs
	wire := &countingReader{r: bytes.NewReader(encode(t, "gzip", make([]byte, 64<<20)))}
	r, _, err := c.decoder("gzip", wire)
	if err != nil {
		t.Fatal(err)
	}
	mem := &budget{max: 8 << 20, observe: func(int64) {}}
	if _, err := readLimited(r, &account{from: mem}, 1<<20); !errors.Is(err, errOver) {
		t.Errorf("got %v", err)
	}
	if wire.n > 8<<10 {
		t.Errorf("%d bytes of the bomb were read for 1 MiB of it", wire.n)
	}
	if used := mem.used.Load(); used > 2<<20 {
		t.Errorf("%d bytes of memory for a limit of 1 MiB", used)
	}
}

type countingReader struct {
	r io.Reader
	n int
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p[:min(len(p), 512)])
	c.n += n
	return n, err
}

func TestUnreadyAndDraining(t *testing.T) {
	s := start(t, nil)
	judge := s.currentJudge()
	s.setJudge(nil)
	for path, want := range map[string]int{"/-/ready": 503, "/readyz": 503, "/-/healthy": 200, "/livez": 200, "/v1/lists": 503} {
		if resp, body := s.send(t, "GET", path, nil); resp.StatusCode != want {
			t.Errorf("%s before lists are in: got %d %s", path, resp.StatusCode, body)
		}
	}
	resp, _ := s.send(t, "POST", "/v1/filter", strings.NewReader(article), textPlain)
	if resp.StatusCode != 503 || resp.Header.Get("Retry-After") == "" {
		t.Errorf("a page before lists are in: got %d, Retry-After %q", resp.StatusCode, resp.Header.Get("Retry-After"))
	}
	s.setJudge(judge)
	for _, want := range []int{200, 503} {
		if resp, _ := s.send(t, "GET", "/-/ready", nil); resp.StatusCode != want {
			t.Errorf("ready: got %d, want %d", resp.StatusCode, want)
		}
		s.server.Drain()
	}
	if resp, _ := s.send(t, "POST", "/v1/filter", strings.NewReader(article), textPlain); resp.StatusCode != 200 {
		t.Errorf("a page while draining: got %d", resp.StatusCode)
	}
}

func TestPanicHurtsOneRequest(t *testing.T) {
	s := start(t, nil)
	s.setJudge(judgeFunc{testSet(t), func(ctx context.Context, p filter.Page, how filter.Request) (filter.Result, error) {
		if bytes.HasPrefix(p.Body, []byte("boom")) {
			panic("secret page text: " + string(p.Body))
		}
		return fakeStrip(ctx, p, how)
	}})
	resp, body := s.send(t, "POST", "/v1/filter", strings.NewReader("boom zorblat"), textPlain)
	if resp.StatusCode != 500 || strings.Contains(string(body), "secret") || !strings.Contains(string(body), "internal error") {
		t.Errorf("got %d %s", resp.StatusCode, body)
	}
	if resp, _ := s.send(t, "POST", "/v1/filter", strings.NewReader(article), textPlain); resp.StatusCode != 200 {
		t.Errorf("the next page: got %d", resp.StatusCode)
	}
	lines := `{"id":"a","content":"boom"}` + "\n" + `{"id":"b","content":"fine"}` + "\n"
	resp, body = s.send(t, "POST", "/v1/batch", strings.NewReader(lines), "Content-Type: application/x-ndjson")
	if resp.StatusCode != 200 || bytes.Count(body, []byte("\n")) != 2 || !bytes.Contains(body, []byte(`"id":"b","verdict"`)) {
		t.Errorf("a batch: got %d %s", resp.StatusCode, body)
	}
	if log := s.log.String(); strings.Contains(log, "secret") || !strings.Contains(log, "panic") {
		t.Errorf("the log is to tell of the panic without its text: %s", log)
	}
	if got := s.value(t, "dross_panics_total"); got != 2 {
		t.Errorf("%v panics are counted, want 2", got)
	}
	if s.server.slots.full() || len(s.server.slots.slots) != 0 {
		t.Error("a panic kept its slot")
	}
}

func TestOtherErrorsStayInside(t *testing.T) {
	s := start(t, nil)
	var fault error
	s.setJudge(judgeFunc{testSet(t), func(context.Context, filter.Page, filter.Request) (filter.Result, error) {
		return filter.Result{}, fault
	}})
	cases := []struct {
		err    error
		status int
		detail string
	}{
		{errors.New("secret inner detail"), 500, "internal error"},
		{&filter.LimitError{Limit: "page size", Max: 7, Got: 9, Unit: "bytes"}, 413, "page size of 9 bytes is over the limit of 7"},
		{&filter.LimitError{Limit: "tree depth", Max: 7, Unit: "levels"}, 422, "tree depth"},
		{&filter.ContentTypeError{Got: "x/y"}, 415, "x/y"},
		{context.DeadlineExceeded, 503, "time of a request"},
	}
	for _, c := range cases {
		fault = c.err
		resp, body := s.send(t, "POST", "/v1/filter", strings.NewReader(article), textPlain)
		if resp.StatusCode != c.status || !strings.Contains(string(body), c.detail) || strings.Contains(string(body), "secret") {
			t.Errorf("%v: got %d %s", c.err, resp.StatusCode, body)
		}
	}
}

func TestRequestIDs(t *testing.T) {
	s := start(t, nil)
	for in, echoed := range map[string]bool{"abc-123": true, "": false, strings.Repeat("x", 129): false, "a b": false} {
		resp, _ := s.send(t, "GET", "/livez", nil, "X-Request-Id: "+in)
		out := resp.Header.Get("X-Request-Id")
		if out == "" || (out == in) != echoed {
			t.Errorf("%q came back as %q", in, out)
		}
	}
}

func TestPagesAndHead(t *testing.T) {
	s := start(t, nil)
	for path, want := range map[string]string{"/": "<!doctype html>", "/openapi.yaml": "openapi: 3.1.0", "/metrics": "dross_pages_total", "/v1/lists": `"entries":4`} {
		resp, body := s.send(t, "GET", path, nil)
		if resp.StatusCode != 200 || !strings.Contains(string(body), want) {
			t.Errorf("GET %s: got %d %.100s", path, resp.StatusCode, body)
		}
		if resp, body := s.send(t, "HEAD", path, nil); resp.StatusCode != 200 || len(body) != 0 {
			t.Errorf("HEAD %s: got %d and %d bytes", path, resp.StatusCode, len(body))
		}
	}
	resp, body := s.send(t, "GET", "/", nil)
	if !strings.Contains(resp.Header.Get("Content-Security-Policy"), "default-src 'none'") || bytes.Contains(body, []byte("https://")) {
		t.Error("the page may load something from elsewhere")
	}
	for path := range s.server.routes {
		if !bytes.Contains(OpenAPI(), []byte("\n  "+path+":")) {
			t.Errorf("the description lacks %s", path)
		}
	}
}

func TestReload(t *testing.T) {
	var fault error
	var forced []bool
	s := start(t, func(o *Options) {
		o.Reload = func(_ context.Context, force bool) error { forced = append(forced, force); return fault }
	})
	if resp, _ := s.send(t, "POST", "/-/reload", nil); resp.StatusCode != 200 {
		t.Errorf("got %d", resp.StatusCode)
	}
	fault = errors.New("adult.txt:3: no such category")
	if resp, body := s.send(t, "POST", "/-/reload?force=1", nil); resp.StatusCode != 422 || !strings.Contains(string(body), "adult.txt:3") {
		t.Errorf("got %d %s", resp.StatusCode, body)
	}
	if resp, _ := s.send(t, "POST", "/-/reload?force=maybe", nil); resp.StatusCode != 400 {
		t.Errorf("got %d", resp.StatusCode)
	}
	if len(forced) != 2 || forced[0] || !forced[1] {
		t.Errorf("reloaded with force %v", forced)
	}
}

func TestHTTP2WithoutTLS(t *testing.T) {
	s := start(t, nil)
	p := new(http.Protocols)
	p.SetUnencryptedHTTP2(true)
	tr := &http.Transport{Protocols: p, DisableCompression: true}
	defer tr.CloseIdleConnections()
	r, _ := http.NewRequest("POST", s.URL+"/v1/filter", strings.NewReader(spam+article))
	r.Header.Set("Content-Type", "text/plain")
	resp, err := tr.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.ProtoMajor != 2 || string(body) != article {
		t.Errorf("got HTTP/%d %q, %v", resp.ProtoMajor, body, err)
	}
}

func TestLogsHoldNoPage(t *testing.T) {
	s := start(t, nil)
	s.send(t, "POST", "/v1/filter?url=https://secret.example/&id=secret", strings.NewReader(spam+"secret\n"), textPlain)
	s.send(t, "POST", "/v1/batch", strings.NewReader("{\"id\":\"secret\",\"content\":\"zorblat secret\\n\"}\nsecret\n"), "Content-Type: application/x-ndjson")
	if log := s.log.String(); strings.Contains(log, "secret") || strings.Contains(log, "zorblat") {
		t.Errorf("the log holds what was sent: %s", log)
	}
	_, body := s.send(t, "GET", "/metrics", nil)
	if strings.Contains(string(body), "secret") || strings.Contains(string(body), "zorblat") {
		t.Error("the metrics hold what was sent")
	}
}

func waitFor(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("%s: not within 5 s", what)
}
