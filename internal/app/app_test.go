package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/drosshq/dross/internal/config"
	"github.com/drosshq/dross/lists"
)

const head = "@category gambling\n@lang en\n@source test\n"

// terms are neutral and invented.
var terms = []string{"zorblat casino", "quuxle slots", "frobnix bonus", "glorp jackpot", "blivet poker", "wibblor roulette",
	"snarfed bingo", "plonkle lottery", "grault betting", "garply wager", "waldor odds", "thudden dice"}

func list(terms ...string) string {
	var b strings.Builder
	b.WriteString(head)
	for _, t := range terms {
		b.WriteString("strong " + t + "\n")
	}
	return b.String()
}

// folder makes a list folder with one file.
func folder(t testing.TB, text string) string {
	t.Helper()
	dir := t.TempDir()
	put(t, dir, "test.txt", text)
	return dir
}

func put(t testing.TB, dir, name, text string) {
	t.Helper()
	tmp := filepath.Join(dir, "."+name)
	if err := os.WriteFile(tmp, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(tmp, filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
}

type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// running is an app that serves.
type running struct {
	*App
	url  string
	log  *logBuffer
	stop func() error // ends it and waits
	reg  *prometheus.Registry
}

func load(t testing.TB, args ...string) config.Config {
	t.Helper()
	cfg, err := config.Load(append([]string{"--listen=127.0.0.1:0", "--no-lists.embedded", "--web.enable-lifecycle"}, args...), nil)
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

func newApp(t testing.TB, cfg config.Config, reread func() (config.Config, error)) *running {
	t.Helper()
	r := &running{log: &logBuffer{}, reg: prometheus.NewRegistry()}
	level := new(slog.LevelVar)
	var err error
	r.App, err = New(Options{Config: cfg, Reread: reread, Logger: cfg.Logger(r.log, level), Level: level, Registry: r.reg, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// start runs an app until the test ends.
func start(t testing.TB, args ...string) *running {
	t.Helper()
	r := newApp(t, load(t, args...), nil)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- r.Run(ctx) }()
	r.url = "http://" + r.Addr(ctx)
	r.stop = sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() {
		if err := r.stop(); err != nil {
			t.Errorf("ended with %v", err)
		}
	})
	waitFor(t, "ready", func() bool { return r.get(t, "/-/ready") == 200 })
	return r
}

func (r *running) get(t testing.TB, path string) int {
	t.Helper()
	resp, err := http.Get(r.url + path)
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode
}

func (r *running) revision() string { return r.current.Load().filter.Lists().Revision() }

func (r *running) gauge(t testing.TB, name string) float64 {
	t.Helper()
	families, err := r.reg.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() == name {
			return f.GetMetric()[0].GetGauge().GetValue()
		}
	}
	t.Fatalf("no metric %s", name)
	return 0
}

func waitFor(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(8 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("%s: not within 8 s", what)
}

func revisionOf(t testing.TB, text string) string {
	t.Helper()
	l, err := lists.Parse("test.txt", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	set, err := lists.NewSet(l)
	if err != nil {
		t.Fatal(err)
	}
	return set.Revision()
}

func TestReloadKeepsTheOldOnAnyFault(t *testing.T) {
	dir := folder(t, list(terms...))
	r := start(t, "--lists.dir="+dir, "--no-lists.watch")
	old := r.revision()
	faults := map[string]string{
		"broken line":   head + "mighty zorblat\n",
		"no entries":    "# nothing\n",
		"much smaller":  list(terms[:3]...),
		"bad directive": "@category advertz\nstrong zorblat casino\n",
	}
	for name, text := range faults {
		put(t, dir, "test.txt", text)
		if err := r.Reload(t.Context(), false); err == nil || !strings.Contains(err.Error(), "test.txt") {
			t.Errorf("%s: got %v, want an error that names the list", name, err)
		}
		if r.revision() != old || r.gauge(t, "dross_lists_last_reload_successful") != 0 {
			t.Errorf("%s: the old lists are not kept, or the gauge does not tell", name)
		}
	}
	if err := os.Remove(filepath.Join(dir, "test.txt")); err != nil {
		t.Fatal(err)
	}
	for _, force := range []bool{false, true} {
		if err := r.Reload(t.Context(), force); !errors.Is(err, lists.ErrNoLists) {
			t.Errorf("an empty folder, force %v: got %v", force, err)
		}
	}
	put(t, dir, "test.txt", list(terms[:3]...))
	if err := r.Reload(t.Context(), true); err != nil || r.revision() != revisionOf(t, list(terms[:3]...)) {
		t.Errorf("a forced reload of a smaller list: %v", err)
	}
	put(t, dir, "empty.txt", head)
	if err := r.Reload(t.Context(), false); !errors.Is(err, errEmptyList) {
		t.Errorf("a reload of an empty list: %v", err)
	}
	if err := r.Reload(t.Context(), true); err != nil {
		t.Errorf("a forced reload of an empty list: %v", err)
	}
	put(t, dir, "test.txt", head)
	if err := r.Reload(t.Context(), true); err == nil {
		t.Error("a forced reload took lists that find nothing")
	}
	put(t, dir, "test.txt", list(terms...))
	if err := r.Reload(t.Context(), true); err != nil {
		t.Error(err)
	}
	if r.gauge(t, "dross_lists_last_reload_successful") != 1 || r.get(t, "/-/ready") != 200 {
		t.Error("all should be well again")
	}
}

// TestFaultsNameTheirFile: as the operator wrote the folder, on every line.
func TestFaultsNameTheirFile(t *testing.T) {
	dir := folder(t, head+"mighty zorblat\nstrong\n")
	put(t, dir, "other.txt", "@category advertz\n")
	empty, missing := t.TempDir(), filepath.Join(dir, "missing")
	_, err := build(load(t, "--lists.dir="+dir, "--lists.dir="+empty, "--lists.shadow="+missing), false)
	for _, want := range []string{
		dir + "/test.txt:4: ", dir + "/test.txt:5: ", dir + "/other.txt:1: ", empty + ": no *.txt file", missing + ": no such file",
	} {
		if !strings.Contains(fmt.Sprint(err), want) {
			t.Errorf("%q is not in %v", want, err)
		}
	}
}

func TestShrunkenLists(t *testing.T) {
	set := func(texts map[string]string) *lists.Set {
		var ls []*lists.List
		for name, text := range texts {
			l, err := lists.Parse(name, strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			ls = append(ls, l)
		}
		s, err := lists.NewSet(ls...)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	old := set(map[string]string{"a.txt": list(terms[:10]...), "b.txt": list(terms[10], terms[11])})
	cases := []struct {
		name string
		next *lists.Set
		want []string
	}{
		{"the same", old, nil},
		{"half is enough", set(map[string]string{"a.txt": list(terms[:5]...), "b.txt": list(terms[10], terms[11])}), nil},
		{"less than half", set(map[string]string{"a.txt": list(terms[:4]...), "b.txt": list(terms[10], terms[11])}), []string{"a.txt would go from 10 entries to 4"}},
		{"a small list may lose most", set(map[string]string{"a.txt": list(terms[:10]...), "b.txt": list(terms[10])}), nil},
		{"a list is gone", set(map[string]string{"a.txt": list(terms[:10]...)}), []string{"b.txt would go from 2 entries to 0"}},
		{"both", set(map[string]string{"c.txt": list(terms[0])}), []string{"a.txt", "b.txt", "all lists would go from 12 entries to 1"}},
	}
	for _, c := range cases {
		err := checkShrunk(old, c.next, 0.5)
		if (err == nil) != (len(c.want) == 0) {
			t.Errorf("%s: got %v", c.name, err)
		}
		for _, w := range c.want {
			if !strings.Contains(fmt.Sprint(err), w) {
				t.Errorf("%s: got %v, want %q", c.name, err, w)
			}
		}
	}
}

func TestWatchedFiles(t *testing.T) {
	dir := folder(t, list(terms...))
	r := start(t, "--lists.dir="+dir)
	old := r.revision()
	put(t, dir, "test.txt", head+"broken\n")
	waitFor(t, "a fault noticed", func() bool { return r.gauge(t, "dross_lists_last_reload_successful") == 0 })
	if r.revision() != old {
		t.Error("broken lists are in use")
	}
	next := list(terms[1:]...)
	put(t, dir, "test.txt", next)
	waitFor(t, "new lists in use", func() bool { return r.revision() == revisionOf(t, next) })
	if r.gauge(t, "dross_lists_last_reload_successful") != 1 {
		t.Error("the gauge does not tell")
	}
}

// TestOtherFilesAreNotWatched: a log that grows beside the lists, with a line at
// each reload, must not make the next reload.
func TestOtherFilesAreNotWatched(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "lists")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	put(t, dir, "test.txt", list(terms...))
	r := start(t, "--lists.dir="+dir)
	put(t, parent, "dross.log", "a line")
	put(t, dir, "notes.md", "a note")
	time.Sleep(3 * settle)
	if strings.Contains(r.log.String(), "lists in use") {
		t.Errorf("reloaded without a cause: %s", r.log)
	}
	if err := os.Rename(dir, dir+".old"); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	next := list(terms[1:]...)
	put(t, dir, "test.txt", next)
	waitFor(t, "the new folder in use", func() bool { return r.revision() == revisionOf(t, next) })
}

// TestConfigMapSwap turns the link as the kubelet does, again and again.
func TestConfigMapSwap(t *testing.T) {
	dir := t.TempDir()
	swap := func(i int, text string) {
		data := fmt.Sprintf("..2026_%d", i)
		if err := os.Mkdir(filepath.Join(dir, data), 0o700); err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(dir, data), "test.txt", text)
		tmp := filepath.Join(dir, "..data_tmp")
		if err := os.Symlink(data, tmp); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(tmp, filepath.Join(dir, "..data")); err != nil {
			t.Fatal(err)
		}
		if i > 0 {
			if err := os.RemoveAll(filepath.Join(dir, fmt.Sprintf("..2026_%d", i-1))); err != nil {
				t.Fatal(err)
			}
		}
	}
	swap(0, list(terms...))
	if err := os.Symlink("..data/test.txt", filepath.Join(dir, "test.txt")); err != nil {
		t.Fatal(err)
	}
	r := start(t, "--lists.dir="+dir)
	for i := 1; i <= 3; i++ {
		next := list(terms[i:]...)
		swap(i, next)
		waitFor(t, fmt.Sprint("swap ", i), func() bool { return r.revision() == revisionOf(t, next) })
	}
}

// TestChangeWhileLoading: what changes after the lists are read and before anybody
// looks at the changes is seen.
func TestChangeWhileLoading(t *testing.T) {
	dir := folder(t, list(terms...))
	r := newApp(t, load(t, "--lists.dir="+dir), nil)
	w := r.watcher()
	t.Cleanup(func() { _ = w.Close() })
	if err := r.Load(); err != nil {
		t.Fatal(err)
	}
	next := list(terms[1:]...)
	put(t, dir, "test.txt", next)
	stop := r.watch(t.Context(), w)
	defer stop()
	waitFor(t, "the change in use", func() bool { return r.revision() == revisionOf(t, next) })
}

func TestReloadOfSettings(t *testing.T) {
	dir := folder(t, list(terms...))
	shadow := folder(t, list(terms[:2]...))
	cfg := load(t, "--lists.dir="+dir, "--no-lists.watch")
	next, fault := cfg, error(nil)
	r := newApp(t, cfg, func() (config.Config, error) { return next, fault })
	defer r.server.Close()
	if err := r.Reload(t.Context(), false); err == nil {
		t.Error("a reload before the first load passed")
	}
	if err := r.Load(); err != nil {
		t.Fatal(err)
	}
	if r.shadow() != nil {
		t.Error("shadow lists without being asked for")
	}
	next.Listen, next.LogLevel, next.ListsShadow = "127.0.0.1:1", "debug", []string{shadow}
	if err := r.Reload(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if r.shadow() == nil || r.opts.Level.Level() != slog.LevelDebug {
		t.Error("new settings are not in use")
	}
	if !strings.Contains(r.log.String(), "need a restart") || !strings.Contains(r.log.String(), "listen") {
		t.Errorf("the log does not tell of a setting that needs a restart: %s", r.log)
	}
	fault = errors.New("line 3: unknown setting")
	if err := r.Reload(t.Context(), false); !errors.Is(err, fault) {
		t.Errorf("got %v", err)
	}
	fault, next.ListsShadow = nil, []string{filepath.Join(shadow, "missing")}
	if err := r.Reload(t.Context(), false); err == nil || !strings.Contains(err.Error(), "missing") {
		t.Errorf("a missing shadow folder: got %v", err)
	}
}

func TestStartFails(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "missing")
	for name, args := range map[string][]string{
		"missing":      {"--lists.dir=" + missing},
		"127.0.0.1":    {"--lists.dir=" + folder(t, list(terms...)), "--listen=127.0.0.1:1"},
		"nothing.yml":  {"--lists.dir=" + folder(t, list(terms...)), "--web.config.file=nothing.yml"},
		"test.txt:4: ": {"--lists.dir=" + folder(t, head+"mighty zorblat\n")},
	} {
		if name == "127.0.0.1" && os.Getuid() == 0 {
			continue // root may listen anywhere
		}
		r := newApp(t, load(t, args...), nil)
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		err := r.Run(ctx)
		cancel()
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("got %v, want an error that names %s", err, name)
		}
	}
}

func TestCheckAndPrint(t *testing.T) {
	dir := folder(t, list(terms...))
	run := func(args ...string) (string, error) {
		var out bytes.Buffer
		err := Main(t.Context(), func() (config.Config, error) { return config.Load(args, nil) }, &out, io.Discard, "test")
		return out.String(), err
	}
	if out, err := run("--config.check", "--no-lists.embedded", "--lists.dir="+dir); err != nil || !strings.Contains(out, "12 entries") {
		t.Errorf("got %q, %v", out, err)
	}
	bad := folder(t, head+"mighty zorblat\n")
	_, err := run("--config.check", "--lists.dir="+bad, "--lists.shadow="+dir+"/missing", "--web.config.file=nothing.yml")
	for _, want := range []string{"test.txt:4", "missing", "nothing.yml"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the check lacks %s: %v", want, err)
		}
	}
	if out, err := run("--config.print", "--limit.queue=7"); err != nil || !strings.Contains(out, "limit.queue: 7\n") {
		t.Errorf("got %q, %v", out, err)
	}
	var usage *UsageError
	if _, err := run("--nope"); !errors.As(err, &usage) {
		t.Errorf("got %v, want a *UsageError", err)
	}
}

func TestProfilesAreApart(t *testing.T) {
	r := start(t, "--lists.dir="+folder(t, list(terms...)), "--debug.listen=127.0.0.1:0")
	if code := r.get(t, "/debug/pprof/"); code != 404 {
		t.Errorf("the service answers %d for profiles", code)
	}
	_, rest, ok := strings.Cut(r.log.String(), "msg=profiles address=")
	if !ok {
		t.Fatalf("no address of profiles in %s", r.log)
	}
	addr, _, _ := strings.Cut(rest, "\n")
	resp, err := http.Get("http://" + addr + "/debug/pprof/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != 200 {
		t.Errorf("profiles answer %d", resp.StatusCode)
	}
}

// TestDrainHasADeadline: a request that never ends does not keep the program.
func TestDrainHasADeadline(t *testing.T) {
	r := start(t, "--lists.dir="+folder(t, list(terms...)), "--web.drain-timeout=200ms")
	pr, pw := io.Pipe()
	defer pw.Close()
	cut := make(chan struct{})
	go func() {
		defer close(cut)
		if resp, err := http.Post(r.url+"/v1/filter", "text/plain", pr); err == nil {
			_ = resp.Body.Close()
		}
	}()
	if _, err := pw.Write([]byte("half a page")); err != nil {
		t.Fatal(err)
	}
	time.Sleep(50 * time.Millisecond)
	begin := time.Now()
	if err := r.stop(); err != nil {
		t.Errorf("ended with %v", err)
	}
	if took := time.Since(begin); took < 200*time.Millisecond || took > 5*time.Second {
		t.Errorf("ended after %v, the deadline is 200 ms", took)
	}
	_ = pw.CloseWithError(io.ErrUnexpectedEOF)
	<-cut
	if !strings.Contains(r.log.String(), "cut off") {
		t.Errorf("the log does not tell: %s", r.log)
	}
}

// TestDrainTellsFirst: readiness is off while requests are still taken.
func TestDrainTellsFirst(t *testing.T) {
	r := start(t, "--lists.dir="+folder(t, list(terms...)), "--web.drain-delay=400ms")
	ended := make(chan error, 1)
	go func() { ended <- r.stop() }()
	waitFor(t, "readiness off", func() bool { return r.get(t, "/-/ready") == 503 })
	if code := r.get(t, "/v1/lists"); code != 200 {
		t.Errorf("a request in the delay: got %d", code)
	}
	if err := <-ended; err != nil {
		t.Errorf("ended with %v", err)
	}
}

func TestBodyMemory(t *testing.T) {
	for _, c := range []struct{ set, page, limit, want int64 }{
		{7 << 20, 1 << 20, 1 << 30, 7 << 20},
		{0, 1 << 20, math.MaxInt64, 512 << 20},
		{0, 1 << 20, 1 << 30, 256 << 20},
		{0, 64 << 20, 256 << 20, 128 << 20},
	} {
		cfg := config.Config{BodyMemory: config.Size(c.set), PageSize: config.Size(c.page)}
		if got := bodyMemory(cfg, c.limit); got != c.want {
			t.Errorf("%+v: got %d", c, got)
		}
	}
}
