package filter_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/lists"
)

// hostile are pages made to cost a parser dear. Each holds one block at its end
// where the parser allows it.
func hostile(scale int) map[string]string {
	n := 100 * scale
	block := "<p>" + strings.Join(spamLine(), ", ") + "</p>"
	prose := "<p>" + strings.Join(paragraphs["en"], " ") + "</p>"
	return map[string]string{
		"deep nesting":        prose + strings.Repeat("<div>", 600) + block + strings.Repeat("</div>", 600),
		"tags":                prose + strings.Repeat("<b>x</b>", 10*n) + block,
		"one text":            "<p>" + strings.Repeat("plain words of no harm ", 100*n) + block,
		"unclosed divs":       prose + strings.Repeat("<div>", 400) + strings.Repeat("<p>a<li>b", n) + block,
		"unclosed formatting": prose + strings.Repeat("<b><i><font color=red>x", n/10) + block,
		"metas":               strings.Repeat(`<meta name="keywords" content="garden, glass">`, n) + prose + block,
		"comments":            prose + strings.Repeat("<!-- a -->", 10*n) + block,
		"unclosed comments":   prose + block + strings.Repeat("<!--<", 10*n),
		"NULs":                prose + strings.Repeat("\x00", 100*n) + block,
		"huge attribute":      prose + `<img alt="` + strings.Repeat("garden glass ", 50*n) + `">` + block,
		"attributes":          prose + "<p" + strings.Repeat(" title=abcd", 10*n) + ">" + block,
		"nested tables":       prose + strings.Repeat("<table><tr><td>", 100) + strings.Repeat("a<td>", n) + block,
		"tables in tables":    prose + strings.Repeat("<table><tr><td>a<p>", 120) + block + strings.Repeat("<table><tr><td>b", n/4),
		"misplaced":           prose + strings.Repeat("<table style=display:none><tr><td>"+spamLine()[0]+"</td></tr><p>tea</p></table>", n/2) + block,
		"formatting":          prose + strings.Repeat("<b><i><u><a href=//x.example>tea</b></i><p>", n/10) + block,
		"link rows":           prose + strings.Repeat("<li><a href='//x.example/'>"+spamLine()[0]+"</a></li>", n) + block,
		"spaced letters":      prose + "<p>" + strings.Repeat("v i a g r a o n l i n e ", n),
		"spaced harmless":     prose + "<p>" + strings.Repeat("x k z q j w p f ", 5*n) + "</p>" + block,
		"digits in words":     prose + "<p>" + strings.Repeat("a1l1i1l1i1l1i1l1a ", 5*n) + "</p>" + block,
		"links and others":    prose + strings.Repeat(strings.Repeat("<li><a href='//x.example/'>"+spamLine()[0]+"</a></li>", 5)+"<li><a href='//x.example/'>garden glass</a></li>", n/5) + block,
		"blanks":              prose + "<p>" + strings.Repeat("a   ", 10*n) + "</p>" + block,
		"references":          prose + strings.Repeat("&#x61;", 10*n) + block,
		"broken references":   prose + strings.Repeat("&#&x&", 10*n) + block,
		"stray brackets":      prose + strings.Repeat("<", 30*n) + block,
		"end tags":            prose + strings.Repeat("</b></i></div>", n) + block,
		"open tag":            prose + block + "<p title='" + strings.Repeat("x ", 30*n),
		"scripts":             prose + strings.Repeat("<script>var a</script", n) + block,
		"script comments":     prose + "<script>" + strings.Repeat("<!--<script></script>", n) + "</script>" + block,
		"one list":            prose + "<ul>" + strings.Repeat("<li>tea <li>milk ", 5*n) + "</ul>" + block,
		"blocks":              strings.Repeat(prose+block, n/10),
		"one giant block":     prose + "<p>" + strings.Repeat(strings.Join(spamLine(), ", ")+", ", n/5) + "</p>",
		"items":               prose + strings.Repeat("<p>"+spamLine()[0]+"</p><p>tea</p>", n/2),
		"noscripts":           prose + strings.Repeat("<noscript>", n) + block,
		"styles":              "<style>" + strings.Repeat(".a{display:none}", 5*n) + "</style>" + prose + strings.Repeat("<i class='a b c'>x</i>", n) + block,
	}
}

// spamLine is a list of phrases from the shipped lists that is a block anywhere.
func spamLine() []string {
	g := newGen(1)
	var out []string
	for len(out) < 12 {
		if s := pick(g, trades()["en"][0].hard); len(s) > 5 {
			out = append(out, s)
		}
	}
	return out
}

// TestHostile holds that no page makes the filter panic, hang or break a promise.
func TestHostile(t *testing.T) {
	f := shippedFilter(t)
	blocks := 0
	for name, body := range hostile(10) {
		for _, kind := range []string{"text/html", "text/plain"} {
			begin := time.Now()
			res, err := keep(f, filter.Page{ContentType: kind + "; charset=utf-8", Body: []byte(body)})
			if err != nil {
				t.Errorf("%s as %s: %.600s", name, kind, err)
			}
			blocks += len(res.Blocks)
			if took := time.Since(begin); took > 20*time.Second {
				t.Errorf("%s as %s: %d bytes took %v", name, kind, len(body), took)
			}
		}
	}
	if blocks < 20 {
		t.Errorf("only %d blocks found", blocks)
	}
}

// TestLinear holds that what is allocated for a byte, which no other load on the
// machine changes, stays the same on pages eight times as long. BenchmarkLinear has
// the time.
func TestLinear(t *testing.T) {
	f := shippedFilter(t)
	small, large := hostile(4), hostile(32)
	for _, name := range sortedKeys(small) {
		ok := false
		var a, b float64
		for try := 0; try < 3 && !ok; try++ {
			a, b = allocated(t, f, small[name]), allocated(t, f, large[name])
			ok = b < 1.6*a+64
		}
		if !ok {
			t.Errorf("%s: %.0f bytes a byte, on a page eight times as long %.0f", name, a, b)
		}
	}
}

// allocated is how many bytes a page takes, for each of its own.
func allocated(t *testing.T, f *filter.Filter, body string) float64 {
	t.Helper()
	p := filter.Page{ContentType: "text/html; charset=utf-8", Body: []byte(body)}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	mustClean(t, f, p)
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc-before.TotalAlloc) / float64(len(body))
}

// TestHuge holds that pages at the size of the limits are cut as small ones are.
func TestHuge(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	f := shippedFilter(t)
	block := "<p>" + strings.Join(spamLine(), ", ") + "</p>"
	prose := "<p>" + strings.Join(paragraphs["en"], " ") + "</p>"
	for name, body := range map[string]string{
		"one text":      "<p>" + strings.Repeat("plain words of no harm. ", 50<<20/24) + "</p>" + block,
		"a million":     prose + strings.Repeat("<i>", 250) + strings.Repeat("<s></s>", 500_000) + block,
		"10,000 metas":  strings.Repeat(`<meta name="keywords" content="garden, glass">`, 10_000) + prose + block,
		"one attribute": prose + `<img alt="` + strings.Repeat("garden glass ", 20<<20/13) + `">` + block,
	} {
		res := mustClean(t, f, filter.Page{ContentType: "text/html; charset=utf-8", Body: []byte(body)})
		if res.Verdict != filter.Stripped || bytes.Contains(res.Content, []byte(spamLine()[0])) {
			t.Errorf("%s: %s, %d of %d bytes removed", name, res.Verdict, res.RemovedBytes, len(body))
		}
	}
}

func TestSizeLimit(t *testing.T) {
	f, err := filter.New(smallSet(t, "en"), filter.Options{MaxBytes: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 1, 99, 100} {
		if _, err := f.Clean(context.Background(), filter.Page{Body: bytes.Repeat([]byte("a"), n)}); err != nil {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
	res, err := f.Clean(context.Background(), filter.Page{Body: make([]byte, 101)})
	var limit *filter.LimitError
	if !errors.As(err, &limit) || !errors.Is(err, filter.ErrLimit) || limit.Max != 100 || limit.Got != 101 || limit.Unit != "bytes" {
		t.Errorf("got %v, want a limit of 100 bytes", err)
	}
	if res.Content != nil || res.Verdict != "" {
		t.Errorf("a refused page has a result: %+v", res)
	}
	if want := "page size of 101 bytes is over the limit of 100"; err.Error() != want {
		t.Errorf("got %q, want %q", err, want)
	}
}

func TestContentTypeError(t *testing.T) {
	f := newFilter(t, smallSet(t, "en"))
	_, err := f.Clean(context.Background(), filter.Page{ContentType: "image/png", Body: []byte("x")})
	var e *filter.ContentTypeError
	if !errors.As(err, &e) || !errors.Is(err, filter.ErrContentType) || e.Got != "image/png" {
		t.Errorf("got %v, want a *ContentTypeError", err)
	}
}

func TestCancelled(t *testing.T) {
	f := shippedFilter(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := f.Clean(ctx, filter.Page{Body: []byte("a page")}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	late, stop := context.WithDeadline(context.Background(), time.Now().Add(-time.Second))
	defer stop()
	if _, err := f.Clean(late, filter.Page{Body: []byte(newGen(1).document())}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want %v", err, context.DeadlineExceeded)
	}
}

func TestOptionsValidate(t *testing.T) {
	cases := []struct {
		opts filter.Options
		want []string
	}{
		{filter.Options{}, nil},
		{filter.Options{MaxBytes: 1 << 30, Categories: []lists.Category{lists.Adult}, Thresholds: map[lists.Category]float64{lists.Grey: 3}}, nil},
		{filter.Options{MaxBytes: -1}, []string{"-1"}},
		{filter.Options{MaxBytes: 1<<30 + 1}, []string{"1073741825"}},
		{filter.Options{Categories: []lists.Category{"nonsense"}, MaxBytes: -2}, []string{"nonsense", "-2"}},
		{filter.Options{Thresholds: map[lists.Category]float64{"other": 5, lists.Adult: 0}}, []string{"other", "threshold 0"}},
	}
	for _, c := range cases {
		err := c.opts.Validate()
		if (err != nil) != (len(c.want) > 0) {
			t.Errorf("%+v: %v", c.opts, err)
		}
		for _, w := range c.want {
			if !strings.Contains(fmt.Sprint(err), w) {
				t.Errorf("%+v: %v does not name %q", c.opts, err, w)
			}
		}
		if _, newErr := filter.New(smallSet(t, "en"), c.opts); (newErr != nil) != (err != nil) {
			t.Errorf("%+v: New says %v", c.opts, newErr)
		}
	}
	if _, err := filter.New(&lists.Set{}, filter.Options{}); err == nil {
		t.Error("an empty set makes a filter")
	}
}

// TestRequest holds what a request may change.
func TestRequest(t *testing.T) {
	f := shippedFilter(t)
	p := filter.Page{ID: "7", URL: "https://example.org/", ContentType: "text/html; charset=utf-8",
		Body: []byte("<p>" + strings.Join(spamLine(), ", ") + "</p><p>" + strings.Join(paragraphs["en"], "</p><p>") + "</p>")}
	real := mustClean(t, f, p)
	if real.Verdict != filter.Stripped || real.ID != p.ID || real.URL != p.URL {
		t.Fatalf("got %+v", real)
	}
	dry, err := f.CleanWith(context.Background(), p, filter.Request{DryRun: true})
	if err != nil || !bytes.Equal(dry.Content, p.Body) || dry.RemovedBytes != real.RemovedBytes || len(dry.Blocks) != len(real.Blocks) || dry.Verdict != real.Verdict {
		t.Errorf("dry run: %v, %+v, want the blocks of %+v", err, dry, real)
	}
	for _, c := range []lists.Category{lists.Essays, real.Categories[0]} {
		res, err := f.CleanWith(context.Background(), p, filter.Request{Categories: []lists.Category{c}})
		if err != nil || (res.RemovedBytes > 0) != (c == real.Categories[0]) {
			t.Errorf("limited to %s: %v, %+v", c, err, res)
		}
	}
	told, err := f.CleanWith(context.Background(), p, filter.Request{Explain: true})
	if err != nil || told.RemovedBytes != real.RemovedBytes || len(told.Blocks) < len(real.Blocks) {
		t.Errorf("explain: %v, %+v", err, told)
	}
}
