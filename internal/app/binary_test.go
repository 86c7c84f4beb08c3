package app

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/internal/server"
	"github.com/drosshq/dross/internal/server/apitest"
)

// spamLine is a block of the terms above, article a text that is none.
var (
	spamLine = strings.Join(terms, ", ") + "\n"
	article  = "The association met on Tuesday and agreed on the dates of the autumn fair.\n\nMembers may send their proposals until the end of the month.\n"
)

var buildBinary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "dross-binary")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "dross")
	out, err := exec.Command("go", "build", raceFlag, "-o", path, "github.com/drosshq/dross/cmd/dross").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("building: %w\n%s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := buildBinary(); err == nil {
		_ = os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// process is the real program, serving.
type process struct {
	cmd *exec.Cmd
	url string
	log *logBuffer
}

func startBinary(t testing.TB, args ...string) *process {
	t.Helper()
	path, err := buildBinary()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{cmd: exec.Command(path, append([]string{"serve", "--listen=127.0.0.1:0"}, args...)...), log: &logBuffer{}}
	stderr, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	ready := make(chan string, 1)
	go func() {
		for lines := bufio.NewScanner(stderr); lines.Scan(); {
			fmt.Fprintln(p.log, lines.Text())
			if _, rest, ok := strings.Cut(lines.Text(), "msg=ready address="); ok {
				addr, _, _ := strings.Cut(rest, " ")
				ready <- addr
			}
		}
	}()
	select {
	case addr := <-ready:
		p.url = "http://" + addr
	case <-time.After(30 * time.Second):
		t.Fatalf("not ready within 30 s: %s", p.log)
	}
	return p
}

// end sends SIGTERM and waits for exit 0.
func (p *process) end(t testing.TB) {
	t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("after SIGTERM: %v\n%s", err, p.log)
	}
	if strings.Contains(p.log.String(), "DATA RACE") {
		t.Errorf("the program has a data race:\n%s", p.log)
	}
}

// TestContract walks the HTTP side with the real program, every request and
// answer held against its own description.
func TestContract(t *testing.T) {
	dir := folder(t, list(terms...))
	p := startBinary(t, "--no-lists.embedded", "--lists.dir="+dir, "--web.enable-lifecycle", "--limit.page-size=1MiB", "--log.level=debug")
	api, err := apitest.New(server.OpenAPI(), &http.Transport{DisableCompression: true})
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: api}
	send := func(method, path, body string, headers ...string) (*http.Response, string) {
		t.Helper()
		r, err := http.NewRequest(method, p.url+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range headers {
			k, v, _ := strings.Cut(h, ": ")
			r.Header.Set(k, v)
		}
		resp, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp, string(b)
	}
	const text = "Content-Type: text/plain"
	html := "<html><head><title>" + terms[0] + ", " + terms[1] + ", " + terms[2] + "</title></head><body><p>" + article + "</p></body></html>"

	steps := []struct {
		name, method, path, body string
		headers                  []string
		status                   int
		check                    func(resp *http.Response, body string) bool
	}{
		{"raw", "POST", "/v1/filter", spamLine + "\n" + article, []string{text}, 200, func(resp *http.Response, body string) bool {
			return strings.HasSuffix(body, article) && !strings.Contains(body, "zorblat") && resp.Header.Get("Dross-Verdict") == "stripped" &&
				resp.Header.Get("Dross-Categories") == "gambling" && strings.HasPrefix(resp.Header.Get("Dross-Lists"), "sha256:")
		}},
		{"clean", "POST", "/v1/filter", article, []string{text}, 200, func(resp *http.Response, body string) bool {
			return body == article && resp.Header.Get("Dross-Removed-Bytes") == "0"
		}},
		{"html", "POST", "/v1/filter", html, []string{"Content-Type: text/html; charset=utf-8"}, 200, func(_ *http.Response, body string) bool {
			return !strings.Contains(body, "zorblat") && strings.Contains(body, article)
		}},
		{"json", "POST", "/v1/filter?id=7&explain=1", spamLine + "\n" + article, []string{text, "Accept: application/json"}, 200, func(_ *http.Response, body string) bool {
			var res filter.Result
			return json.Unmarshal([]byte(body), &res) == nil && res.ID == "7" && res.Verdict == filter.Stripped && len(res.Blocks) > 0 &&
				len(res.Blocks[0].Keywords) > 0 && len(res.Blocks[0].Reasons) > 0 && res.Blocks[0].Score >= res.Blocks[0].Threshold
		}},
		{"dry run", "POST", "/v1/filter?dry_run=1", spamLine + "\n" + article, []string{text}, 200, func(resp *http.Response, body string) bool {
			return body == spamLine+"\n"+article && resp.Header.Get("Dross-Verdict") == "stripped"
		}},
		{"other category", "POST", "/v1/filter?categories=adult,pharma", spamLine + "\n" + article, []string{text}, 200, func(_ *http.Response, body string) bool {
			return body == spamLine+"\n"+article
		}},
		{"minimal", "POST", "/v1/filter", article, []string{text, "Prefer: return=minimal"}, 204, nil},
		{"gzip in", "POST", "/v1/filter", gz(article), []string{text, "Content-Encoding: gzip"}, 200, func(_ *http.Response, body string) bool { return body == article }},
		{"bomb", "POST", "/v1/filter", gz(strings.Repeat("x", 32<<20)), []string{text, "Content-Encoding: gzip"}, 413, nil},
		{"too large", "POST", "/v1/filter", strings.Repeat("x", 1<<20+1), []string{text}, 413, func(_ *http.Response, body string) bool {
			return strings.Contains(body, "limit.page-size")
		}},
		{"empty", "POST", "/v1/filter", "", []string{text}, 400, nil},
		{"type", "POST", "/v1/filter", "x", []string{"Content-Type: image/png"}, 415, func(resp *http.Response, _ string) bool {
			return strings.HasPrefix(resp.Header.Get("Accept"), "text/html, ")
		}},
		{"half a gzip", "POST", "/v1/filter", gz(article)[:30], []string{text, "Content-Encoding: gzip"}, 400, func(_ *http.Response, body string) bool {
			return strings.Contains(body, "ends before its gzip")
		}},
		{"coding", "POST", "/v1/filter", "x", []string{text, "Content-Encoding: compress"}, 415, func(resp *http.Response, _ string) bool {
			return resp.Header.Get("Accept-Encoding") == "gzip, zstd, br"
		}},
		{"charset", "POST", "/v1/filter", "x", []string{"Content-Type: text/html; charset=klingon"}, 415, nil},
		{"not UTF-8", "POST", "/v1/filter", "\xff\x80 " + article, []string{text, "Accept: application/json"}, 200, func(_ *http.Response, body string) bool {
			return strings.Contains(body, `"content_base64":`)
		}},
		{"switch", "POST", "/v1/filter?dry_run=maybe", "x", []string{text}, 400, nil},
		{"misspelt switch", "POST", "/v1/filter?dryrun=1", "x", []string{text}, 400, func(_ *http.Response, body string) bool {
			return strings.Contains(body, "dryrun")
		}},
		{"no such category", "POST", "/v1/filter?categories=foo", "x", []string{text}, 400, nil},
		{"batch", "POST", "/v1/batch", `{"id":"a","content_type":"text/plain","content":` + quote(spamLine+"\n"+article) + "}\nbad\n", []string{"Content-Type: application/x-ndjson"}, 200,
			func(_ *http.Response, body string) bool {
				return strings.HasPrefix(body, `{"id":"a","verdict":"stripped"`) && strings.Count(body, "\n") == 2 && strings.Contains(body, `{"id":null,"error":`)
			}},
		{"lists", "GET", "/v1/lists", "", nil, 200, func(_ *http.Response, body string) bool { return strings.Contains(body, `"entries":12`) }},
		{"description", "GET", "/openapi.yaml", "", nil, 200, func(_ *http.Response, body string) bool { return body == string(server.OpenAPI()) }},
		{"page", "GET", "/", "", nil, 200, nil},
		{"metrics", "GET", "/metrics", "", nil, 200, func(_ *http.Response, body string) bool { return hasAll(body, contractMetrics) }},
		{"healthy", "GET", "/-/healthy", "", nil, 200, nil}, {"livez", "GET", "/livez", "", nil, 200, nil},
		{"ready", "GET", "/-/ready", "", nil, 200, nil}, {"readyz", "GET", "/readyz", "", nil, 200, nil},
		{"reload", "POST", "/-/reload", "", nil, 200, nil},
		{"nowhere", "GET", "/v1/nothing", "", nil, 404, nil},
		{"method", "GET", "/v1/filter", "", nil, 405, func(resp *http.Response, _ string) bool { return resp.Header.Get("Allow") == "POST" }},
		{"options", "OPTIONS", "/v1/lists", "", nil, 405, func(resp *http.Response, _ string) bool { return resp.Header.Get("Allow") == "GET, HEAD" }},
		{"head", "HEAD", "/v1/lists", "", nil, 200, func(resp *http.Response, body string) bool { return body == "" && resp.ContentLength > 0 }},
	}
	for _, s := range steps {
		resp, body := send(s.method, s.path, s.body, s.headers...)
		if resp.StatusCode != s.status || s.check != nil && !s.check(resp, body) {
			t.Errorf("%s: got %d %v %.400s", s.name, resp.StatusCode, resp.Header, body)
		}
	}
	if n := api.Checked(); n != int64(len(steps)) {
		t.Errorf("%d answers were held against the description, want %d", n, len(steps))
	}
	put(t, dir, "test.txt", list(terms[1:]...))
	if err := p.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "SIGHUP", func() bool { _, body := send("GET", "/v1/lists", ""); return strings.Contains(body, `"entries":11`) })
	p.end(t)
	if log := p.log.String(); strings.Contains(log, "zorblat") || !strings.Contains(log, "msg=request") {
		t.Errorf("the log holds a keyword, or no line a request at debug: %.2000s", log)
	}
}

// contractMetrics are the names that the contract fixes, once pages have passed.
var contractMetrics = []string{
	`dross_pages_total{verdict="clean"}`, `dross_page_errors_total{reason="too_large"}`, `dross_blocks_removed_total{category="gambling",zone=`,
	"dross_input_bytes_total ", `dross_removed_bytes_total{category="gambling"}`, "dross_page_duration_seconds_bucket", "dross_page_size_bytes_bucket",
	"dross_pages_in_flight ", "dross_pages_shed_total ", `dross_lists_entries{list="test.txt"} 12`, `dross_lists_info{revision="sha256:`,
	"dross_lists_last_reload_successful 1", "dross_lists_last_reload_success_timestamp_seconds ", "dross_build_info{",
	`dross_http_requests_total{code="200",handler="filter"}`, `dross_http_request_duration_seconds_bucket{code="200",handler="filter"`,
	"go_goroutines ", "process_resident_memory_bytes ",
}

func hasAll(body string, parts []string) bool {
	for _, p := range parts {
		if !strings.Contains(body, p) {
			fmt.Fprintf(os.Stderr, "lacks %s\n", p)
			return false
		}
	}
	return true
}

func gz(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(s))
	_ = w.Close()
	return b.String()
}

func quote(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

// TestRestartUnderLoad sends SIGTERM while 32 requests are half sent: each of
// them is answered, and the program ends with 0.
func TestRestartUnderLoad(t *testing.T) {
	const requests = 32
	p := startBinary(t, "--no-lists.embedded", "--lists.dir="+folder(t, list(terms...)))
	page := spamLine + "\n" + strings.Repeat(article, 50)
	half := len(page) / 2
	var sent, answered sync.WaitGroup
	release := make(chan struct{})
	errs := make(chan error, requests)
	for i := range requests {
		sent.Add(1)
		answered.Go(func() { errs <- slowRequest(p.url, page, half, i, sent.Done, release) })
	}
	sent.Wait()
	time.Sleep(300 * time.Millisecond) // the first halves are with the program now
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "the listener closed", func() bool {
		resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Get(p.url + "/livez")
		if err == nil {
			_ = resp.Body.Close()
		}
		return err != nil
	})
	close(release)
	answered.Wait()
	lost := 0
	for range requests {
		if err := <-errs; err != nil {
			lost++
			t.Error(err)
		}
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("ended with %v\n%s", err, p.log)
	}
	t.Logf("%d requests in flight at SIGTERM, %d lost", requests, lost)
}

// slowRequest sends half a page, waits, and sends the rest.
func slowRequest(url, page string, half, i int, sent func(), release <-chan struct{}) error {
	pr, pw := io.Pipe()
	go func() {
		_, _ = io.WriteString(pw, page[:half])
		sent()
		<-release
		_, _ = io.WriteString(pw, page[half:])
		_ = pw.Close()
	}()
	resp, err := (&http.Client{Transport: &http.Transport{}}).Post(url+"/v1/filter", "text/plain", pr)
	if err != nil {
		return fmt.Errorf("request %d: %w", i, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return fmt.Errorf("request %d: %w", i, err)
	}
	if resp.StatusCode != 200 || !strings.HasSuffix(string(body), article) || strings.Contains(string(body), "zorblat") {
		return errors.New("request " + fmt.Sprint(i) + " was answered " + resp.Status)
	}
	return nil
}
