package chaos

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/drosshq/dross/filter"
)

// tally counts what the clients saw.
type tally struct {
	mu     sync.Mutex
	counts map[string]int
	wrong  []string
}

func (c *tally) add(kind string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts[kind]++
}

func (c *tally) fault(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts["wrong"]++
	if len(c.wrong) < 10 {
		c.wrong = append(c.wrong, fmt.Sprintf(format, args...))
	}
}

// crowd is what all clients share.
type crowd struct {
	url, addr     string
	http          *http.Client
	small, giants []*sample
	bombs         map[string][]byte
	tally         *tally
}

// client is one of the crowd.
type client struct {
	*crowd
	r *rand.Rand
}

// live does one thing after the other until ctx ends.
func (c *client) live(ctx context.Context) {
	for ctx.Err() == nil {
		switch n := c.r.IntN(100); {
		case n < 40:
			c.raw(c.pick())
		case n < 55:
			c.json(c.pick())
		case n < 65:
			c.coded(c.pick())
		case n < 67:
			c.raw(c.giants[c.r.IntN(len(c.giants))])
		case n < 70:
			c.bomb()
		case n < 76:
			c.slow(c.pick())
		case n < 82:
			c.leave(c.pick())
		case n < 90:
			c.malformed()
		default:
			c.batch()
		}
	}
}

func (c *client) pick() *sample { return c.small[c.r.IntN(len(c.small))] }

// post sends a body and reads the answer. It is nil where there is none, or
// the intended 503, after a pause.
func (c *client) post(kind, path string, body io.Reader, headers ...string) (*http.Response, []byte) {
	req, err := http.NewRequest(http.MethodPost, c.url+path, body)
	if err != nil {
		c.tally.fault("%s: %v", kind, err)
		return nil, nil
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := c.http.Do(req)
	if err != nil {
		c.tally.fault("%s: %v", kind, err)
		return nil, nil
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		c.tally.fault("%s: reading the answer: %v", kind, err)
		return nil, nil
	}
	if resp.StatusCode == http.StatusServiceUnavailable && resp.Header.Get("Retry-After") != "" {
		c.tally.add("503 with Retry-After")
		time.Sleep(time.Duration(10+c.r.IntN(40)) * time.Millisecond)
		return nil, nil
	}
	if resp.StatusCode >= 500 {
		c.tally.add("unintended 5xx")
	}
	c.tally.add(kind)
	return resp, b
}

// same holds an answer against that of the library with the lists it names.
func (c *client) same(kind string, s *sample, resp *http.Response, content []byte) {
	want, known := s.results[resp.Header.Get("Dross-Lists")]
	switch {
	case resp.StatusCode != http.StatusOK:
		c.tally.fault("%s: answered %d", kind, resp.StatusCode)
	case !known:
		c.tally.fault("%s: judged by lists %q", kind, resp.Header.Get("Dross-Lists"))
	case !bytes.Equal(content, want.Content) || resp.Header.Get("Dross-Verdict") != string(want.Verdict):
		c.tally.fault("%s: %d bytes %s, the library says %d bytes %s", kind, len(content), resp.Header.Get("Dross-Verdict"), len(want.Content), want.Verdict)
	}
}

func (c *client) raw(s *sample) {
	if resp, b := c.post("page", "/v1/filter", bytes.NewReader(s.page.Body), "Content-Type", s.page.ContentType); resp != nil {
		c.same("page", s, resp, b)
	}
}

func (c *client) json(s *sample) {
	resp, b := c.post("json", "/v1/filter", bytes.NewReader(s.page.Body), "Content-Type", s.page.ContentType, "Accept", "application/json")
	if resp == nil {
		return
	}
	var res filter.Result
	if err := json.Unmarshal(b, &res); err != nil {
		c.tally.fault("json: %v", err)
		return
	}
	c.same("json", s, resp, res.Content)
}

func (c *client) coded(s *sample) {
	for coding, body := range s.coded { // one of them by chance
		resp, b := c.post(coding, "/v1/filter", bytes.NewReader(body), "Content-Type", s.page.ContentType, "Content-Encoding", coding, "Accept-Encoding", coding)
		if resp == nil {
			return
		}
		b, err := decode(resp.Header.Get("Content-Encoding"), b)
		if err != nil {
			c.tally.fault("%s: %v", coding, err)
			return
		}
		c.same(coding, s, resp, b)
		return
	}
}

func (c *client) bomb() {
	for coding, body := range c.bombs {
		resp, _ := c.post("bomb", "/v1/filter", bytes.NewReader(body), "Content-Type", "text/html", "Content-Encoding", coding)
		if resp != nil && resp.StatusCode != http.StatusRequestEntityTooLarge {
			c.tally.fault("a %s bomb: answered %d", coding, resp.StatusCode)
		}
		return
	}
}

// slow sends a page in pieces.
func (c *client) slow(s *sample) {
	pr, pw := io.Pipe()
	go func() {
		body := s.page.Body
		for len(body) > 0 {
			n := min(len(body), len(s.page.Body)/5+1)
			if _, err := pw.Write(body[:n]); err != nil {
				return
			}
			body = body[n:]
			time.Sleep(20 * time.Millisecond)
		}
		_ = pw.Close()
	}()
	resp, b := c.post("slow body", "/v1/filter", pr, "Content-Type", s.page.ContentType)
	_ = pr.Close()
	if resp != nil {
		c.same("slow body", s, resp, b)
	}
}

// leave goes away in the middle of the body, before the answer, or in it.
func (c *client) leave(s *sample) {
	conn, err := net.DialTimeout("tcp", c.addr, 5*time.Second)
	if err != nil {
		c.tally.fault("connecting: %v", err)
		return
	}
	defer conn.Close()
	send := len(s.page.Body)
	if c.r.IntN(2) == 0 {
		send /= 2
	}
	fmt.Fprintf(conn, "POST /v1/filter HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n", s.page.ContentType, len(s.page.Body))
	_, _ = conn.Write(s.page.Body[:send])
	if c.r.IntN(3) == 0 {
		_ = conn.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
		_, _ = conn.Read(make([]byte, 100))
	}
	c.tally.add("left")
}

func (c *client) malformed() {
	cases := []struct {
		body    string
		headers []string
		status  int
	}{
		{"", []string{"Content-Type", "text/plain"}, 400},
		{"x", []string{"Content-Type", "image/png"}, 415},
		{"not gzip at all", []string{"Content-Type", "text/plain", "Content-Encoding", "gzip"}, 400},
		{"x", []string{"Content-Type", "text/plain", "Content-Encoding", "compress"}, 415},
		{strings.Repeat("x", 6<<20), []string{"Content-Type", "text/plain"}, 413},
	}
	m := cases[c.r.IntN(len(cases))]
	resp, b := c.post("malformed", "/v1/filter", strings.NewReader(m.body), m.headers...)
	if resp != nil && (resp.StatusCode != m.status || resp.Header.Get("Content-Type") != "application/problem+json") {
		c.tally.fault("malformed %v: answered %d %.200s", m.headers, resp.StatusCode, b)
	}
}

// batch sends good and bad records; the answers come in order, each right.
func (c *client) batch() {
	var in bytes.Buffer
	picked := make([]*sample, 20)
	for i := range picked {
		if c.r.IntN(4) == 0 {
			in.WriteString([]string{"not json\n", "{\"id\":1}\n", "[]\n", "{\"content_base64\":\"%\"}\n"}[c.r.IntN(4)])
			continue
		}
		picked[i] = c.pick()
		line, err := json.Marshal(map[string]any{"id": i, "content_type": picked[i].page.ContentType, "content": string(picked[i].page.Body)})
		if err != nil {
			c.tally.fault("batch: %v", err)
			return
		}
		in.Write(append(line, '\n'))
	}
	resp, body := c.post("batch", "/v1/batch", &in, "Content-Type", "application/x-ndjson")
	if resp == nil {
		return
	}
	lines := bytes.Split(bytes.TrimSpace(body), []byte("\n"))
	if resp.StatusCode != http.StatusOK || len(lines) != len(picked) {
		c.tally.fault("batch: answered %d with %d lines for %d", resp.StatusCode, len(lines), len(picked))
		return
	}
	for i, line := range lines {
		c.record(i, picked[i], line)
	}
}

func (c *client) record(i int, s *sample, line []byte) {
	var got struct {
		ID      any             `json:"id"`
		Error   json.RawMessage `json:"error"`
		Content *string         `json:"content"`
		Lists   string          `json:"lists"`
	}
	err := json.Unmarshal(line, &got)
	switch {
	case err != nil:
		c.tally.fault("record %d: %v", i, err)
	case s == nil && got.Error == nil:
		c.tally.fault("record %d: a bad one was judged: %.200s", i, line)
	case s == nil:
	case got.ID != float64(i) || got.Content == nil:
		c.tally.fault("record %d: answered %.200s", i, line)
	default:
		want, known := s.results[got.Lists]
		if !known || *got.Content != string(want.Content) {
			c.tally.fault("record %d: %d bytes by lists %q, the library says %d bytes", i, len(*got.Content), got.Lists, len(want.Content))
		}
	}
}
