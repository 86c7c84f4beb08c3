package warc

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// skipPiece is how many bytes of a broken part are handed out at once.
const skipPiece = 1 << 20

// lostState says how the next record is to be found after a broken part.
type lostState struct {
	in lostIn
	// at is where to search a gzip file from; here reports whether a member may
	// start right there.
	at   int64
	here bool
	// prev is the last plain byte before the search.
	prev byte
}

type lostIn int

const (
	notLost lostIn = iota
	inText         // search the plain bytes for the start of a record
	inGzip         // search the file for a member that starts a record
)

// broken turns a record that failed into a run of bytes.
func (r *Reader) broken(rec *Record, aligned bool, err error) (*Record, error) {
	err = r.lose(rec.Offset, err, aligned)
	var b *BrokenError
	if !errors.As(err, &b) {
		return nil, err
	}
	return &Record{
		Offset: rec.Offset, Broken: true, Err: err, raw: r.raw.Bytes(),
		// The search starts over at the member, so its bytes come again, as they are.
		decoded: r.lost.in == inGzip && aligned,
	}, nil
}

// lose notes how the next record is to be found. The error is a *BrokenError,
// or err itself when it is not one of the file's content.
func (r *Reader) lose(offset int64, err error, aligned bool) error {
	var d *damage
	var f *fault
	switch {
	case errors.As(err, &d) && aligned:
		r.lost = lostState{in: inGzip, at: offset}
	case errors.As(err, &d):
		r.lost = lostState{in: inGzip, at: r.src.rawPos(), here: true}
	case errors.As(err, &f):
		r.lost = lostState{in: inText}
		if n := r.raw.Len(); n > 0 {
			r.lost.prev = r.raw.Bytes()[n-1]
		}
	default:
		return err
	}
	return &BrokenError{Offset: offset, Err: err}
}

// skip returns the next bytes that are no record, or nil when there are none.
func (r *Reader) skip() (*Record, error) {
	rec := &Record{Offset: r.src.rawPos(), Broken: true}
	var found bool
	var err error
	if r.lost.in == inText {
		rec.raw, found, err = r.skipText()
	} else {
		rec.Offset = r.lost.at
		rec.member, found, err = r.src.resync(r.lost.at, r.lost.here, skipPiece)
		r.lost.at, r.lost.here = r.src.rawPos(), false
	}
	var d *damage
	switch {
	case found || errors.Is(err, io.EOF):
		r.lost = lostState{}
	case errors.As(err, &d):
		r.lost = lostState{in: inGzip, at: r.src.rawPos(), here: true}
	case err != nil:
		return nil, err
	}
	if len(rec.raw)+len(rec.member) == 0 {
		return nil, nil
	}
	return rec, nil
}

// skipText takes lines until one starts a record, or a gzip member does.
func (r *Reader) skipText() (data []byte, found bool, err error) {
	var out bytes.Buffer
	defer func() { r.src.stop = false }()
	for out.Len() < skipPiece {
		r.src.stop = true
		next, err := r.src.buf.Peek(len(magicWord))
		if len(next) == 0 && errors.Is(err, errBoundary) {
			if r.src.startsRecord() {
				return out.Bytes(), true, nil
			}
			r.src.stop = false
			next, err = r.src.buf.Peek(len(magicWord))
		}
		if string(next) == magicWord && r.lost.prev == '\n' {
			return out.Bytes(), true, nil
		}
		if err != nil && len(next) == 0 {
			return out.Bytes(), false, err
		}
		line, err := r.src.buf.ReadSlice('\n')
		out.Write(line)
		if len(line) > 0 {
			r.lost.prev = line[len(line)-1]
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) && !errors.Is(err, errBoundary) {
			return out.Bytes(), false, err
		}
	}
	return out.Bytes(), false, nil
}
