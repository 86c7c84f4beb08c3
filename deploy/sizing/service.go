package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// service is the real program, serving.
type service struct {
	cmd  *exec.Cmd
	url  string
	http *http.Client
}

func (b *bench) start() (*service, error) {
	args := []string{"serve", "--listen=127.0.0.1:0", "--web.enable-lifecycle", "--log.format=text"}
	cmd := exec.Command(b.binary, append(args, b.flags...)...)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1", fmt.Sprintf("GOMEMLIMIT=%d", b.limit<<20*9/10))
	log, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &service{cmd: cmd, http: &http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: clients}}}
	var said []string
	for lines := bufio.NewScanner(log); lines.Scan(); {
		said = append(said, lines.Text())
		if _, rest, ok := strings.Cut(lines.Text(), "msg=ready address="); ok {
			address, _, _ := strings.Cut(rest, " ")
			s.url = "http://" + address
			go func() { _, _ = io.Copy(io.Discard, log) }()
			return s, nil
		}
	}
	return nil, fmt.Errorf("the service ended: %w\n%s", cmd.Wait(), strings.Join(said, "\n"))
}

func (s *service) end() {
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	_ = s.cmd.Wait()
}

func (s *service) reload() error {
	resp, err := s.http.Post(s.url+"/-/reload", "", nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return errors.New("the reload was answered with " + resp.Status)
	}
	return nil
}

// rate is what a load has shown.
type rate struct {
	perCore float64
	shed    int64
}

func (r rate) String() string {
	if r.shed > 0 {
		return fmt.Sprintf("%.0f (%d shed)", r.perCore, r.shed)
	}
	return fmt.Sprintf("%.0f", r.perCore)
}

// load sends a page again and again from all clients; each answer must have the verdict.
func (s *service) load(body []byte, verdict string, d time.Duration) (rate, error) {
	before, err := s.cpu()
	if err != nil {
		return rate{}, err
	}
	var good, shed atomic.Int64
	faults := make(chan error, clients)
	end := time.Now().Add(d)
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			for time.Now().Before(end) {
				status, got, err := s.post(body)
				switch {
				case err == nil && status == http.StatusServiceUnavailable:
					shed.Add(1)
				case err != nil || status != http.StatusOK || got != verdict:
					faults <- fmt.Errorf("status %d, verdict %q, want %q: %w", status, got, verdict, err)
					return
				default:
					good.Add(1)
				}
			}
		})
	}
	wg.Wait()
	close(faults)
	if err := <-faults; err != nil {
		return rate{}, err
	}
	after, err := s.cpu()
	if err != nil {
		return rate{}, err
	}
	return rate{float64(good.Load()) / (after - before).Seconds(), shed.Load()}, nil
}

func (s *service) post(body []byte) (status int, verdict string, err error) {
	resp, err := s.http.Post(s.url+"/v1/filter", "text/html; charset=utf-8", bytes.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, resp.Header.Get("Dross-Verdict"), err
}

// cpu is the processor time of the service so far.
func (s *service) cpu() (time.Duration, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	f := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
	user, err1 := strconv.Atoi(f[11])
	system, err2 := strconv.Atoi(f[12])
	const tick = 10 * time.Millisecond // USER_HZ is 100 on Linux
	return time.Duration(user+system) * tick, errors.Join(err1, err2)
}

// memory is what the service has resident, now and at most, in MiB.
func (s *service) memory() (now, most int, err error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0, 0, err
	}
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(line)
		switch f[0] {
		case "VmRSS:":
			now, err = strconv.Atoi(f[1])
		case "VmHWM:":
			most, err = strconv.Atoi(f[1])
		}
		if err != nil {
			return 0, 0, err
		}
	}
	return now >> 10, most >> 10, nil
}
