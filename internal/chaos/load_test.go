package chaos

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/drosshq/dross/filter"
)

var loadTime = flag.Duration("load.duration", 0, "how long each step of the load run takes; 0: no load run")

// echoEnv makes the test binary a service that reads a body and sends it back.
const echoEnv = "CHAOS_ECHO"

func TestMain(m *testing.M) {
	if os.Getenv(echoEnv) != "" {
		echo()
		return
	}
	os.Exit(m.Run())
}

// echo is what the service is measured against.
func echo() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Fprintf(os.Stderr, "ready address=%s \n", l.Addr())
	srv := &http.Server{ReadHeaderTimeout: 10 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, "", http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", r.Header.Get("Content-Type"))
		w.Header().Set("Content-Length", strconv.Itoa(len(b)))
		_, _ = w.Write(b)
	})}
	_ = srv.Serve(l) // until it is killed
}

// measured is one step of the load run.
type measured struct {
	rate    float64 // good answers a second
	shed    int     // answers of 503
	offered float64 // requests a second
	p50     time.Duration
	p99     time.Duration // of good answers
}

func (m measured) String() string {
	return fmt.Sprintf("%8.0f good/s, p50 %7.2f ms, p99 %7.2f ms, offered %8.0f/s, shed %d",
		m.rate, ms(m.p50), ms(m.p99), m.offered, m.shed)
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// TestLoad measures the service against the echo in one run.
func TestLoad(t *testing.T) {
	if *loadTime == 0 {
		t.Skip("needs -load.duration")
	}
	r := rand.New(rand.NewPCG(3, 4))
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	echoCmd := exec.Command(self)
	echoCmd.Env = append(os.Environ(), echoEnv+"=1")
	e := run(t, echoCmd)
	d := run(t, exec.Command(build(t), "serve", "--listen=127.0.0.1:0"))
	half := 0.0
	for _, size := range []int{20 << 10, 200 << 10} {
		page := pageOf(r, size, true, false)
		n := 2 * runtime.GOMAXPROCS(0)
		// Echo, service, echo, service: what else the machine does hurts both.
		var echoed, served []float64
		for range 2 {
			em := closedLoop(t, e.addr, page, n, *loadTime)
			dm := closedLoop(t, d.addr, page, n, *loadTime)
			t.Logf("%3d KB clean, full load: echo    %v", size>>10, em)
			t.Logf("%3d KB clean, full load: service %v", size>>10, dm)
			echoed, served = append(echoed, em.rate), append(served, dm.rate)
		}
		ratio := mean(served) / mean(echoed)
		t.Logf("%3d KB clean: %.2f of the echo's throughput", size>>10, ratio)
		if size == 20<<10 {
			half = ratio
		}
		t.Logf("%3d KB clean, half load: service %v", size>>10, openLoop(t, d.addr, page, mean(served)/2, *loadTime))
	}
	if half < 0.5 {
		t.Errorf("%.2f of the echo's throughput on clean 20 KB pages, want 0.5", half)
	}
	overload(t, d, pageOf(r, 20<<10, true, true))
	d.end(t)
}

// overload offers four times what the service can do.
func overload(t *testing.T, d *process, page filter.Page) {
	t.Helper()
	var capacity, goodput []float64
	for range 2 {
		c := closedLoop(t, d.addr, page, 4*runtime.GOMAXPROCS(0), *loadTime)
		over := openLoop(t, d.addr, page, 4*c.rate, *loadTime)
		t.Logf(" 20 KB with a block, capacity:             %v", c)
		t.Logf(" 20 KB with a block, 4 times that offered: %v", over)
		capacity, goodput = append(capacity, c.rate), append(goodput, over.rate)
		if over.p99 > 2*time.Second { // the longest wait in the queue is 1 s
			t.Errorf("p99 of the accepted is %v", over.p99)
		}
	}
	ratio := mean(goodput) / mean(capacity)
	t.Logf(" 20 KB with a block: goodput %.2f of capacity", ratio)
	if ratio < 0.9 {
		t.Errorf("goodput under overload is %.2f of capacity, want 0.9", ratio)
	}
}

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
	return &conn{c, bufio.NewReaderSize(c, 64<<10)}, nil
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
		shed: s.shed, p50: at(0.5), p99: at(0.99),
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
// 256 connections. Time counts from when a request was due.
func openLoop(t testing.TB, addr string, page filter.Page, rate float64, length time.Duration) measured {
	t.Helper()
	const conns = 256
	req, s := requestBytes(page), &sink{}
	due := make(chan time.Time, conns)
	var wg sync.WaitGroup
	for range conns {
		wg.Go(func() {
			c, err := dial(addr)
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
	begin := time.Now()
	for i := 0; time.Since(begin) < length; {
		for want := int(time.Since(begin).Seconds() * rate); i < want; i++ {
			select {
			case due <- begin.Add(time.Duration(float64(i) / rate * float64(time.Second))):
			default: // all connections are busy: this one is not offered
			}
		}
		time.Sleep(time.Millisecond)
	}
	close(due)
	wg.Wait()
	return s.measured(t, time.Since(begin))
}
