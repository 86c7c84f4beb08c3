package warc

import (
	"bufio"
	"io"

	"github.com/klauspost/compress/gzip"
)

// writer writes records, each in a gzip member of its own where asked for.
type writer struct {
	out  *bufio.Writer
	gzip bool
	gz   *gzip.Writer
}

func newWriter(w io.Writer, compressed bool) *writer {
	return &writer{out: bufio.NewWriterSize(w, 64<<10), gzip: compressed}
}

// pass writes a record as it was read.
func (w *writer) pass(rec *Record) error {
	switch {
	case w.gzip && rec.decoded, !w.gzip && rec.raw == nil:
		return nil // the same bytes come, or came, in the other form
	case w.gzip && rec.member != nil:
		_, err := w.out.Write(rec.member)
		return err
	}
	return w.record(func(to io.Writer) error {
		if _, err := to.Write(rec.raw); err != nil || rec.rest == nil {
			return err
		}
		return rec.rest(to)
	})
}

// write writes the bytes of one record.
func (w *writer) write(data []byte) error {
	return w.record(func(to io.Writer) error {
		_, err := to.Write(data)
		return err
	})
}

// record has fill write one record. The member is ended even when fill fails,
// so that what it wrote can be read.
func (w *writer) record(fill func(io.Writer) error) error {
	if !w.gzip {
		return fill(w.out)
	}
	if w.gz == nil {
		w.gz = gzip.NewWriter(w.out)
	} else {
		w.gz.Reset(w.out)
	}
	err := fill(w.gz)
	if end := w.gz.Close(); err == nil {
		err = end
	}
	return err
}

func (w *writer) flush() error { return w.out.Flush() }
