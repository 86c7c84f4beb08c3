package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// magicWord starts every record.
const magicWord = "WARC/"

// BrokenError says that a part of a file is no whole record.
type BrokenError struct {
	// Offset is where the part starts, in bytes of the file as it is; inside a
	// gzip member that holds several records it is where the member starts.
	Offset int64
	Err    error
}

// Error gives the offset and what is wrong.
func (e *BrokenError) Error() string { return fmt.Sprintf("offset %d: %v", e.Offset, e.Err) }

// Unwrap returns what is wrong.
func (e *BrokenError) Unwrap() error { return e.Err }

// Record is one record of a file, valid until the next one is read; or, when
// Broken is set, a run of bytes that is none.
type Record struct {
	// Offset is where it starts, as in BrokenError.
	Offset int64
	// Version is the first line, such as "WARC/1.1".
	Version string
	// Header holds the named fields.
	Header Header
	// Block is the content; nil when it is longer than the reader's limit.
	Block []byte
	// Size is the length of the content in bytes.
	Size int64
	// Broken reports whether this is no record. Err says why, in the first of
	// several such runs; it is nil in the others.
	Broken bool
	Err    error

	raw    []byte // head, block and the empty lines after it
	member []byte // the same compressed, when the file has it so
	// decoded reports whether raw is what could be decoded of bytes that follow,
	// compressed, in the next runs.
	decoded bool
	// rest passes on what raw does not hold of a long record.
	rest func(io.Writer) error
}

// Reader reads a file record by record.
type Reader struct {
	src  *source
	max  int64
	raw  bytes.Buffer
	last *Record
	lost lostState
}

// NewReader reads r, which may be gzip. Records of up to limit bytes are held
// in memory, longer ones are only passed on.
func NewReader(r io.Reader, limit int64) (*Reader, error) {
	src, err := newSource(r)
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	return &Reader{src: src, max: limit}, nil
}

// Compressed reports whether the file is gzip.
func (r *Reader) Compressed() bool { return r.src.gz != nil }

// Next returns the next record, or run of bytes that is none. The error is
// io.EOF at the end, or that of the underlying reader.
func (r *Reader) Next() (*Record, error) {
	if r.last != nil && r.last.rest != nil {
		if err := r.last.rest(io.Discard); err != nil && !isBroken(err) {
			return nil, err
		}
	}
	r.last = nil
	for r.lost.in != notLost {
		rec, err := r.skip()
		if rec != nil || err != nil {
			return rec, err
		}
	}
	rec, err := r.next()
	r.last = rec
	return rec, err
}

func isBroken(err error) bool {
	var b *BrokenError
	return errors.As(err, &b)
}

func (r *Reader) next() (*Record, error) {
	aligned := r.src.atMember()
	rec := &Record{Offset: r.src.rawPos()}
	if aligned {
		r.src.keepMember()
	} else {
		r.src.file.drop()
		if r.src.gz != nil {
			rec.Offset = r.src.member
		}
	}
	first := r.src.members
	r.raw.Reset()
	err := r.readRecord(rec)
	switch {
	case errors.Is(err, io.EOF) && r.raw.Len() == 0:
		return nil, io.EOF
	case err == nil && rec.rest == nil:
		rec.raw = r.raw.Bytes()
		var whole bool
		if whole, err = r.src.atBoundary(); whole && aligned && r.src.members == first+1 {
			rec.member = r.src.file.since(rec.Offset, r.src.rawPos())
		}
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return r.broken(rec, aligned, err)
	}
	return rec, nil
}

// fault is a fault of the file's content, not of reading it.
type fault struct{ err error }

func (f *fault) Error() string { return f.err.Error() }

func faultf(format string, args ...any) error { return &fault{fmt.Errorf(format, args...)} }

// cutOff makes the end of the file a fault.
func cutOff(where string, err error) error {
	if errors.Is(err, io.EOF) || err == io.ErrUnexpectedEOF { //nolint:errorlint // the one inside damage is another
		return faultf("the file ends inside %s", where)
	}
	return err
}

// readRecord reads head, block and empty lines into r.raw.
func (r *Reader) readRecord(rec *Record) error {
	if err := r.readHead(); err != nil {
		return err
	}
	version, header, err := parseHead(bytes.Clone(r.raw.Bytes()), false)
	if err != nil {
		return &fault{err}
	}
	rec.Version, rec.Header = version, header
	if rec.Size, err = blockLength(&header); err != nil {
		return &fault{err}
	}
	head := r.raw.Len()
	if rec.Size > r.max {
		rec.raw = r.raw.Bytes()
		rec.rest = func(w io.Writer) error { return r.passRest(rec, w) }
		r.src.file.drop()
		return nil
	}
	if _, err := io.CopyN(&r.raw, r.src.buf, rec.Size); err != nil {
		return cutOff("the block of a record", err)
	}
	if err := r.readEnd(&r.raw); err != nil {
		return err
	}
	rec.Block = r.raw.Bytes()[head : head+int(rec.Size)]
	return nil
}

// readHead reads up to and with the empty line. io.EOF says that there is no
// record any more.
func (r *Reader) readHead() error {
	start, err := r.src.buf.Peek(len(magicWord))
	if string(start) != magicWord {
		if err != nil && (!errors.Is(err, io.EOF) || len(start) == 0) {
			return err
		}
		return faultf("this is not the start of a WARC record")
	}
	for {
		line, err := r.src.buf.ReadSlice('\n')
		r.raw.Write(line)
		switch {
		case r.raw.Len() > maxHead:
			return faultf("the head of the record is over the limit of %d bytes", maxHead)
		case errors.Is(err, bufio.ErrBufferFull):
		case err != nil:
			return cutOff("the head of a record", err)
		case len(trimEnd(line)) == 0:
			return nil
		}
	}
}

// readEnd reads the line ends after a block, and holds that a record or the end
// comes after them.
func (r *Reader) readEnd(w io.Writer) error {
	r.src.stop = true
	defer func() { r.src.stop = false }()
	lines := 0
	for {
		next, err := r.src.buf.Peek(1)
		if errors.Is(err, io.EOF) || errors.Is(err, errBoundary) {
			return nil
		}
		if err != nil {
			return err
		}
		if next[0] != '\r' && next[0] != '\n' {
			if lines < 2 && !(lines == 1 && r.startsRecord()) {
				return faultf("the block does not end where its Content-Length says")
			}
			return nil
		}
		if next[0] == '\n' {
			lines++
		}
		if _, err := w.Write(next); err != nil {
			return &writeError{err}
		}
		_, _ = r.src.buf.Discard(1)
	}
}

func (r *Reader) startsRecord() bool {
	next, _ := r.src.buf.Peek(len(magicWord))
	return string(next) == magicWord
}

// writeError is a fault of the output, met while a record passes through.
type writeError struct{ err error }

func (e *writeError) Error() string { return e.err.Error() }
func (e *writeError) Unwrap() error { return e.err }

// passRest streams the block and the empty lines of a long record.
func (r *Reader) passRest(rec *Record, w io.Writer) error {
	rec.rest = nil
	_, err := io.Copy(&markWrites{w}, io.LimitReader(&countDown{r.src.buf, rec.Size}, rec.Size))
	if err == nil {
		err = r.readEnd(w)
	}
	var out *writeError
	if err == nil || errors.As(err, &out) {
		return err
	}
	return r.lose(rec.Offset, err, false)
}

// markWrites tells errors of the output from those of the input.
type markWrites struct{ w io.Writer }

func (m *markWrites) Write(p []byte) (int, error) {
	n, err := m.w.Write(p)
	if err != nil {
		err = &writeError{err}
	}
	return n, err
}

// countDown makes an early end a fault.
type countDown struct {
	r    io.Reader
	left int64
}

func (c *countDown) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.left -= int64(n)
	if err != nil && c.left > 0 {
		err = cutOff("the block of a record", err)
	}
	return n, err
}
