package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/drosshq/dross/filter"
)

// stdinName stands for standard input in arguments and messages.
const (
	stdinArg  = "-"
	stdinName = "standard input"
)

// errEmpty says that a page has no bytes.
var errEmpty = errors.New("the page is empty")

// input is one page to be judged.
type input struct {
	// arg is the argument as given, name what messages call it.
	arg, name string
}

func inputs(args []string) []input {
	if len(args) == 0 {
		args = []string{stdinArg}
	}
	ins := make([]input, len(args))
	for i, arg := range args {
		ins[i] = input{arg: arg, name: arg}
		if arg == stdinArg {
			ins[i].name = stdinName
		}
	}
	return ins
}

func (in input) isStdin() bool { return in.arg == stdinArg }

// read returns the page's bytes, or a *filter.LimitError past limit.
func (in input) read(stdin io.Reader, limit int) ([]byte, error) {
	if in.isStdin() {
		return readLimited(stdin, limit, 0)
	}
	f, err := os.Open(in.arg)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, errors.New("is a folder")
	}
	return readLimited(f, limit, int(info.Size()))
}

// readLimited reads to the end; size is the expected one, or 0.
func readLimited(r io.Reader, limit, size int) ([]byte, error) {
	if size > limit {
		return nil, &filter.LimitError{Limit: "page size", Max: limit, Got: size, Unit: "bytes"}
	}
	var buf bytes.Buffer
	buf.Grow(size + bytes.MinRead)
	if _, err := buf.ReadFrom(io.LimitReader(r, int64(limit)+1)); err != nil {
		return nil, err
	}
	switch {
	case buf.Len() > limit:
		return nil, &filter.LimitError{Limit: "page size", Max: limit, Unit: "bytes"}
	case buf.Len() == 0:
		return nil, errEmpty
	}
	return buf.Bytes(), nil
}

// contentType is the type that the file's name tells, or "" to have it sniffed.
func (in input) contentType() string {
	switch strings.ToLower(filepath.Ext(in.arg)) {
	case ".html", ".htm", ".shtml":
		return "text/html"
	case ".xhtml", ".xht":
		return "application/xhtml+xml"
	case ".txt", ".text":
		return "text/plain"
	case ".md", ".markdown":
		return "text/markdown"
	default:
		return ""
	}
}

// contextReader ends reading when the context ends, also while it waits for a
// terminal or a pipe.
type contextReader struct {
	ctx  context.Context
	in   io.Reader
	buf  []byte
	done chan readResult
}

type readResult struct {
	n   int
	err error
}

// Read reads in a goroutine and into a buffer that can be left behind; after
// that it is never used again.
func (r *contextReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	if r.done == nil {
		r.done, r.buf = make(chan readResult, 1), make([]byte, 256<<10)
	}
	buf := r.buf[:min(len(p), len(r.buf))]
	go func() {
		n, err := r.in.Read(buf)
		r.done <- readResult{n, err}
	}()
	select {
	case got := <-r.done:
		return copy(p, buf[:got.n]), got.err
	case <-r.ctx.Done():
		return 0, r.ctx.Err()
	}
}
