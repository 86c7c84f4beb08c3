package chaos

import (
	"context"
	"flag"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"
)

var (
	duration = flag.Duration("chaos.duration", 6*time.Second, "how long the chaos run takes")
	reloads  = flag.Int("chaos.reloads", 60, "how often lists are reloaded in it, every tenth time broken ones")
)

const clients = 64

// TestChaos: whatever 64 clients do while lists change under them, each answer
// is the library's for the lists it names, and nothing is left behind.
func TestChaos(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, listA)
	p := run(t, exec.Command(build(t), "serve", "--listen=127.0.0.1:0", "--no-lists.embedded", "--lists.dir="+dir, "--no-lists.watch",
		"--web.enable-lifecycle", "--limit.page-size=5MiB", "--limit.body-memory=64MiB"))
	c := &crowd{url: "http://" + p.addr, addr: p.addr, bombs: map[string][]byte{}, tally: &tally{counts: map[string]int{}}}
	c.small, c.giants = samples(t, compiled(t, listA), compiled(t, listB))
	for coding := range coders {
		c.bombs[coding] = encode(t, coding, make([]byte, 64<<20))
	}
	c.http = &http.Client{Timeout: 60 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: clients, DisableCompression: true}}
	http.DefaultClient.Transport = &http.Transport{DisableKeepAlives: true}
	goroutines := p.metric(t, "go_goroutines")

	ctx, cancel := context.WithTimeout(t.Context(), *duration)
	defer cancel()
	var wg sync.WaitGroup
	for i := range clients {
		wg.Go(func() { (&client{c, rand.New(rand.NewPCG(7, uint64(i)))}).live(ctx) })
	}
	var good, bad int
	wg.Go(func() { good, bad = reloadAll(ctx, t, c, dir) })
	memory := watchMemory(ctx, t, p)
	wg.Wait()

	c.http.CloseIdleConnections()
	left := settled(t, p, goroutines)
	grown := growth(memory)
	for _, kind := range slices.Sorted(maps.Keys(c.tally.counts)) {
		t.Logf("%-24s %8d", kind, c.tally.counts[kind])
	}
	t.Logf("reloads: %d good, %d broken; wrong answers: %d; unintended 5xx: %d", good, bad, c.tally.counts["wrong"], c.tally.counts["unintended 5xx"])
	t.Logf("resident memory: first part %.1f MiB, last part %.1f MiB, growth %.1f %%; most %.1f MiB", grown.first/1024, grown.last/1024, grown.percent, grown.most/1024)
	t.Logf("goroutines: %v at the start, %v at the end", goroutines, left)
	for _, w := range c.tally.wrong {
		t.Error(w)
	}
	if n := c.tally.counts["unintended 5xx"]; n > 0 {
		t.Errorf("%d answers of 5xx besides the intended 503", n)
	}
	for _, kind := range []string{"page", "json", "gzip", "zstd", "br", "bomb", "slow body", "left", "malformed", "batch"} {
		if c.tally.counts[kind] == 0 {
			t.Errorf("no request of kind %q came through", kind)
		}
	}
	if good+bad != *reloads || bad != *reloads/10 {
		t.Errorf("%d good and %d broken reloads, want %d in all", good, bad, *reloads)
	}
	if *duration >= 2*time.Minute && grown.percent >= 5 {
		t.Errorf("resident memory grew by %.1f %%", grown.percent)
	}
	if left > goroutines+2 {
		t.Errorf("%v goroutines are left of %v", left, goroutines)
	}
	p.end(t)
}

// reloadAll spreads the reloads over the whole run: each of them ends with a
// collection, so minutes with and without any do not compare. Broken lists are refused.
func reloadAll(ctx context.Context, t *testing.T, c *crowd, dir string) (good, bad int) {
	end, _ := ctx.Deadline()
	pause := time.Until(end) / time.Duration(*reloads)
	begin := time.Now()
	for i := 1; i <= *reloads; i++ {
		text, want := listA, http.StatusOK
		switch {
		case i%10 == 0:
			text, want = broken, http.StatusUnprocessableEntity
		case i%2 == 1:
			text = listB
		}
		put(t, dir, text)
		resp, err := http.Post(c.url+"/-/reload", "", nil)
		if err != nil {
			t.Errorf("reload %d: %v", i, err)
			return good, bad
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
		switch {
		case resp.StatusCode != want:
			t.Errorf("reload %d: answered %d, want %d", i, resp.StatusCode, want)
		case want == http.StatusOK:
			good++
		default:
			bad++
		}
		time.Sleep(time.Until(begin.Add(time.Duration(i) * pause)))
	}
	return good, bad
}

func put(t testing.TB, dir, text string) {
	t.Helper()
	tmp := filepath.Join(dir, ".test.txt")
	if err := os.WriteFile(tmp, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(tmp, filepath.Join(dir, "test.txt")); err != nil {
		t.Fatal(err)
	}
}

func watchMemory(ctx context.Context, t *testing.T, p *process) []float64 {
	var kib []float64
	tick := time.NewTicker(min(200*time.Millisecond, *duration/30)) // it swings with each giant page
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			kib = append(kib, p.rss(t))
		case <-ctx.Done():
			return kib
		}
	}
}

type grown struct{ first, last, percent, most float64 }

// growth compares the first third of a run with the last one: of a run of
// three minutes the first minute with the last.
func growth(kib []float64) grown {
	third := len(kib) / 3
	if third == 0 {
		return grown{}
	}
	g := grown{first: mean(kib[:third]), last: mean(kib[len(kib)-third:]), most: slices.Max(kib)}
	g.percent = 100 * (g.last - g.first) / g.first
	return g
}

func mean(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(len(v))
}

// settled waits for what the clients left behind to end.
func settled(t *testing.T, p *process, want float64) float64 {
	t.Helper()
	var n float64
	for range 50 {
		if n = p.metric(t, "go_goroutines"); n <= want {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	return n
}
