package match

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/drosshq/dross/lists"
)

// texts are what is searched, and how often the 6,000 patterns occur in it.
var texts = []struct {
	name string
	make func(int) []byte
	hits int
}{{"chinese", chineseText, 1517}, {"english", englishText, 106}}

const benchSize = 1 << 20

func eachText(b *testing.B, run func(b *testing.B, m *Matcher, h *Haystack, text []byte, hits int)) {
	m, err := New(madeUpPatterns(6000))
	if err != nil {
		b.Fatal(err)
	}
	for _, t := range texts {
		b.Run(t.name, func(b *testing.B) {
			text := t.make(benchSize)
			h := new(Haystack)
			m.Append(h, text)
			b.SetBytes(int64(len(text)))
			b.ResetTimer()
			run(b, m, h, text, t.hits)
		})
	}
}

func countEach(m *Matcher, h *Haystack) (n int) {
	m.Each(h, 0, h.Len(), func(Match) bool { n++; return true })
	return n
}

func BenchmarkAppend(b *testing.B) {
	eachText(b, func(b *testing.B, m *Matcher, h *Haystack, text []byte, hits int) {
		for range b.N {
			h.Reset()
			m.Append(h, text)
		}
		if n := countEach(m, h); n != hits {
			b.Errorf("%d matches, want %d", n, hits)
		}
	})
}

func BenchmarkEach(b *testing.B) {
	eachText(b, func(b *testing.B, m *Matcher, h *Haystack, _ []byte, hits int) {
		for range b.N {
			if n := countEach(m, h); n != hits {
				b.Fatalf("%d matches, want %d", n, hits)
			}
		}
	})
}

// BenchmarkAny reads text in which no gate pattern occurs.
func BenchmarkAny(b *testing.B) {
	patterns := madeUpPatterns(6000)
	for i := range patterns {
		patterns[i].Term += "zqx"
	}
	m, err := New(patterns)
	if err != nil {
		b.Fatal(err)
	}
	for _, t := range texts {
		b.Run(t.name, func(b *testing.B) {
			text := t.make(benchSize)
			h := new(Haystack)
			m.Append(h, text)
			b.SetBytes(int64(len(text)))
			b.ResetTimer()
			for range b.N {
				if m.Any(h) {
					b.Fatal("a gate pattern in clean text")
				}
			}
		})
	}
}

func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{6000, 50000} {
		patterns := madeUpPatterns(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) { benchBuild(b, patterns) })
	}
	b.Run("shipped", func(b *testing.B) { benchBuild(b, shipped(b)) })
}

func benchBuild(b *testing.B, patterns []Pattern) {
	var m *Matcher
	before := heap()
	for range b.N {
		m = nil
		var err error
		if m, err = New(patterns); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(heap()-before)/(1<<20), "MB-heap")
	b.ReportMetric(float64(len(patterns)), "patterns")
	runtime.KeepAlive(m)
}

func heap() int64 {
	runtime.GC()
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	return int64(s.HeapAlloc)
}

// shipped are the patterns of the embedded lists.
func shipped(tb testing.TB) []Pattern {
	var out []Pattern
	for _, l := range lists.Default().Lists() {
		for _, e := range l.Entries {
			parts, err := e.Parts()
			if err != nil {
				tb.Fatal(err)
			}
			out = append(out, Pattern{Parts: parts, Lang: e.Lang, Gate: e.Strength >= lists.Firm})
		}
	}
	if len(out) == 0 {
		tb.Fatal("no entries")
	}
	return out
}
