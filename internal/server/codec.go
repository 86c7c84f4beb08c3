package server

import (
	"bytes"
	"fmt"
	"io"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// The content codings, the cheapest to make first.
const (
	codingZstd     = "zstd"
	codingGzip     = "gzip"
	codingBrotli   = "br"
	codingIdentity = "identity"
)

// maxWindow is the largest window of a zstd body, as RFC 8878 recommends.
const maxWindow = 8 << 20

// decoder is a decompressor that can be used again.
type decoder interface {
	io.Reader
	Reset(io.Reader) error
}

// encoder is a compressor that can be used again.
type encoder interface {
	io.WriteCloser
	Reset(io.Writer)
	Flush() error
}

// codecs keeps decompressors and compressors for the next request.
type codecs struct {
	zstdIn, gzipIn, brIn    sync.Pool
	zstdOut, gzipOut, brOut sync.Pool
}

// decoder returns a reader of what wire holds, and how to give it back.
func (c *codecs) decoder(coding string, wire io.Reader) (io.Reader, func(), error) {
	pool, d, err := c.newDecoder(coding)
	if err != nil {
		return nil, nil, err
	}
	if err := d.Reset(wire); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", coding, err)
	}
	return d, func() {
		_ = d.Reset(bytes.NewReader(nil)) // an empty stream is a fault to gzip, and of no account here
		pool.Put(d)
	}, nil
}

func (c *codecs) newDecoder(coding string) (*sync.Pool, decoder, error) {
	pool := map[string]*sync.Pool{codingZstd: &c.zstdIn, codingGzip: &c.gzipIn, codingBrotli: &c.brIn}[coding]
	if d, ok := pool.Get().(decoder); ok {
		return pool, d, nil
	}
	switch coding {
	case codingZstd:
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, nil, fmt.Errorf("zstd: %w", err)
		}
		return pool, d, nil
	case codingGzip:
		return pool, new(gzip.Reader), nil
	default:
		return pool, brotli.NewReader(nil), nil
	}
}

// encoder returns a compressor onto w, and how to give it back once closed.
func (c *codecs) encoder(coding string, w io.Writer) (encoder, func(), error) {
	pool := map[string]*sync.Pool{codingZstd: &c.zstdOut, codingGzip: &c.gzipOut, codingBrotli: &c.brOut}[coding]
	e, ok := pool.Get().(encoder)
	if !ok {
		var err error
		if e, err = newEncoder(coding); err != nil {
			return nil, nil, err
		}
	}
	e.Reset(w)
	return e, func() {
		e.Reset(io.Discard)
		pool.Put(e)
	}, nil
}

func newEncoder(coding string) (encoder, error) {
	switch coding {
	case codingZstd:
		e, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(1<<20))
		if err != nil {
			return nil, fmt.Errorf("zstd: %w", err)
		}
		return e, nil
	case codingGzip:
		e, err := gzip.NewWriterLevel(nil, gzip.BestSpeed)
		if err != nil {
			return nil, fmt.Errorf("gzip: %w", err)
		}
		return e, nil
	default:
		return brotli.NewWriterOptions(nil, brotli.WriterOptions{Quality: 2, LGWin: 18}), nil
	}
}

// compress returns body in the coding.
func (c *codecs) compress(coding string, body []byte) ([]byte, error) {
	var out bytes.Buffer
	out.Grow(len(body)/3 + 512)
	e, free, err := c.encoder(coding, &out)
	if err != nil {
		return nil, err
	}
	defer free()
	if _, err := e.Write(body); err != nil {
		return nil, fmt.Errorf("%s: %w", coding, err)
	}
	if err := e.Close(); err != nil {
		return nil, fmt.Errorf("%s: %w", coding, err)
	}
	return out.Bytes(), nil
}
