package server

import (
	"errors"
	"io"
	"net/http"
	"sync"
	"time"
)

var errStopped = errors.New("the stream is over")

// guardedReader can be stopped from outside: after stop nobody is inside Read
// nor ever gets there again, so that the handler may end.
type guardedReader struct {
	mu      sync.Mutex
	from    io.Reader
	in      *streamReader
	free    func()
	stopped bool
}

func (g *guardedReader) Read(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.stopped {
		return 0, errStopped
	}
	return g.from.Read(p)
}

// stop waits for the read under way, which it ends by a deadline in the past
// where the stream broke off.
func (g *guardedReader) stop(broken bool) {
	if broken {
		g.in.stop()
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.stopped = true
	if g.free != nil {
		g.free()
	}
}

// streamReader gives a stream a new deadline at each read.
type streamReader struct {
	from io.Reader
	rc   *http.ResponseController
	idle time.Duration

	mu   sync.Mutex // over over and the deadline
	over bool
}

func (s *streamReader) Read(p []byte) (int, error) {
	if !s.extend() {
		return 0, errStopped
	}
	n, err := s.from.Read(p)
	if err == io.EOF { //nolint:errorlint // a wrapped EOF is a torn body
		_ = s.rc.SetReadDeadline(time.Time{}) // what is left to do is the service's, not the client's
	}
	return n, err
}

func (s *streamReader) extend() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.over {
		_ = s.rc.SetReadDeadline(time.Now().Add(s.idle)) // writers of tests have none
	}
	return !s.over
}

func (s *streamReader) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.over = true
	_ = s.rc.SetReadDeadline(time.Unix(1, 0))
}

// streamWriter begins the answer with its first byte, so that a fault before
// it can still be told with a status, and gives each write a deadline.
type streamWriter struct {
	w      *response
	rc     *http.ResponseController
	idle   time.Duration
	coding string
	codecs *codecs
	enc    encoder
	free   func()
}

func (s *streamWriter) begin() error {
	h := s.w.Header()
	h.Set("Content-Type", typeNDJSON)
	h.Set("Vary", "Accept-Encoding")
	if s.coding != codingIdentity {
		var err error
		if s.enc, s.free, err = s.codecs.encoder(s.coding, s.w); err != nil {
			return err
		}
		h.Set("Content-Encoding", s.coding)
	}
	s.w.WriteHeader(http.StatusOK)
	return nil
}

func (s *streamWriter) Write(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if !s.w.started() {
		if err := s.begin(); err != nil {
			return 0, err
		}
	}
	s.extend()
	if s.enc != nil {
		return s.enc.Write(p)
	}
	return s.w.Write(p)
}

// Flush sends what was written so far.
func (s *streamWriter) Flush() error {
	if !s.w.started() {
		return nil
	}
	s.extend()
	if s.enc != nil {
		if err := s.enc.Flush(); err != nil {
			return err
		}
	}
	return s.rc.Flush()
}

// close ends the coding; without it the answer is visibly cut short.
func (s *streamWriter) close() error {
	if s.enc == nil {
		return nil
	}
	s.extend()
	err := s.enc.Close()
	s.free()
	return err
}

func (s *streamWriter) extend() { _ = s.rc.SetWriteDeadline(time.Now().Add(s.idle)) }
