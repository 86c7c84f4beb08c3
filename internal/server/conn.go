package server

import (
	"context"
	"net"
	"sync"
)

// Listener accepts TCP connections, not more than a number at once, and lets
// the server write an answer's head and body with one call to the kernel. Each
// call wakes the client, which costs more than judging a small page.
type Listener struct {
	net.Listener
	places chan struct{}
	closed chan struct{}
	once   sync.Once
}

// Listen makes a listener of at most most connections that are open at once.
// The server it is for must have ConnContext.
func Listen(address string, most int) (*Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, err
	}
	return &Listener{Listener: l, places: make(chan struct{}, most), closed: make(chan struct{})}, nil
}

// Accept waits for a place, and for a connection to take it.
func (l *Listener) Accept() (net.Conn, error) {
	select {
	case l.places <- struct{}{}:
	case <-l.closed:
		return nil, net.ErrClosed
	}
	c, err := l.Listener.Accept()
	if err != nil {
		<-l.places
		return nil, err
	}
	t, ok := c.(*net.TCPConn)
	if !ok { // a TCP listener makes no others
		<-l.places
		return nil, net.UnknownNetworkError(c.LocalAddr().Network())
	}
	return &conn{TCPConn: t, free: sync.OnceFunc(func() { <-l.places })}, nil
}

// Close ends the listener; connections go on.
func (l *Listener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return l.Listener.Close()
}

// conn is a connection that can hold a small write back until the next one. The
// methods for that are for the goroutine that handles its request, which is the
// only one to write.
type conn struct {
	*net.TCPConn
	free    func()
	holding bool
	held    []byte
}

// mostHeld is the size of the buffer in which net/http gathers an answer.
const mostHeld = 4 << 10

func (c *conn) Write(p []byte) (int, error) {
	switch {
	case !c.holding:
		return c.TCPConn.Write(p)
	case len(c.held) == 0 && len(p) <= mostHeld:
		c.held = append(c.held, p...)
		return len(p), nil
	}
	before := len(c.held)
	both := net.Buffers{c.held, p}
	n, err := both.WriteTo(c.TCPConn)
	c.held = c.held[:0]
	return max(0, int(n)-before), err
}

// release sends what is held, and holds nothing from now on.
func (c *conn) release() {
	c.holding = false
	if len(c.held) > 0 {
		_, _ = c.TCPConn.Write(c.held) // a client that left is noticed by the next write
		c.held = c.held[:0]
	}
}

// Close ends the connection and gives its place to another.
func (c *conn) Close() error {
	defer c.free()
	return c.TCPConn.Close()
}

type connKey struct{}

// ConnContext is for the http.Server whose handler a Server is.
func ConnContext(ctx context.Context, c net.Conn) context.Context {
	if own, ok := c.(*conn); ok {
		return context.WithValue(ctx, connKey{}, own)
	}
	return ctx // TLS makes its own records
}

// joined calls write with its connection's writes joined where that can be done.
func joined(ctx context.Context, protoMajor int, write func()) {
	if c, ok := ctx.Value(connKey{}).(*conn); ok && protoMajor == 1 {
		c.holding = true
		defer c.release()
	}
	write()
}
