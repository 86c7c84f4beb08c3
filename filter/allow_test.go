package filter_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/lists"
)

// smallTerms is how many entries a small set has: enough for blocks, quick to compile.
const smallTerms = 120

// smallSet is a part of the shipped entries of one language, with more entries.
func smallSet(t testing.TB, lang string, more ...lists.Entry) *lists.Set {
	t.Helper()
	part := &lists.List{Name: "part.txt"}
	n := map[lists.Strength]int{}
	for e := range lists.Default().Entries() {
		if e.Lang == lang && e.Strength != lists.Allow && n[e.Strength] < smallTerms/3 {
			n[e.Strength]++
			part.Entries = append(part.Entries, e)
		}
	}
	ls := []*lists.List{part}
	if len(more) > 0 {
		ls = append(ls, &lists.List{Name: "more.txt", Entries: more})
	}
	set, err := lists.NewSet(ls...)
	if err != nil {
		t.Fatalf("make a small set: %v", err)
	}
	return set
}

func newFilter(t testing.TB, set *lists.Set) *filter.Filter {
	t.Helper()
	f, err := filter.New(set, filter.Options{})
	if err != nil {
		t.Fatalf("compile: %v", err)
	}
	return f
}

func allow(lang, term string) lists.Entry {
	return lists.Entry{Term: term, Category: lists.Any, Strength: lists.Allow, Lang: lang}
}

// hardTerms are the firm and strong terms of a set that are plain text.
func hardTerms(set *lists.Set) []string {
	var out []string
	for e := range set.Entries() {
		if e.Strength >= lists.Firm && !e.Pattern && utf8.RuneCountInString(e.Term) >= 2 {
			out = append(out, e.Term)
		}
	}
	return out
}

// TestAllowProtects holds the first half of promise 5: block terms that all lie
// inside of longer allow entries prove nothing.
func TestAllowProtects(t *testing.T) {
	tried := 0
	for lang, wrap := range map[string][2]string{"zh": {"路", "口"}, "en": {"grand ", " hall"}, "ru": {"дом ", " лес"}, "ko": {"가나", "다라"}, "th": {"กก", "ขข"}} {
		terms := hardTerms(smallSet(t, lang))
		terms = terms[:min(len(terms), 12)]
		var entries []lists.Entry
		var line []string
		for _, term := range terms {
			longer := wrap[0] + term + wrap[1]
			entries = append(entries, allow(lang, longer))
			line = append(line, longer)
		}
		p := filter.Page{ContentType: "text/plain; charset=utf-8", Body: []byte(strings.Join(line, ", ") + "\n" + strings.Join(paragraphs[lang], "\n"))}
		if res := mustClean(t, newFilter(t, smallSet(t, lang, entries...)), p); len(res.Blocks) > 0 {
			t.Errorf("%s: %s%s", lang, p.Body, show(p, res))
		}
		if res := mustClean(t, newFilter(t, smallSet(t, lang)), p); len(res.Blocks) > 0 {
			tried++
		}
	}
	if tried == 0 {
		t.Error("no page loses a block without its allow entries: the test tries nothing")
	}
}

// moreRemoved says what a filter removes from a page that another leaves.
func moreRemoved(p filter.Page, before, after filter.Result) error {
	if after.RemovedBytes > before.RemovedBytes {
		return fmt.Errorf("%d bytes go, %d went", after.RemovedBytes, before.RemovedBytes)
	}
	for _, b := range after.Blocks {
		for i := b.Start; i < b.End; i++ {
			if !slices.ContainsFunc(before.Blocks, func(a filter.Block) bool { return i >= a.Start && i < a.End }) {
				return fmt.Errorf("byte %d of block [%d,%d) %q goes, it stayed", i, b.Start, b.End, p.Body[b.Start:b.End])
			}
		}
	}
	return nil
}

// TestAllowNeverRemovesMore holds the second half of promise 5.
func TestAllowNeverRemovesMore(t *testing.T) {
	saved := 0
	for round := range pages(t, 16) {
		g := newGen(int64(round))
		g.lang = []string{"zh", "en", "ru", "ko"}[round%4]
		terms := hardTerms(smallSet(t, g.lang))
		var entries []lists.Entry
		for range 1 + g.Intn(4) {
			term := pick(g, terms)
			if g.Intn(2) == 0 && (g.lang == "en" || g.lang == "ru") {
				term += " " + pick(g, terms)
			}
			if e := allow(g.lang, term); !slices.ContainsFunc(entries, func(x lists.Entry) bool { return x.Term == e.Term }) {
				entries = append(entries, e)
			}
		}
		strict, mild := newFilter(t, smallSet(t, g.lang)), newFilter(t, smallSet(t, g.lang, entries...))
		for range 30 {
			p := g.pageOf(terms)
			before, after := mustClean(t, strict, p), mustClean(t, mild, p)
			if err := moreRemoved(p, before, after); err != nil {
				t.Errorf("round %d, allow %q: %v\n%s\nbefore:%s\nafter:%s", round, termsOf(entries), err, p.Body, show(p, before), show(p, after))
			}
			if after.RemovedBytes < before.RemovedBytes {
				saved++
			}
		}
	}
	if saved < 5 {
		t.Errorf("allow entries saved %d pages: the test tries nothing", saved)
	}
}

func termsOf(entries []lists.Entry) []string {
	var out []string
	for _, e := range entries {
		out = append(out, e.Term)
	}
	return out
}

// pageOf makes a page whose lines hold some of the terms given.
func (g *gen) pageOf(terms []string) filter.Page {
	var lines []string
	for range 1 + g.Intn(6) {
		line := g.legit()
		if g.Intn(2) == 0 {
			var phrases []string
			for range 1 + g.Intn(6) {
				phrases = append(phrases, pick(g, terms))
			}
			line = strings.Join(phrases, pick(g, []string{", ", "_", "|", " "}))
		}
		if g.Intn(5) == 0 {
			line += " " + pick(g, terms) + " " + g.legit()
		}
		lines = append(lines, line)
	}
	if g.Intn(2) == 0 {
		return filter.Page{ContentType: "text/plain; charset=utf-8", Body: []byte(strings.Join(lines, "\n"))}
	}
	return filter.Page{ContentType: "text/html; charset=utf-8", Body: []byte("<p>" + strings.Join(lines, "</p><p>") + "</p>")}
}

// allowPairs are filters with and without allow entries, for the fuzz target.
var allowPairs = sync.OnceValue(func() (pair [2]*filter.Filter) {
	t := new(testing.B)
	strict := smallSet(t, "en")
	var entries []lists.Entry
	for i, term := range hardTerms(strict) {
		if i%3 == 0 {
			entries = append(entries, allow("en", term))
		}
	}
	return [2]*filter.Filter{newFilter(t, strict), newFilter(t, smallSet(t, "en", entries...))}
})

// FuzzAllow holds promise 5 on pages that the generator makes: the fuzzer picks
// what they are made of. (On arbitrary bytes a block that loses evidence may be
// judged in parts, and a part may end a few bytes elsewhere: see the known
// misses in DESIGN.md.)
func FuzzAllow(f *testing.F) {
	terms := hardTerms(smallSet(f, "en"))
	for seed := range int64(12) {
		f.Add(seed, uint8(seed))
	}
	f.Fuzz(func(t *testing.T, seed int64, pages uint8) {
		pair := allowPairs()
		g := newGen(seed)
		g.lang = "en"
		for range 1 + pages%8 {
			p := g.pageOf(terms)
			if err := moreRemoved(p, mustClean(t, pair[0], p), mustClean(t, pair[1], p)); err != nil {
				t.Fatalf("%v\n%q", err, p.Body)
			}
		}
	})
}
