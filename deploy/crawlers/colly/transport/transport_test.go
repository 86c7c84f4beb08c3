package transport

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync/atomic"
	"testing"
	"time"
)

// twin answers as dross does, with the statuses given, the last one again and again.
func twin(t *testing.T, verdict, body string, statuses ...int) (string, *atomic.Int32) {
	t.Helper()
	var asked atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := int(asked.Add(1))
		w.Header().Set("Dross-Verdict", verdict)
		status := statuses[min(n, len(statuses))-1]
		if status == http.StatusServiceUnavailable {
			w.Header().Set("Retry-After", "1")
		}
		w.WriteHeader(status)
		if status == http.StatusOK {
			_, _ = io.WriteString(w, body)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL, &asked
}

func site(t *testing.T, contentType string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		_, _ = io.WriteString(w, "as it came")
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestTransport(t *testing.T) {
	cases := []struct {
		name, contentType, verdict string
		statuses                   []int
		onFailure                  OnFailure
		retries                    int
		want                       string // empty: an error
		asked                      int32
	}{
		{"stripped", "text/html", "stripped", []int{200}, FailClosed, 0, "what is left", 1},
		{"clean", "text/html; charset=gbk", "clean", []int{204}, FailClosed, 0, "as it came", 1},
		{"rejected", "text/html", "rejected", []int{200}, FailOpen, 0, "", 1},
		{"no page", "image/png", "stripped", []int{200}, FailClosed, 0, "as it came", 0},
		{"busy, closed", "text/html", "", []int{503}, FailClosed, 0, "", 1},
		{"busy, open", "text/html", "", []int{503}, FailOpen, 0, "as it came", 1},
		{"busy once", "text/html", "stripped", []int{503, 200}, FailClosed, 2, "what is left", 2},
		{"refused is final", "text/html", "", []int{415}, FailClosed, 3, "", 1},
		{"the default is closed", "text/html", "", []int{500}, "", 3, "", 1},
	}
	for _, c := range cases {
		url, asked := twin(t, c.verdict, "what is left", c.statuses...)
		client := &http.Client{Transport: &Transport{URL: url, OnFailure: c.onFailure, Retries: c.retries}}
		begin := time.Now()
		resp, err := client.Get(site(t, c.contentType))
		if (err != nil) != (c.want == "") {
			t.Errorf("%s: %v", c.name, err)
		}
		if (c.verdict == "rejected") != errors.Is(err, ErrRejected) {
			t.Errorf("%s: %v", c.name, err)
		}
		if asked.Load() != c.asked || c.asked == 2 && time.Since(begin) < time.Second {
			t.Errorf("%s: asked %d times in %v, want %d and the wait asked for", c.name, asked.Load(), time.Since(begin), c.asked)
		}
		if err != nil {
			continue
		}
		b, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if string(b) != c.want || resp.Header.Get("Content-Length") != strconv.Itoa(len(c.want)) {
			t.Errorf("%s: got %q, want %q", c.name, b, c.want)
		}
	}
}

func TestDown(t *testing.T) {
	page, down := site(t, "text/html"), "http://127.0.0.1:1"
	var e *UnavailableError
	if _, err := (&http.Client{Transport: &Transport{URL: down}}).Get(page); !errors.As(err, &e) || e.Status != 0 {
		t.Errorf("closed: %v", err)
	}
	resp, err := (&http.Client{Transport: &Transport{URL: down, OnFailure: FailOpen}}).Get(page)
	if err != nil || resp.Header.Get("Dross-Unfiltered") != "1" {
		t.Fatalf("open: %v", err)
	}
	_ = resp.Body.Close()
}
