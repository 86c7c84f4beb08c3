package chaos

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/drosshq/dross/filter"
)

// conn is a client that costs little: it writes bytes made before and reads
// the status and the length of the answer.
type conn struct {
	net.Conn
	r *bufio.Reader
}

func dial(addr string) (*conn, error) {
	c, err := net.DialTimeout("tcp", addr, 10*time.Second)
	if err != nil {
		return nil, err
	}
	return &conn{c, bufio.NewReaderSize(c, 4<<10)}, nil
}

func requestBytes(page filter.Page) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "POST /v1/filter HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n", page.ContentType, len(page.Body))
	b.Write(page.Body)
	return b.Bytes()
}

var errAnswer = errors.New("not an answer")

// exchange sends a request and returns the status of its answer.
func (c *conn) exchange(req []byte) (int, error) {
	_ = c.SetDeadline(time.Now().Add(30 * time.Second))
	if _, err := c.Write(req); err != nil {
		return 0, err
	}
	line, err := c.r.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	if len(line) < 12 {
		return 0, errAnswer
	}
	status, err := strconv.Atoi(string(line[9:12]))
	if err != nil {
		return 0, errAnswer
	}
	length := 0
	for {
		line, err := c.r.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		if len(line) <= 2 {
			break
		}
		if v, ok := strings.CutPrefix(string(line), "Content-Length: "); ok {
			if length, err = strconv.Atoi(strings.TrimSpace(v)); err != nil {
				return 0, errAnswer
			}
		}
	}
	_, err = c.r.Discard(length)
	return status, err
}

// sink gathers what many connections saw.
type sink struct {
	mu    sync.Mutex
	times []time.Duration
	shed  int
	sent  int
	fault error
}

func (s *sink) add(status int, took time.Duration, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sent++
	switch {
	case err != nil:
		s.fault = err
	case status == http.StatusOK:
		s.times = append(s.times, took)
	case status == http.StatusServiceUnavailable:
		s.shed++
	default:
		s.fault = fmt.Errorf("answered %d", status)
	}
}

func (s *sink) measured(t testing.TB, took time.Duration) measured {
	t.Helper()
	if s.fault != nil {
		t.Fatalf("a request failed: %v", s.fault)
	}
	if len(s.times) < 20 {
		t.Fatalf("only %d good answers", len(s.times))
	}
	slices.Sort(s.times)
	at := func(q float64) time.Duration { return s.times[int(q*float64(len(s.times)-1))] }
	return measured{
		rate: float64(len(s.times)) / took.Seconds(), offered: float64(s.sent) / took.Seconds(),
		shed: s.shed, p50: at(0.5), p99: at(0.99), took: took,
	}
}

// closedLoop keeps n requests under way.
func closedLoop(t testing.TB, addr string, page filter.Page, n int, length time.Duration) measured {
	t.Helper()
	req, s := requestBytes(page), &sink{}
	ctx, cancel := context.WithTimeout(t.Context(), length)
	defer cancel()
	begin := time.Now()
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			c, err := dial(addr)
			if err != nil {
				s.add(0, 0, err)
				return
			}
			defer c.Close()
			for ctx.Err() == nil {
				start := time.Now()
				status, err := c.exchange(req)
				s.add(status, time.Since(start), err)
				if err != nil {
					return
				}
			}
		})
	}
	wg.Wait()
	return s.measured(t, time.Since(begin))
}

// openLoop offers rate requests a second, whatever becomes of them, on up to
// conns connections. Time counts from when a request was due.
func openLoop(t testing.TB, addr string, page filter.Page, rate float64, conns int, length time.Duration) measured {
	t.Helper()
	req, s := requestBytes(page), &sink{}
	due := make(chan time.Time, conns)
	var ready, done sync.WaitGroup
	for range conns {
		ready.Add(1)
		done.Go(func() {
			c, err := dial(addr)
			ready.Done()
			if err != nil {
				s.add(0, 0, err)
				return
			}
			defer c.Close()
			for at := range due {
				status, err := c.exchange(req)
				s.add(status, time.Since(at), err)
				if err != nil {
					return
				}
			}
		})
	}
	ready.Wait() // connecting is no part of what is measured
	begin := time.Now()
	offer(due, begin, rate, length)
	offered := time.Since(begin)
	close(due)
	done.Wait()
	m := s.measured(t, time.Since(begin))
	m.offered = float64(s.sent) / offered.Seconds()
	return m
}

// offer sends the times at which requests are due, when they are.
func offer(due chan<- time.Time, begin time.Time, rate float64, length time.Duration) {
	for i := 0; time.Since(begin) < length; time.Sleep(time.Millisecond) {
		for want := int(time.Since(begin).Seconds() * rate); i < want; i++ {
			select {
			case due <- begin.Add(time.Duration(float64(i) / rate * float64(time.Second))):
			default: // all connections are busy: this one is not offered
			}
		}
	}
}
