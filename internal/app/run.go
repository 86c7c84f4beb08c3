package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"time"

	"github.com/prometheus/exporter-toolkit/web"

	"github.com/drosshq/dross/internal/server"
)

const (
	headTimeout = 10 * time.Second
	idleTimeout = 2 * time.Minute
	maxHead     = 64 << 10
)

// Addr waits until Run listens and returns the address; "" when ctx ends first.
func (a *App) Addr(ctx context.Context) string {
	select {
	case addr := <-a.addr:
		a.addr <- addr
		return addr
	case <-ctx.Done():
		return ""
	}
}

// Run serves until ctx ends, then drains. It fails when it cannot listen or
// the first load of the lists fails.
func (a *App) Run(ctx context.Context) error {
	cfg := a.opts.Config
	l, err := server.Listen(cfg.Listen, cfg.Connections)
	if err != nil {
		return fmt.Errorf("listening on %s: %w", cfg.Listen, err)
	}
	a.addr <- l.Addr().String()
	// Requests get a context of their own: they may end when the service drains.
	base, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	srv := a.httpServer(base)
	served := make(chan error, 1)
	go func() {
		served <- web.Serve(l, srv, &web.FlagConfig{WebConfigFile: &cfg.WebConfig}, a.opts.Logger)
	}()
	stopDebug, err := a.serveDebug()
	if err != nil {
		_ = srv.Close()
		return err
	}
	defer stopDebug()
	files := a.watcher()
	if files != nil {
		defer func() { _ = files.Close() }()
	}
	if err := a.Load(); err != nil {
		_ = srv.Close()
		if closed := <-served; !errors.Is(closed, http.ErrServerClosed) {
			err = errors.Join(err, closed)
		}
		return err
	}
	set := a.current.Load().filter.Lists()
	a.opts.Logger.Info("ready", "address", l.Addr().String(), "revision", set.Revision(), "entries", set.Len())
	stopWatch := a.watch(ctx, files)
	defer stopWatch()

	select {
	case err := <-served:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
	}
	return a.drain(srv, served, cut)
}

func (a *App) httpServer(base context.Context) *http.Server {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetHTTP2(true)
	protocols.SetUnencryptedHTTP2(true)
	return &http.Server{
		Handler:           a.server,
		Protocols:         protocols,
		ReadHeaderTimeout: headTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHead,
		BaseContext:       func(net.Listener) context.Context { return base },
		ConnContext:       server.ConnContext,
		ErrorLog:          slog.NewLogLogger(a.opts.Logger.Handler(), slog.LevelDebug), // faults of clients
	}
}

// drain ends the service: readiness off, a pause for load balancers to notice,
// then no new connections, and time for what is under way.
func (a *App) drain(srv *http.Server, served <-chan error, cut context.CancelFunc) error {
	cfg := a.opts.Config
	a.server.Drain()
	a.opts.Logger.Info("draining", "timeout", cfg.DrainTimeout)
	time.Sleep(cfg.DrainDelay)
	ctx, cancel := context.WithTimeout(context.Background(), cfg.DrainTimeout)
	defer cancel()
	err := srv.Shutdown(ctx)
	if err != nil {
		a.opts.Logger.Warn("requests were cut off when the time to drain was over", "err", err)
		cut()
		_ = srv.Close()
	}
	if err := <-served; err != nil && !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving: %w", err)
	}
	if err == nil {
		a.server.Close()
	}
	a.opts.Logger.Info("ended")
	return nil
}

// serveDebug serves profiles on a listener of their own, where one is asked for.
func (a *App) serveDebug() (stop func(), err error) {
	address := a.opts.Config.DebugListen
	if address == "" {
		return func() {}, nil
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listening on %s for profiles: %w", address, err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	srv := &http.Server{Handler: mux, ReadHeaderTimeout: headTimeout}
	go func() { _ = srv.Serve(l) }() // ends with stop
	a.opts.Logger.Info("profiles", "address", l.Addr().String())
	return func() { _ = srv.Close() }, nil
}
