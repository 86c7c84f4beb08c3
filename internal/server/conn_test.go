package server

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// listen is a listener of the service's own kind.
func listen(t testing.TB, most int) *Listener {
	t.Helper()
	l, err := Listen("127.0.0.1:0", most)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// TestJoinedWrites: answers of all sizes around the buffers of net/http arrive
// whole, one behind the other on one connection.
func TestJoinedWrites(t *testing.T) {
	s := start(t, nil)
	srv := &http.Server{Handler: s.server, ConnContext: ConnContext}
	l := listen(t, 4)
	go func() { _ = srv.Serve(l) }()
	defer srv.Close()
	url := "http://" + l.Addr().String() + "/v1/filter"
	client := &http.Client{Transport: &http.Transport{MaxConnsPerHost: 1}}
	for _, size := range []int{1, 2000, 2048, 3000, 3400, 3500, 3600, 4000, 4095, 4096, 4097, 8000, 8192, 20 << 10, 1 << 20} {
		page := strings.Repeat("x", size)
		resp, err := client.Post(url, "text/plain", strings.NewReader(page))
		if err != nil {
			t.Fatalf("%d bytes: %v", size, err)
		}
		b, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err != nil || string(b) != page {
			t.Errorf("%d bytes: got %d bytes, %v", size, len(b), err)
		}
	}
}

// TestConnHolds: a small write waits for the next one or for release.
func TestConnHolds(t *testing.T) {
	l := listen(t, 1)
	far, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer far.Close()
	accepted, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	c := accepted.(*conn)
	got := make(chan []byte)
	go func() { b, _ := io.ReadAll(far); got <- b }()
	write := func(s string) {
		if n, err := c.Write([]byte(s)); n != len(s) || err != nil {
			t.Errorf("wrote %d of %q: %v", n, s, err)
		}
	}
	write("a")
	c.holding = true
	write("b")
	write(strings.Repeat("c", 2*mostHeld))
	write("d")
	c.release()
	write("e")
	_ = c.Close()
	if want := "ab" + strings.Repeat("c", 2*mostHeld) + "de"; !bytes.Equal(<-got, []byte(want)) {
		t.Error("the writes did not arrive whole and in order")
	}
}

// TestConnectionsAreBounded: one more waits until another ends, and the end of
// the listener ends the wait.
func TestConnectionsAreBounded(t *testing.T) {
	l := listen(t, 1)
	type accepted struct {
		c   net.Conn
		err error
	}
	in := make(chan accepted)
	go func() {
		for {
			c, err := l.Accept()
			in <- accepted{c, err}
			if err != nil {
				return
			}
		}
	}()
	for range 2 {
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
	}
	first := <-in
	select {
	case a := <-in:
		t.Fatalf("a second one came in: %v", a)
	case <-time.After(50 * time.Millisecond):
	}
	_ = first.c.Close()
	_ = first.c.Close() // gives one place back, not two
	if a := <-in; a.err != nil {
		t.Fatal(a.err)
	}
	_ = l.Close()
	if a := <-in; !errors.Is(a.err, net.ErrClosed) {
		t.Errorf("after the end: %v", a.err)
	}
}
