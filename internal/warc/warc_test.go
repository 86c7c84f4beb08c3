package warc_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha1" //nolint:gosec // what crawlers write
	"encoding/base32"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/internal/warc"
	"github.com/drosshq/dross/lists"
)

// cutter removes every "XX" of a page, and rejects pages that hold "REJECT".
type cutter struct{ pages *[]filter.Page }

func (c cutter) CleanWith(_ context.Context, p filter.Page, req filter.Request) (filter.Result, error) {
	if c.pages != nil {
		p.Body = bytes.Clone(p.Body)
		*c.pages = append(*c.pages, p)
	}
	if bytes.HasPrefix(p.Body, []byte("\x89PNG")) {
		return filter.Result{}, &filter.ContentTypeError{Got: "image/png"}
	}
	res := filter.Result{Verdict: filter.Clean, Content: p.Body, Lists: "sha256:00"}
	if out := bytes.ReplaceAll(p.Body, []byte("XX"), nil); len(out) < len(p.Body) {
		res.Verdict, res.RemovedBytes, res.Categories = filter.Stripped, len(p.Body)-len(out), []lists.Category{lists.Gambling}
		res.Content = out
	}
	if bytes.Contains(p.Body, []byte("REJECT")) {
		res.Verdict = filter.Rejected
	}
	if req.DryRun {
		res.Content = p.Body
	}
	return res, nil
}

// record makes a record; fields are lines after the usual ones.
func record(typ, contentType, block string, fields ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2026-11-24T00:00:00Z\r\n", typ)
	for _, f := range fields {
		b.WriteString(f + "\r\n")
	}
	fmt.Fprintf(&b, "Content-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", contentType, len(block), block)
	return b.String()
}

func response(body string, httpFields ...string) string {
	fields := ""
	for _, f := range httpFields {
		fields += f + "\r\n"
	}
	return record("response", "application/http; msgtype=response",
		"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"+fields+"\r\n"+body, "WARC-Target-URI: http://site.example/")
}

func members(records ...string) string {
	var b bytes.Buffer
	for _, r := range records {
		w := gzip.NewWriter(&b)
		_, _ = io.WriteString(w, r)
		_ = w.Close()
	}
	return b.String()
}

func gunzip(t *testing.T, data string) string {
	t.Helper()
	r, err := gzip.NewReader(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func run(t *testing.T, in string, opts warc.Options) (out string, stats warc.Stats, errs []string) {
	t.Helper()
	opts.OnError = func(err error) { errs = append(errs, err.Error()) }
	var b bytes.Buffer
	stats, err := warc.Run(t.Context(), strings.NewReader(in), &b, cutter{}, opts)
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), stats, errs
}

var (
	info    = record("warcinfo", "application/warc-fields", "software: made for a test\r\n")
	request = record("request", "application/http; msgtype=request", "GET / HTTP/1.1\r\nHost: site.example\r\n\r\n")
	clean   = response("<p>clean</p>")
	spam    = response("<p>aXXb</p>")
	revisit = record("revisit", "application/http; msgtype=response", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
	picture = response("\x89PNG XX")
)

func TestPassesByteForByte(t *testing.T) {
	odd := "WARC/1.1\nwarc-type:  response\nContent-Type: application/http\nX-Folded: a\n b\nContent-Length: 44\n\n" +
		"HTTP/1.0 200 OK\nContent-Type: text/html\n\n<p>\n\n"
	cases := map[string]string{
		"empty":            "",
		"all kinds":        info + request + clean + revisit + picture + record("metadata", "application/warc-fields", "XX"),
		"line feeds only":  odd + clean,
		"segment":          record("response", "application/http", "HTTP/1.1 200 OK\r\n\r\nXX", "WARC-Segment-Number: 1"),
		"no trailing line": strings.TrimSuffix(clean, "\r\n\r\n"),
		"one trailing":     strings.TrimSuffix(clean, "\r\n") + clean,
		"many trailing":    clean + "\r\n\r\n\r\n" + clean,
		"no body":          response("") + record("response", "application/http", ""),
		"no HTTP":          record("response", "application/http", "XX"),
		"dns":              record("response", "text/dns", "XX"),
		"other resource":   record("resource", "image/png", "XX"),
		"other conversion": record("conversion", "application/json", "XX"),
	}
	for name, in := range cases {
		t.Run(name, func(t *testing.T) {
			out, stats, errs := run(t, in, warc.Options{})
			if out != in || len(errs) > 0 {
				t.Errorf("got %q, errors %q, want %q", out, errs, in)
			}
			if want := strings.Count(in, "WARC/1."); stats.Records != want || stats.Stripped != 0 {
				t.Errorf("stats %+v, want %d records", stats, want)
			}
		})
	}
}

func TestPassesCompressedBytes(t *testing.T) {
	in := members(info, clean, request, clean)
	out, stats, errs := run(t, in, warc.Options{})
	if out != in || stats.Records != 4 || stats.Clean != 2 || len(errs) > 0 {
		t.Errorf("%d bytes out of %d, stats %+v, errors %q", len(out), len(in), stats, errs)
	}
	out, _, _ = run(t, members(info, spam, clean), warc.Options{})
	if !strings.HasPrefix(out, members(info)) || !strings.HasSuffix(out, members(clean)) {
		t.Error("the members beside a changed record are not the input's")
	}
	if got := gunzip(t, out); !strings.Contains(got, "<p>ab</p>") || strings.Contains(got, "XX") {
		t.Errorf("got %q", got)
	}
}

func TestRewrites(t *testing.T) {
	sum := func(s string) string {
		h := sha1.Sum([]byte(s)) //nolint:gosec // as above
		return "sha1:" + base32.StdEncoding.EncodeToString(h[:])
	}
	in := record("response", "application/http; msgtype=response",
		"HTTP/1.1 200 OK\r\nServer: s\r\nContent-Type: text/html\r\ncontent-length: 11\r\nETag: \"1\"\r\nContent-MD5: x\r\n\r\n<p>aXXb</p>",
		"WARC-Target-URI: <http://site.example/>", "WARC-Block-Digest: sha1:AAAA", "WARC-Payload-Digest: "+sum("old"), "WARC-Odd: kept")
	block := "HTTP/1.1 200 OK\r\nServer: s\r\nContent-Type: text/html\r\nContent-Length: 9\r\nETag: \"1\"\r\n\r\n<p>ab</p>"
	want := "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2026-11-24T00:00:00Z\r\n" +
		"WARC-Target-URI: <http://site.example/>\r\nWARC-Block-Digest: " + sum(block) + "\r\nWARC-Payload-Digest: " + sum("<p>ab</p>") +
		"\r\nWARC-Odd: kept\r\nContent-Type: application/http; msgtype=response\r\n" + fmt.Sprintf("Content-Length: %d\r\n", len(block)) +
		"WARC-Dross-Verdict: stripped\r\nWARC-Dross-Removed-Bytes: 2\r\nWARC-Dross-Categories: gambling\r\nWARC-Dross-Lists: sha256:00\r\n\r\n" +
		block + "\r\n\r\n"
	out, stats, errs := run(t, info+in+clean, warc.Options{})
	if out != info+want+clean || len(errs) > 0 {
		t.Errorf("errors %q, got\n%s\nwant\n%s", errs, out, info+want+clean)
	}
	if stats != (warc.Stats{Records: 3, Clean: 1, Stripped: 1, PageBytes: 23, RemovedBytes: 2}) {
		t.Errorf("stats %+v", stats)
	}
	if again, stats, _ := run(t, out, warc.Options{}); again != out || stats.Stripped != 0 {
		t.Error("the output changes when it is filtered again")
	}
}

func TestPageOfRecord(t *testing.T) {
	var pages []filter.Page
	in := record("response", "application/http", "HTTP/1.1 404 No\r\nContent-Type: text/html; charset=gbk\r\n\r\n<p>", "WARC-Target-URI: <http://a.example/>") +
		record("response", "application/http", "HTTP/1.1 200 OK\r\n\r\n<b>", "WARC-Target-URI: http://b.example/") +
		record("conversion", "text/plain", "words", "WARC-Target-URI: http://c.example/") +
		record("resource", "text/html", "<i>", "WARC-Target-URI: file:///d")
	if _, err := warc.Run(t.Context(), strings.NewReader(in), io.Discard, cutter{&pages}, warc.Options{}); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"http://a.example/ text/html; charset=gbk <p>", "http://b.example/  <b>",
		"http://c.example/ text/plain; charset=utf-8 words", "file:///d text/html <i>",
	}
	for i, p := range pages {
		if got := p.URL + " " + p.ContentType + " " + string(p.Body); i >= len(want) || got != want[i] {
			t.Errorf("page %d is %q", i, got)
		}
	}
	if len(pages) != len(want) {
		t.Errorf("%d pages", len(pages))
	}
}

func TestRejected(t *testing.T) {
	in := info + response("REJECT XX") + clean
	out, stats, _ := run(t, in, warc.Options{})
	if !strings.Contains(out, "WARC-Dross-Verdict: rejected") || !strings.Contains(out, "REJECT \r\n") || stats.Rejected != 1 {
		t.Errorf("kept: %+v\n%s", stats, out)
	}
	out, stats, _ = run(t, in, warc.Options{DropRejected: true})
	if out != info+clean || stats.Dropped != 1 {
		t.Errorf("dropped: %+v\n%s", stats, out)
	}
	if out, _, _ = run(t, in, warc.Options{DropRejected: true, Request: filter.Request{DryRun: true}}); out != in {
		t.Error("a dry run changed the file")
	}
}

func TestCompression(t *testing.T) {
	if out, _, _ := run(t, info+spam, warc.Options{Compression: warc.Gzip}); !strings.HasPrefix(gunzip(t, out), info) || !strings.HasPrefix(out, members(info)[:3]) {
		t.Error("plain to gzip")
	}
	if out, _, _ := run(t, members(info, clean), warc.Options{Compression: warc.Plain}); out != info+clean {
		t.Errorf("gzip to plain: %q", out)
	}
	// One member for the whole file, and records cut anywhere by members.
	whole := info + spam + clean
	for name, in := range map[string]string{"one member": members(whole), "torn": members(whole[:50], whole[50:400], whole[400:])} {
		out, stats, errs := run(t, in, warc.Options{})
		if got := gunzip(t, out); stats.Records != 3 || stats.Stripped != 1 || !strings.HasSuffix(got, clean) || len(errs) > 0 {
			t.Errorf("%s: %+v %q\n%s", name, stats, errs, got)
		}
	}
}
