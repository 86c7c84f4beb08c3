package warc

import (
	"bytes"
	"errors"
	"mime"
	"strconv"
	"strings"

	"github.com/drosshq/dross/filter"
)

// found is a page in a record.
type found struct {
	page filter.Page
	// http is the head of the HTTP message that holds the page, or nil.
	http *message
}

// message is the head of an HTTP message.
type message struct {
	first  string
	header Header
}

// findPage returns the page that a record holds, or nil when it holds none that
// is judged. The error says why a page cannot be judged.
func findPage(rec *Record, limit int) (*found, error) {
	if !holdsPage(rec) || rec.Header.Get("WARC-Segment-Number") != "" || len(rec.Block) == 0 {
		return nil, nil
	}
	f := &found{page: filter.Page{
		URL:         strings.TrimSuffix(strings.TrimPrefix(rec.Header.Get("WARC-Target-URI"), "<"), ">"),
		ContentType: rec.Header.Get("Content-Type"),
		Body:        rec.Block,
	}}
	if isType(rec, "response") {
		head, body, ok := cutHead(rec.Block)
		if !ok {
			return nil, nil
		}
		first, header, err := parseHead(head, true)
		if err != nil || len(body) == 0 {
			return nil, nil //nolint:nilerr // what is no HTTP message holds no page
		}
		f.http = &message{first, header}
		f.page.ContentType, f.page.Body = header.Get("Content-Type"), body
	}
	if !isText(f.page.ContentType) {
		return nil, nil
	}
	if f.http != nil {
		body, err := decodeBody(&f.http.header, f.page.Body, limit)
		if err != nil {
			return nil, err
		}
		f.page.Body = body
	}
	if isType(rec, "conversion") && !strings.Contains(strings.ToLower(f.page.ContentType), "charset") {
		f.page.ContentType = "text/plain; charset=utf-8" // WET is UTF-8 and does not say so
	}
	if len(f.page.Body) == 0 {
		return nil, nil
	}
	return f, nil
}

func isType(rec *Record, name string) bool {
	return strings.EqualFold(rec.Header.Get("WARC-Type"), name)
}

// holdsPage reports whether the kind of record can hold a page.
func holdsPage(rec *Record) bool {
	media, _, _ := mime.ParseMediaType(rec.Header.Get("Content-Type"))
	switch {
	case isType(rec, "response"):
		return media == "application/http"
	case isType(rec, "conversion"):
		return media == "text/plain"
	default:
		return isType(rec, "resource") && isText(media)
	}
}

// isText reports whether a content type is one that is judged. Without one the
// filter looks at the bytes.
func isText(contentType string) bool {
	media, _, _ := strings.Cut(contentType, ";")
	switch strings.ToLower(strings.TrimSpace(media)) {
	case "", "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown":
		return true
	}
	return false
}

// cutHead cuts an HTTP message after its empty line.
func cutHead(block []byte) (head, body []byte, ok bool) {
	for rest := block[:min(len(block), maxHead)]; ; {
		i := bytes.IndexByte(rest, '\n')
		if i < 0 {
			return nil, nil, false
		}
		rest = rest[i+1:]
		for _, empty := range []string{"\r\n", "\n"} {
			if bytes.HasPrefix(rest, []byte(empty)) {
				n := len(block[:min(len(block), maxHead)]) - len(rest) + len(empty)
				return block[:n], block[n:], true
			}
		}
	}
}

// staleFields vouch for the bytes of a body, or say how it is coded.
var staleFields = []string{
	"Content-Encoding", "Transfer-Encoding", "Trailer", "Content-MD5", "Digest", "Content-Digest", "Repr-Digest",
}

// rewrite returns the bytes of the record with the page's new content.
func (f *found) rewrite(rec *Record, res filter.Result) []byte {
	block := res.Content
	if f.http != nil {
		h := &f.http.header
		for _, name := range staleFields {
			h.Del(name)
		}
		h.Set("Content-Length", strconv.Itoa(len(res.Content)))
		head := append([]byte(f.http.first), "\r\n"...)
		head = append(h.appendTo(head), "\r\n"...)
		block = append(head, res.Content...)
	}
	h := &rec.Header
	h.Set("Content-Length", strconv.Itoa(len(block)))
	renew(h, "WARC-Block-Digest", block)
	renew(h, "WARC-Payload-Digest", res.Content)
	note(h, res)
	out := make([]byte, 0, len(block)+4096)
	out = append(append(out, rec.Version...), "\r\n"...)
	out = append(h.appendTo(out), "\r\n"...)
	return append(append(out, block...), "\r\n\r\n"...)
}

// renew computes a digest anew, or drops it when its algorithm is not known.
func renew(h *Header, name string, data []byte) {
	old := h.Get(name)
	if old == "" {
		return
	}
	if digest, ok := newDigest(old, data); ok {
		h.Set(name, digest)
		return
	}
	h.Del(name)
}

// note has the record say what was done to it.
func note(h *Header, res filter.Result) {
	names := make([]string, len(res.Categories))
	for i, c := range res.Categories {
		names[i] = string(c)
	}
	h.Set("WARC-Dross-Verdict", string(res.Verdict))
	h.Set("WARC-Dross-Removed-Bytes", strconv.Itoa(res.RemovedBytes))
	h.Set("WARC-Dross-Categories", strings.Join(names, ", "))
	h.Set("WARC-Dross-Lists", res.Lists)
}

// notJudged reports whether an error of the cleaner means that this is no page
// that is judged, such as a picture without a content type.
func notJudged(err error) bool { return errors.Is(err, filter.ErrContentType) }
