package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
)

// errBoundary says that a gzip member ends here.
var errBoundary = errors.New("end of gzip member")

// window reads a file, knows its position, and can go back to where it was told
// to keep from.
type window struct {
	r     io.Reader
	pos   int64  // of the next byte to be read
	start int64  // of kept[0]
	kept  []byte // from start on
	keep  bool
}

func (w *window) Read(p []byte) (int, error) {
	if behind := w.pos - w.start; behind < int64(len(w.kept)) {
		n := copy(p, w.kept[behind:])
		w.pos += int64(n)
		return n, nil
	}
	n, err := w.r.Read(p)
	if w.keep {
		w.kept = append(w.kept, p[:n]...)
	} else {
		w.kept, w.start = w.kept[:0], w.pos+int64(n)
	}
	w.pos += int64(n)
	return n, err
}

// drop forgets what has been read, and keeps no more.
func (w *window) drop() {
	w.keep = false
	if w.pos >= w.start+int64(len(w.kept)) {
		w.kept, w.start = w.kept[:0], w.pos
	}
}

// since returns what was kept from one position to another.
func (w *window) since(from, to int64) []byte { return w.kept[from-w.start : to-w.start] }

// source is the stream of plain bytes of a file that may be gzip.
type source struct {
	file *window
	raw  *bufio.Reader // over file
	gz   *gzip.Reader  // nil when the file is plain
	buf  *bufio.Reader // plain bytes: over the source itself, or raw
	// member is where the current gzip member starts, members counts them.
	member  int64
	members int
	// stop makes Read end with errBoundary at the end of a member.
	stop  bool
	ended bool // the current member was read to its end
}

// newSource tells gzip from plain by the first bytes.
func newSource(r io.Reader) (*source, error) {
	s := &source{file: &window{r: r}}
	s.raw = bufio.NewReaderSize(s.file, 64<<10)
	magic, err := s.raw.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		s.buf = s.raw
		return s, nil
	}
	s.buf = bufio.NewReaderSize(s, 64<<10)
	s.gz = new(gzip.Reader)
	s.ended = true
	return s, nil
}

// rawPos is the position in the file that all plain bytes came from; it is right
// at the ends of members only.
func (s *source) rawPos() int64 { return s.file.pos - int64(s.raw.Buffered()) }

// keepMember makes the file keep what comes from here, the start of a member.
func (s *source) keepMember() {
	off := s.rawPos()
	if ahead := off - s.file.start; ahead >= 0 {
		s.file.kept = s.file.kept[:copy(s.file.kept, s.file.kept[ahead:])]
	} else {
		buffered, _ := s.raw.Peek(s.raw.Buffered())
		s.file.kept = append(s.file.kept[:0], buffered...)
	}
	s.file.start = off
	s.file.keep = true
}

// atMember reports whether the next plain byte is the first of a member.
func (s *source) atMember() bool { return s.gz != nil && s.ended && s.buf.Buffered() == 0 }

// Read gives plain bytes and goes on from member to member.
func (s *source) Read(p []byte) (int, error) {
	for {
		if s.ended {
			if s.stop {
				return 0, errBoundary
			}
			if err := s.nextMember(); err != nil {
				return 0, err
			}
		}
		n, err := s.gz.Read(p)
		if errors.Is(err, io.EOF) {
			s.ended, err = true, nil
		}
		if err != nil {
			err = &damage{err}
		}
		if n > 0 || err != nil {
			return n, err
		}
	}
}

func (s *source) nextMember() error {
	if _, err := s.raw.Peek(1); err != nil {
		return err
	}
	s.member = s.rawPos()
	s.members++
	if err := s.gz.Reset(s.raw); err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return &damage{err}
	}
	s.gz.Multistream(false)
	s.ended = false
	return nil
}

// atBoundary reports whether a gzip member ends after the last byte taken from
// buf. The error is that of damaged compression.
func (s *source) atBoundary() (bool, error) {
	if s.gz == nil || s.buf.Buffered() > 0 {
		return false, nil
	}
	s.stop = true
	_, err := s.buf.Peek(1)
	s.stop = false
	if errors.Is(err, errBoundary) {
		return true, nil
	}
	return false, err
}

// damage is a fault of the compression.
type damage struct{ err error }

func (d *damage) Error() string {
	if errors.Is(d.err, io.ErrUnexpectedEOF) {
		return "the gzip member is cut off"
	}
	return fmt.Sprintf("the compression is damaged: %v", d.err)
}

func (d *damage) Unwrap() error { return d.err }

// resync goes back to from and finds the next member that holds the start of a
// record; here reports whether that may be at from itself. It returns the bytes
// up to there, at most limit of them, and whether there is such a member;
// without one, calls from where the last one ended return the rest, then io.EOF.
func (s *source) resync(from int64, here bool, limit int) (skipped []byte, found bool, err error) {
	if s.rawPos() != from {
		s.file.pos = from
		s.raw.Reset(s.file)
	}
	s.file.drop()
	s.buf.Reset(s)
	s.ended = true
	if here && s.startsRecord() {
		return nil, true, nil
	}
	for len(skipped) < limit {
		b, err := s.raw.ReadByte()
		if err != nil {
			return skipped, false, err
		}
		skipped = append(skipped, b)
		if s.startsRecord() {
			return skipped, true, nil
		}
	}
	return skipped, false, nil
}

// startsRecord reports whether the next bytes of the file are a gzip member that
// holds the start of a record.
func (s *source) startsRecord() bool {
	if magic, err := s.raw.Peek(3); err != nil || !bytes.Equal(magic, []byte{0x1f, 0x8b, 8}) {
		return false
	}
	head, _ := s.raw.Peek(4 << 10)
	gz, err := gzip.NewReader(bytes.NewReader(head))
	if err != nil {
		return false
	}
	var start [len(magicWord)]byte
	_, err = io.ReadFull(gz, start[:])
	return err == nil && string(start[:]) == magicWord
}
