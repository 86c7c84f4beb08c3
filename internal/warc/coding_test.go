package warc_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"github.com/drosshq/dross/internal/warc"
)

func pack(open func(io.Writer) io.WriteCloser, text string) string {
	var b bytes.Buffer
	w := open(&b)
	_, _ = io.WriteString(w, text)
	_ = w.Close()
	return b.String()
}

func chunked(body string) string {
	n := len(body) / 2
	return fmt.Sprintf("%x\r\n%s\r\n%X;ext=1\r\n%s\r\n0\r\nTrailer: x\r\n\r\n", n, body[:n], len(body)-n, body[n:])
}

var packers = map[string]func(io.Writer) io.WriteCloser{
	"gzip":    func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
	"x-gzip":  func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
	"br":      func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) },
	"deflate": func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) },
	"zstd":    func(w io.Writer) io.WriteCloser { z, _ := zstd.NewWriter(w); return z },
}

func TestCodings(t *testing.T) {
	body := "<p>" + strings.Repeat("words ", 500) + "XX</p>"
	want := strings.ReplaceAll(body, "XX", "")
	raw := func(w io.Writer) io.WriteCloser { f, _ := flate.NewWriter(w, 6); return f }
	cases := map[string]struct {
		body   string
		fields []string
	}{
		"chunked":               {chunked(body), []string{"Transfer-Encoding: chunked"}},
		"chunked and gzip":      {chunked(pack(packers["gzip"], body)), []string{"Transfer-Encoding: Chunked", "Content-Encoding: gzip"}},
		"two codings":           {pack(packers["br"], pack(packers["gzip"], body)), []string{"Content-Encoding: gzip, br"}},
		"raw deflate":           {pack(raw, body), []string{"Content-Encoding: deflate"}},
		"chunks undone already": {body, []string{"Transfer-Encoding: chunked"}},
		"gzip undone already":   {body, []string{"Content-Encoding: gzip"}},
		"br undone already":     {body, []string{"Content-Encoding: br"}},
	}
	for name, open := range packers {
		cases[name] = struct {
			body   string
			fields []string
		}{pack(open, body), []string{"Content-Encoding: " + name}}
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			out, stats, errs := run(t, response(c.body, c.fields...), warc.Options{})
			if stats.Stripped != 1 || len(errs) > 0 {
				t.Fatalf("stats %+v, errors %q", stats, errs)
			}
			if !strings.HasSuffix(out, fmt.Sprintf("Content-Length: %d\r\n\r\n%s\r\n\r\n", len(want), want)) ||
				strings.Contains(out, "-Encoding") {
				t.Errorf("got %q", out)
			}
			in := response(strings.ReplaceAll(c.body, "XX", "__"), c.fields...) // clean where it is readable
			if out, stats, _ := run(t, in, warc.Options{}); stats.Stripped == 0 && out != in {
				t.Error("a clean record changed")
			}
		})
	}
}

func TestUndecodable(t *testing.T) {
	body := pack(packers["gzip"], strings.Repeat("XX some words", 100))
	cases := map[string]struct{ in, want string }{
		"cut off":        {response(body[:len(body)/2], "Content-Encoding: gzip"), "offset 0: not judged: the body cannot be decoded: gzip: unexpected EOF"},
		"unknown coding": {response("XX", "Content-Encoding: exi"), `offset 0: not judged: the body cannot be decoded: content coding "exi" is not known`},
		"cut off chunks": {response("ff\r\nXX", "Transfer-Encoding: chunked"), "offset 0: not judged: the body cannot be decoded: chunked: unexpected EOF"},
		"too large":      {response(body, "Content-Encoding: gzip"), "offset 0: not judged: page size is over the limit of 1000 bytes"},
		"binary as br":   {response("\x00\x01\x02XX", "Content-Encoding: br"), "offset 0: not judged: the body cannot be decoded: br: "},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			out, stats, errs := run(t, c.in, warc.Options{MaxPage: 1000})
			if out != c.in || stats.Unjudged != 1 {
				t.Errorf("stats %+v, output %q", stats, out)
			}
			if len(errs) != 1 || !strings.HasPrefix(errs[0], c.want) {
				t.Errorf("errors %q, want %q", errs, c.want)
			}
		})
	}
}
