package main

import (
	"compress/gzip"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"time"
)

// site serves made pages and counts the visits.
type site struct {
	pages map[string]page
	seen  atomic.Int64
	traps atomic.Int64
}

func newSite(pages []page) *site {
	s := &site{pages: map[string]page{}}
	for _, p := range pages {
		s.pages[p.path] = p
	}
	return s
}

// ServeHTTP serves a page; compressed, if the crawler takes that. "/-/visits" answers
// the visits of pages and of links that only blocks hold, and starts counting anew.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p, ok := s.pages[r.URL.Path]
	switch {
	case r.URL.Path == "/-/visits":
		fmt.Fprintln(w, s.seen.Swap(0), s.traps.Swap(0))
		return
	case !ok:
		if strings.HasPrefix(r.URL.Path, "/trap/") {
			s.traps.Add(1)
		}
		http.NotFound(w, r)
		return
	}
	s.seen.Add(1)
	w.Header().Set("Content-Type", "text/html; charset="+p.charset)
	if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		_, _ = w.Write(p.served) // a crawler that left misses nothing
		return
	}
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(w)
	_, _ = z.Write(p.served)
	_ = z.Close()
}

// serve listens on a free port of the loopback interface and writes its
// address to a file once it takes requests.
func (s *site) serve(addrFile string) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	tmp := addrFile + ".tmp"
	if err := os.WriteFile(tmp, []byte(l.Addr().String()+"\n"), 0o600); err != nil {
		return err
	}
	if err := os.Rename(tmp, addrFile); err != nil {
		return err
	}
	srv := &http.Server{Handler: s, ReadHeaderTimeout: 5 * time.Second}
	return srv.Serve(l)
}
