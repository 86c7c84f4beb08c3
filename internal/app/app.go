package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/drosshq/dross/internal/config"
	"github.com/drosshq/dross/internal/metrics"
	"github.com/drosshq/dross/internal/server"
)

// Options are what an App needs from outside. Logger and Registry are required.
type Options struct {
	// Config is how the app starts.
	Config config.Config
	// Reread returns the settings of this moment, for reloads; nil: Config stays.
	Reread func() (config.Config, error)
	// Logger and its level, which a reload may change.
	Logger *slog.Logger
	Level  *slog.LevelVar
	// Registry takes the collectors and is what GET /metrics shows.
	Registry *prometheus.Registry
	// Version of the program.
	Version string
}

// App is the service. Make one with New; its methods are safe for concurrent use.
type App struct {
	opts    Options
	metrics *metrics.Metrics
	server  *server.Server
	current atomic.Pointer[state]

	reloading sync.Mutex // one reload at a time
	addr      chan string
}

// New makes a service that does not listen yet and has no lists.
func New(opts Options) (*App, error) {
	m, err := metrics.New(opts.Registry)
	if err != nil {
		return nil, fmt.Errorf("registering metrics: %w", err)
	}
	m.Build(opts.Version)
	a := &App{opts: opts, metrics: m, addr: make(chan string, 1)}
	so := server.Options{
		Judge: a.judge, Shadow: a.shadow, Metrics: m, Gatherer: opts.Registry, Logger: opts.Logger,
		Limits: limits(opts.Config),
	}
	if opts.Config.Lifecycle {
		so.Reload = a.Reload
	}
	a.server = server.New(so)
	return a, nil
}

func limits(c config.Config) server.Limits {
	return server.Limits{
		PageSize: int64(c.PageSize), WireSize: int64(c.WireSize), RecordSize: int64(c.RecordSize),
		BodyMemory:  bodyMemory(c, debug.SetMemoryLimit(-1)),
		Concurrency: c.Concurrency, Queue: c.Queue, QueueTimeout: c.QueueTimeout, RequestTimeout: c.RequestTimeout,
		Batches: c.Batches, BatchIdle: c.BatchIdle,
	}
}

// bodyMemory is what bodies may hold together, under the memory limit of the
// process.
func bodyMemory(c config.Config, memoryLimit int64) int64 {
	if c.BodyMemory > 0 {
		return int64(c.BodyMemory)
	}
	return max(min(memoryLimit/4, 512<<20), 2*int64(c.PageSize))
}

func (a *App) judge() server.Judge {
	if st := a.current.Load(); st != nil {
		return st.filter
	}
	return nil
}

func (a *App) shadow() server.Judge {
	if st := a.current.Load(); st != nil && st.shadow != nil {
		return st.shadow
	}
	return nil
}

// Load reads settings and lists for the first time.
func (a *App) Load() error {
	st, err := build(a.opts.Config, false)
	if err != nil {
		a.metrics.ReloadFailed()
		return err
	}
	a.use(st)
	return nil
}

// Reload replaces settings and lists, or fails and leaves them as they are.
// Force takes lists that are empty or much smaller than before. See the package
// comment.
func (a *App) Reload(ctx context.Context, force bool) error {
	a.reloading.Lock()
	defer a.reloading.Unlock()
	defer debug.FreeOSMemory() // the old lists go now, not when a collection happens to come
	start := time.Now()
	st, err := a.next(force)
	if err == nil {
		err = ctx.Err() // who asked for it is gone
	}
	if err != nil {
		a.metrics.ReloadFailed()
		a.opts.Logger.Error("reload failed, the old lists and settings stay in use", "err", err)
		return err
	}
	if names := config.Pending(a.opts.Config, st.cfg); len(names) > 0 {
		a.opts.Logger.Warn("settings have changed that need a restart", "settings", names)
	}
	a.use(st)
	a.opts.Logger.Info("lists in use", "revision", st.filter.Lists().Revision(), "entries", st.filter.Lists().Len(), "duration_seconds", time.Since(start).Seconds())
	return nil
}

func (a *App) next(force bool) (*state, error) {
	cfg := a.opts.Config
	if a.opts.Reread != nil {
		var err error
		if cfg, err = a.opts.Reread(); err != nil {
			return nil, fmt.Errorf("settings: %w", err)
		}
	}
	old := a.current.Load()
	if old == nil {
		return nil, errors.New("the service is still starting")
	}
	st, err := build(cfg, force)
	if err != nil {
		return nil, err
	}
	if !force {
		if err := checkShrunk(old.filter.Lists(), st.filter.Lists(), cfg.ListsMinRatio); err != nil {
			return nil, err
		}
	}
	return st, nil
}

func (a *App) use(st *state) {
	a.current.Store(st)
	a.metrics.ListsLoaded(st.filter.Lists(), time.Now())
	a.metrics.ShadowLoaded(nil)
	if st.shadow != nil {
		a.metrics.ShadowLoaded(st.shadow.Lists())
	}
	if level, err := st.cfg.Level(); err == nil && a.opts.Level != nil {
		a.opts.Level.Set(level)
	}
}
