package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"os"
	"os/signal"
	"syscall"

	"github.com/KimMachineGun/automemlimit/memlimit"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/exporter-toolkit/web"

	"github.com/drosshq/dross/internal/config"
)

// UsageError says that the settings are wrong.
type UsageError struct{ Err error }

// Error lists all that is wrong, a line each.
func (e *UsageError) Error() string { return e.Err.Error() }

// Unwrap returns the faults.
func (e *UsageError) Unwrap() error { return e.Err }

// Main is the command "dross serve": see the package comment.
func Main(ctx context.Context, load func() (config.Config, error), stdout, stderr io.Writer, version string) error {
	cfg, err := load()
	if err != nil {
		return &UsageError{err}
	}
	switch {
	case cfg.Check:
		return check(cfg, stdout)
	case cfg.Print:
		return cfg.Write(stdout)
	}
	level := new(slog.LevelVar)
	if l, err := cfg.Level(); err == nil {
		level.Set(l)
	}
	logger := cfg.Logger(stderr, level)
	limitMemory(cfg.MemoryRatio, logger)
	reg := prometheus.NewRegistry()
	reg.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	a, err := New(Options{Config: cfg, Reread: load, Logger: logger, Level: level, Registry: reg, Version: version})
	if err != nil {
		return err
	}
	defer a.reloadOn(ctx, syscall.SIGHUP)()
	return a.Run(ctx)
}

// check reads everything that cfg names, and says what it found.
func check(cfg config.Config, stdout io.Writer) error {
	var faults []error
	if err := web.Validate(cfg.WebConfig); err != nil {
		faults = append(faults, fmt.Errorf("%s: %w", cfg.WebConfig, err))
	}
	st, err := build(cfg, false)
	faults = append(faults, err)
	if err := errors.Join(faults...); err != nil {
		return err
	}
	set := st.filter.Lists()
	_, err = fmt.Fprintf(stdout, "settings are sound; %d lists with %d entries, %s\n", len(set.Lists()), set.Len(), set.Revision())
	return err
}

// limitMemory sets GOMEMLIMIT from the container's limit, unless it is set.
func limitMemory(ratio float64, logger *slog.Logger) {
	if ratio == 0 || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	limit, err := memlimit.Set(memlimit.WithRatio(ratio), memlimit.WithProvider(memlimit.FromCgroup))
	if err != nil {
		logger.Debug("no memory limit of a container", "err", err)
		return
	}
	if limit < math.MaxInt64 {
		logger.Info("memory limit", "bytes", limit)
	}
}

// reloadOn reloads when the signal comes, until ctx ends or stop is called.
func (a *App) reloadOn(ctx context.Context, sig os.Signal) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	c := make(chan os.Signal, 1)
	signal.Notify(c, sig)
	go func() {
		for {
			select {
			case <-c:
				_ = a.Reload(ctx, false) // logs its own faults
			case <-ctx.Done():
				return
			}
		}
	}()
	return func() {
		signal.Stop(c)
		cancel()
	}
}
