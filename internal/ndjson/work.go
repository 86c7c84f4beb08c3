package ndjson

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	"github.com/drosshq/dross/filter"
)

// work answers jobs until there are no more or ctx ends.
func (r *run) work(ctx context.Context) {
	for {
		select {
		case j, ok := <-r.todo:
			if !ok {
				return
			}
			a := r.answer(ctx, j.data)
			j.data = nil
			j.done <- a
		case <-ctx.Done():
			return
		}
	}
}

// answer judges one line. A panic of the cleaner costs that record only.
func (r *run) answer(ctx context.Context, line []byte) (a answer) {
	page, id, bad := parse(line)
	if bad != nil {
		bad.id = id
		return answer{err: bad}
	}
	defer func() {
		if p := recover(); p != nil {
			err := fmt.Errorf("panic: %v\n%s", p, debug.Stack())
			a = answer{err: &RecordError{Code: Internal, Message: "internal error", Err: err, id: id}}
		}
	}()
	res, err := r.cleaner.CleanWith(ctx, page, r.opts.Request)
	if err != nil {
		bad := cleanError(err)
		bad.id = id
		return answer{err: bad}
	}
	out, err := encode(res, id)
	if err != nil {
		return answer{err: &RecordError{Code: Internal, Message: "internal error", Err: err, id: id}}
	}
	res.Content = nil
	return answer{out: out, result: &res, inBytes: len(page.Body)}
}

// encode writes a result with the id as it came in, in place of the result's own.
func encode(res filter.Result, id []byte) ([]byte, error) {
	res.ID = ""
	out, err := res.MarshalJSON()
	if err != nil || len(id) == 0 {
		return out, err
	}
	whole := make([]byte, 0, len(out)+len(id)+6)
	whole = append(whole, `{"id":`...)
	whole = append(whole, id...)
	whole = append(whole, ',')
	return append(whole, out[1:]...), nil
}

// lineReader splits a stream into lines that are not blank.
type lineReader struct {
	in   *bufio.Reader
	max  int
	line int
}

func newLineReader(in io.Reader, limit int) *lineReader {
	return &lineReader{in: bufio.NewReaderSize(in, 64<<10), max: limit}
}

// next returns the next line that is not blank and its number. A line past the
// limit is read to its end and reported as a *RecordError.
func (l *lineReader) next() ([]byte, int, error) {
	for {
		l.line++
		line, err := l.read()
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, l.line, err
		}
		if l.line == 1 {
			line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
		}
		if line = bytes.TrimSpace(line); len(line) > 0 {
			return line, l.line, nil
		}
		if err != nil {
			return nil, l.line, err
		}
	}
}

// read returns one line, with io.EOF when it is the last.
func (l *lineReader) read() ([]byte, error) {
	var line []byte
	tooLong := false
	for {
		part, err := l.in.ReadSlice('\n')
		if !tooLong && len(line)+len(part) > l.max+len("\r\n") {
			line, tooLong = nil, true
		}
		if !tooLong {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case tooLong && (err == nil || errors.Is(err, io.EOF)):
			return nil, &RecordError{Code: RecordTooLarge, Message: fmt.Sprintf("the line is over the limit of %d bytes a record", l.max)}
		default:
			return line, err
		}
	}
}
