package filter_test

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/lists"
)

// sites are the languages of the pages that are measured.
var sites = []string{"zh", "en", "mixed"}

// news makes a page as a portal serves it: scripts, styles, menus, cards and an
// article, about size bytes long. Block stands before the end of the article.
func news(site string, size int, block string) []byte {
	g := newGen(int64(size))
	var b strings.Builder
	text := func() string {
		g.lang = site
		if site == "mixed" {
			g.lang = pick(g, sortedKeys(paragraphs))
		}
		return html.EscapeString(g.legit())
	}
	b.WriteString("<!DOCTYPE html>\n<html lang=\"x\"><head><meta charset=\"utf-8\"><title>" + text() + "</title>\n")
	fmt.Fprintf(&b, `<meta name="description" content="%s"><link rel="stylesheet" href="/static/site.css?v=18">`+"\n", text())
	b.WriteString("<style>" + strings.Repeat(".card .meta>a{color:#333;display:block;margin:0 4px}\n", 20) + "</style>\n")
	b.WriteString("<script>window.config=" + strings.Repeat(`{"slot":"top","sizes":[[300,250],[728,90]],"path":"/a/b/c"},`, 20) + "</script></head><body>\n<nav class=\"main-nav\"><ul>")
	for i := range 24 {
		fmt.Fprintf(&b, `<li class="nav-item nav-item-%d"><a href="/section/%d/" data-track="nav|%d">%.12s</a></li>`+"\n", i, i, i, "Section name")
	}
	b.WriteString("</ul></nav><main><div class=\"grid\">")
	for i := 0; b.Len() < size*7/10; i++ {
		fmt.Fprintf(&b, `<div class="card card--%d" data-id="%d"><a class="card__link" href="https://news.example.org/2026/11/%d/story-%d.html"><img class="card__img lazy" loading="lazy" width="320" height="180" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="https://img.example.org/%d/320x180.jpg" alt="%.24s"></a><h3 class="card__title"><a href="/s/%d">%s</a></h3><span class="card__meta"><time datetime="2026-11-%02dT08:00">08:00</time></span></div>`+"\n",
			i%5, i, i%28+1, i, i, "picture of the story", i, text(), i%28+1)
	}
	b.WriteString("</div><article>")
	for b.Len() < size {
		b.WriteString("<p>" + text() + " " + text() + "</p>\n")
	}
	b.WriteString(block + "</article></main><footer><p>" + text() + "</p></footer></body></html>\n")
	return []byte(b.String())
}

func injected() string { return "<p>" + strings.Join(spamLine(), ", ") + "</p>" }

var newsSizes = []int{20 << 10, 60 << 10, 120 << 10, 250 << 10}

// turn is how much processor time the filter and goquery take before the other
// has its turn: many turns meet the same machine, and each is long enough to pay
// for the collections that it causes.
const turn = 200 * time.Millisecond

// measure runs the filter over pages, fails on a wrong number of blocks, and
// reports the processor time against what goquery takes in the same run to parse
// the same pages as UTF-8; parsed is nil for plain text.
func measure(b *testing.B, f *filter.Filter, contentType string, pages, parsed [][]byte, blocks int) {
	total := 0
	for _, p := range pages {
		total += len(p)
	}
	b.SetBytes(int64(total))
	b.ReportAllocs()
	var own, parse meter
	for b.Loop() {
		begin := clock()
		found := 0
		for _, p := range pages {
			found += len(mustClean(b, f, filter.Page{ContentType: contentType, Body: p}).Blocks)
		}
		own.add(clock() - begin)
		if found != blocks {
			b.Fatalf("%d blocks found, want %d", found, blocks)
		}
		if parsed != nil && (own.turn >= turn || own.runs == 1) {
			b.StopTimer()
			runtime.GC()
			baseline(b, parsed, &parse)
			runtime.GC()
			own.turn = 0
			b.StartTimer()
		}
	}
	b.ReportMetric(float64(total)/own.mean()/1e6, "cpu-MB/s")
	if parsed != nil {
		b.ReportMetric(parse.mean()/own.mean(), "x-baseline")
	}
}

// meter sums the processor time of runs.
type meter struct {
	turn, all time.Duration
	runs      int
}

func (m *meter) add(d time.Duration) {
	m.turn += d
	m.all += d
	m.runs++
}

// mean is the seconds of one run.
func (m *meter) mean() float64 { return m.all.Seconds() / float64(m.runs) }

// baseline parses pages with goquery for one turn.
func baseline(b *testing.B, pages [][]byte, m *meter) {
	for m.turn = 0; m.turn < turn; {
		begin := clock()
		for _, p := range pages {
			if _, err := goquery.NewDocumentFromReader(bytes.NewReader(p)); err != nil {
				b.Fatal(err)
			}
		}
		m.add(clock() - begin)
	}
}

// BenchmarkHTML measures clean pages and pages with a block; x-baseline above 1
// is faster than parsing alone.
func BenchmarkHTML(b *testing.B) {
	f := shippedFilter(b)
	for _, site := range sites {
		var clean, dirty [][]byte
		for _, size := range newsSizes {
			clean = append(clean, news(site, size, ""))
			dirty = append(dirty, news(site, size, injected()))
		}
		b.Run("clean/"+site, func(b *testing.B) { measure(b, f, "text/html; charset=utf-8", clean, clean, 0) })
		b.Run("block/"+site, func(b *testing.B) { measure(b, f, "text/html; charset=utf-8", dirty, dirty, len(dirty)) })
	}
}

// BenchmarkText measures plain text.
func BenchmarkText(b *testing.B) {
	f := shippedFilter(b)
	for _, lang := range []string{"zh", "en"} {
		prose := strings.Repeat(strings.Join(paragraphs[lang], "\n")+"\n", 300)
		b.Run("clean/"+lang, func(b *testing.B) { measure(b, f, "text/plain; charset=utf-8", [][]byte{[]byte(prose)}, nil, 0) })
		b.Run("block/"+lang, func(b *testing.B) {
			measure(b, f, "text/plain; charset=utf-8", [][]byte{[]byte(prose + strings.Join(spamLine(), ", "))}, nil, 1)
		})
	}
}

// BenchmarkCharset measures a clean page and one with a block in each charset of
// its language.
func BenchmarkCharset(b *testing.B) {
	f := shippedFilter(b)
	for _, site := range []string{"zh", "ja", "ko", "ru", "en"} {
		for blocks, block := range []string{"", injected()} {
			page := strings.Replace(string(news(site, 60<<10, block)), `<meta charset="utf-8">`, "", 1)
			for _, name := range append([]string{"utf-8"}, charsetsOf[site]...) {
				body := []byte(page)
				if name != "utf-8" {
					body = encode(name, page, true)
				}
				b.Run(fmt.Sprintf("%s/%s/%d", name, site, blocks), func(b *testing.B) {
					measure(b, f, "text/html; charset="+name, [][]byte{body}, [][]byte{[]byte(page)}, blocks)
				})
			}
		}
	}
}

// BenchmarkLinear doubles the size of pages: ordinary ones with a block, and
// hostile ones of each kind. ns/byte, of processor time, stays level where the time
// is linear.
func BenchmarkLinear(b *testing.B) {
	f := shippedFilter(b)
	kinds := append([]string{"page"}, sortedKeys(hostile(1))...)
	for _, name := range kinds {
		for _, scale := range []int{10, 20, 40, 80} {
			body := []byte(hostile(scale)[name])
			if name == "page" {
				body = news("mixed", scale<<13, injected())
			}
			b.Run(fmt.Sprintf("%s/x%d", strings.ReplaceAll(name, " ", "-"), scale), func(b *testing.B) {
				var m meter
				for b.Loop() {
					begin := clock()
					res := mustClean(b, f, filter.Page{ContentType: "text/html; charset=utf-8", Body: body})
					m.add(clock() - begin)
					if name == "page" && len(res.Blocks) != 1 {
						b.Fatalf("%d blocks found, want 1", len(res.Blocks))
					}
				}
				b.ReportMetric(m.mean()*1e9/float64(len(body)), "ns/byte")
			})
		}
	}
}

// BenchmarkBuild measures compiling the shipped lists and the memory that the
// filter holds.
func BenchmarkBuild(b *testing.B) {
	set := lists.Default()
	before := heap()
	var f *filter.Filter
	var m meter
	for b.Loop() {
		begin := clock()
		var err error
		if f, err = filter.New(set, filter.Options{}); err != nil {
			b.Fatal(err)
		}
		m.add(clock() - begin)
	}
	b.ReportMetric(m.mean(), "cpu-s")
	b.ReportMetric(float64(heap()-before)/(1<<20), "heap-MB")
	if _, err := f.Clean(context.Background(), filter.Page{Body: []byte("a page")}); err != nil {
		b.Fatal(err)
	}
}

// heap is the memory in use after a collection, in bytes.
func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
