package warc

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"net/http/httputil"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"

	"github.com/drosshq/dross/filter"
)

// errCoding says that a body cannot be decoded, so that it cannot be judged.
var errCoding = errors.New("the body cannot be decoded")

// decodeBody undoes the transfer and content codings of an HTTP body. Crawlers
// often store bodies decoded and keep the fields, so a body that is plainly not
// in the coding it claims is taken as it is. Past limit bytes the error is a
// *filter.LimitError.
func decodeBody(h *Header, body []byte, limit int) ([]byte, error) {
	if strings.EqualFold(h.Get("Transfer-Encoding"), "chunked") {
		plain, err := readAll(httputil.NewChunkedReader(bytes.NewReader(body)), limit)
		switch {
		case err == nil:
			body = plain
		case errors.Is(err, filter.ErrLimit):
			return nil, err
		case startsChunk(body):
			return nil, fmt.Errorf("%w: chunked: %w", errCoding, err)
		}
	}
	codings := strings.Split(strings.Join(h.Values("Content-Encoding"), ","), ",")
	for i := len(codings) - 1; i >= 0; i-- {
		var err error
		if body, err = undo(strings.ToLower(strings.TrimSpace(codings[i])), body, limit); err != nil {
			return nil, err
		}
	}
	return body, nil
}

// startsChunk reports whether the first line can be the size of a chunk.
func startsChunk(body []byte) bool {
	line, rest := cutLine(body)
	size, _, _ := bytes.Cut(trimEnd(line), []byte(";"))
	size = bytes.TrimSpace(size)
	return len(rest) > 0 && len(size) > 0 && len(size) <= 8 && len(bytes.Trim(size, "0123456789abcdefABCDEF")) == 0
}

// undo undoes one content coding.
func undo(coding string, body []byte, limit int) ([]byte, error) {
	if len(body) == 0 {
		return body, nil
	}
	var r io.Reader
	var err error
	var sure bool // whether the body has the coding's mark
	switch coding {
	case "", "identity":
		return body, nil
	case "gzip", "x-gzip":
		sure = bytes.HasPrefix(body, []byte{0x1f, 0x8b})
		r, err = gzip.NewReader(bytes.NewReader(body))
	case "deflate":
		r, sure, err = inflater(body)
	case "br":
		sure = false
		r = brotli.NewReader(bytes.NewReader(body))
	case "zstd":
		sure = bytes.HasPrefix(body, []byte{0x28, 0xb5, 0x2f, 0xfd})
		var dec *zstd.Decoder
		if dec, err = zstd.NewReader(bytes.NewReader(body), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(uint64(limit)+(8<<20))); err == nil {
			defer dec.Close()
			r = dec
		}
	default:
		return nil, fmt.Errorf("%w: content coding %.20q is not known", errCoding, coding)
	}
	if err == nil {
		var plain []byte
		if plain, err = readAll(r, limit); err == nil {
			return plain, nil
		}
	}
	if errors.Is(err, filter.ErrLimit) {
		return nil, err
	}
	if !sure && looksPlain(body) {
		return body, nil
	}
	return nil, fmt.Errorf("%w: %s: %w", errCoding, coding, err)
}

// inflater reads deflate, which servers send with and without zlib's frame.
func inflater(body []byte) (io.Reader, bool, error) {
	if len(body) >= 2 && body[0]&0x0f == 8 && (int(body[0])<<8|int(body[1]))%31 == 0 {
		r, err := zlib.NewReader(bytes.NewReader(body))
		return r, true, err
	}
	return flate.NewReader(bytes.NewReader(body)), false, nil
}

// looksPlain reports whether bytes are text rather than compressed.
func looksPlain(body []byte) bool {
	for _, c := range body[:min(len(body), 512)] {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b {
			return false
		}
	}
	return true
}

func readAll(r io.Reader, limit int) ([]byte, error) {
	var buf bytes.Buffer
	_, err := buf.ReadFrom(io.LimitReader(r, int64(limit)+1))
	switch {
	case buf.Len() > limit:
		return nil, &filter.LimitError{Limit: "page size", Max: limit, Unit: "bytes"}
	case err != nil:
		return nil, err
	}
	return buf.Bytes(), nil
}
