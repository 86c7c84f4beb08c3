package server

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/drosshq/dross/internal/metrics"
)

const (
	firstBuffer  = 32 << 10
	pooledBuffer = 1 << 20 // larger ones are left to the collector
)

var buffers = sync.Pool{New: func() any { b := make([]byte, 0, firstBuffer); return &b }}

// freeBuffer keeps a buffer for the next request. Nothing may refer to it.
func freeBuffer(b []byte) {
	if cap(b) <= pooledBuffer {
		b = b[:0]
		buffers.Put(&b)
	}
}

// errOver says that a body is longer than its limit.
var errOver = errors.New("over the limit")

// readLimited reads r to its end into one buffer that grows with what arrives,
// its memory held by acct. It stops after limit bytes with errOver.
func readLimited(r io.Reader, acct *account, limit int64) ([]byte, error) {
	b := *buffers.Get().(*[]byte) //nolint:forcetypeassert // the pool holds nothing else
	base := acct.held
	for {
		if err := acct.set(base + int64(cap(b))); err != nil {
			return nil, err
		}
		n, err := r.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		switch {
		case int64(len(b)) > limit:
			return nil, errOver
		case err == io.EOF: //nolint:errorlint // a wrapped EOF is a torn body
			return b, nil
		case err != nil:
			return nil, err
		}
		if len(b) == cap(b) {
			b = append(make([]byte, 0, nextSize(cap(b), limit)), b...)
		}
	}
}

// nextSize doubles, but not past one byte over the limit.
func nextSize(size int, limit int64) int64 { return max(min(int64(2*size), limit+1), int64(size)+1) }

// readWire reads the body as it was sent.
func (s *Server) readWire(r *http.Request, acct *account, coding string) ([]byte, error) {
	limit, name, what := s.limits.WireSize, "limit.wire-size", "the body as sent"
	if coding == codingIdentity && s.limits.PageSize <= limit {
		limit, name, what = s.limits.PageSize, "limit.page-size", "the page"
	}
	if r.ContentLength > limit {
		return nil, tooLarge(what, name, limit)
	}
	b, err := readLimited(r.Body, acct, limit)
	switch {
	case err == nil && len(b) == 0:
		return nil, problemf(http.StatusBadRequest, metrics.ReasonRequest, "the body is empty: send a page")
	case errors.Is(err, errOver):
		return nil, tooLarge(what, name, limit)
	case err != nil:
		return nil, bodyError(r, err)
	}
	return b, nil
}

// bodyError tells faults of the transport from limits.
func bodyError(r *http.Request, err error) error {
	known := toStatus(err)
	switch {
	case known.status != http.StatusInternalServerError:
		return err
	case r.Context().Err() != nil:
		return r.Context().Err()
	}
	e := problemf(http.StatusBadRequest, metrics.ReasonRequest, "the body ended early or could not be read")
	e.cause = err
	return e
}

// decode undoes the coding. What it returns is a buffer of its own.
func (s *Server) decode(coding string, wire []byte, acct *account) ([]byte, error) {
	r, free, err := s.codecs.decoder(coding, bytes.NewReader(wire))
	if err != nil {
		return nil, badCoding(coding, err)
	}
	defer free()
	b, err := readLimited(r, acct, s.limits.PageSize)
	switch {
	case errors.Is(err, errOver):
		return nil, tooLarge("the page after "+coding+" is undone", "limit.page-size", s.limits.PageSize)
	case errors.Is(err, errMemory):
		return nil, err
	case err != nil:
		return nil, badCoding(coding, err)
	case len(b) == 0:
		return nil, problemf(http.StatusBadRequest, metrics.ReasonRequest, "the body is empty once %s is undone: send a page", coding)
	}
	return b, nil
}

// badCoding tells a body that ends early, which a client may mend by sending it
// again, from one that is something else.
func badCoding(coding string, err error) error {
	e := problemf(http.StatusBadRequest, metrics.ReasonEncoding, "the body is not valid %s", coding)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		e.detail = "the body ends before its " + coding + " does"
	}
	e.cause = err
	return e
}

// contentCoding reads Content-Encoding: one coding at most.
func contentCoding(h http.Header) (string, error) {
	coding := codingIdentity
	for _, c := range strings.Split(strings.Join(h.Values("Content-Encoding"), ","), ",") {
		c = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(c)), "x-")
		switch {
		case c == "" || c == codingIdentity:
		case coding == codingIdentity && (c == codingGzip || c == codingZstd || c == codingBrotli):
			coding = c
		default:
			e := problemf(http.StatusUnsupportedMediaType, metrics.ReasonEncoding,
				"content encoding %q is not one of gzip, zstd, br", clip(strings.Join(h.Values("Content-Encoding"), ", ")))
			e.header = map[string]string{"Accept-Encoding": "gzip, zstd, br"}
			return "", e
		}
	}
	return coding, nil
}

// bodyRead lifts the read deadline, so that only a client that leaves ends the request from now on.
func bodyRead(w http.ResponseWriter) {
	_ = http.NewResponseController(w).SetReadDeadline(time.Time{}) // writers of tests have none
}

// mostDrained is how much of a refused body net/http reads for its connection
// to go on; a connection with more to come is closed.
const mostDrained = 256 << 10

// drainable reports whether a refusal may go out before the body is in. By
// itself net/http reads the body first, at the pace of its sender. Who waits for
// 100 Continue sends none, and of a body without a length nobody knows how much.
func drainable(r *http.Request) bool {
	return r.ProtoMajor == 1 && r.ContentLength <= mostDrained && r.ContentLength >= 0 && r.Header.Get("Expect") == ""
}

// drain sends the answer and reads what is left of a body. This must be done
// within the handler: net/http does not survive the end of a body behind it
// where an answer began before (it starts to watch the connection too late).
func (s *Server) drain(w http.ResponseWriter, body io.Reader) {
	_ = http.NewResponseController(w).Flush() // a client that left misses nothing
	acct := &account{from: s.memory}
	defer acct.close()
	b := *buffers.Get().(*[]byte) //nolint:forcetypeassert // the pool holds nothing else
	defer freeBuffer(b)
	if acct.set(int64(cap(b))) != nil {
		_, _ = io.Copy(io.Discard, body) // in smaller pieces
		return
	}
	for {
		if _, err := body.Read(b[:cap(b)]); err != nil {
			return
		}
	}
}
