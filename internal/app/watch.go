package app

import (
	"context"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/drosshq/dross/internal/config"
)

// settle is how long files must be quiet before they are read: writers make
// several changes at once.
const settle = 300 * time.Millisecond

// watcher notes from now on what changes in the folders of settings and lists; nil
// where that is not wished or not possible. It begins before the lists are read:
// what changes in between would never be seen. Folders are watched, not files, so
// that a file that is replaced, and a link that is turned (ConfigMaps), are seen.
func (a *App) watcher() *fsnotify.Watcher {
	if !a.opts.Config.ListsWatch {
		return nil
	}
	w, err := fsnotify.NewWatcher()
	if err != nil {
		a.opts.Logger.Warn("files are not watched", "err", err)
		return nil
	}
	a.follow(w)
	return w
}

// watch reloads when something changed, until ctx ends or the returned function is
// called.
func (a *App) watch(ctx context.Context, w *fsnotify.Watcher) (stop func()) {
	if w == nil {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		a.watchLoop(ctx, w)
	}()
	return func() {
		cancel()
		<-done
	}
}

func (a *App) watchLoop(ctx context.Context, w *fsnotify.Watcher) {
	quiet := time.NewTimer(settle)
	quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case e, ok := <-w.Events:
			if !ok {
				return
			}
			if e.Op != fsnotify.Chmod && matters(a.now(), e.Name) {
				quiet.Reset(settle)
			}
		case err, ok := <-w.Errors:
			if !ok {
				return
			}
			a.opts.Logger.Warn("watching files", "err", err)
			quiet.Reset(settle) // events may be lost
		case <-quiet.C:
			_ = a.Reload(ctx, false) // logs its own faults
			a.follow(w)
		}
	}
}

// follow brings the watched folders up to date: a folder that was replaced has
// to be watched anew, and settings may name others.
func (a *App) follow(w *fsnotify.Watcher) {
	wanted := watched(a.now())
	for _, dir := range w.WatchList() {
		if !wanted[dir] {
			_ = w.Remove(dir) // gone already: as wished
		}
	}
	for _, dir := range slices.Sorted(maps.Keys(wanted)) {
		if err := w.Add(dir); err != nil {
			a.opts.Logger.Warn("a folder is not watched", "folder", dir, "err", err)
		}
	}
}

// now are the settings in use.
func (a *App) now() config.Config {
	if st := a.current.Load(); st != nil {
		return st.cfg
	}
	return a.opts.Config
}

// matters reports whether a change of this file can change what is loaded. The
// folders hold other files too, and one of these may be our own log: a reload
// that writes a line there must not be the cause of the next.
func matters(cfg config.Config, name string) bool {
	dir, base := filepath.Split(filepath.Clean(name))
	dir = filepath.Clean(dir)
	for _, d := range slices.Concat(cfg.ListsDir, cfg.ListsShadow) {
		d = filepath.Clean(d)
		if filepath.Clean(name) == d || dir == d && (filepath.Ext(base) == ".txt" || base == dataLink) {
			return true
		}
	}
	return cfg.File != "" && dir == filepath.Dir(cfg.File) && (base == filepath.Base(cfg.File) || base == dataLink)
}

// watched are the folders of lists and settings, and the folders that hold the
// list folders, in which these may be replaced.
func watched(cfg config.Config) map[string]bool {
	dirs := map[string]bool{}
	for _, d := range slices.Concat(cfg.ListsDir, cfg.ListsShadow) {
		d = filepath.Clean(d)
		dirs[d] = true
		dirs[filepath.Dir(d)] = true
	}
	if cfg.File != "" {
		dirs[filepath.Dir(cfg.File)] = true
	}
	return dirs
}
