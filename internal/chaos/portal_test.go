package chaos

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/lists"
)

// portalOf makes a page as sites serve it: styles, scripts, a menu, cards and an
// article, with blocks of shipped entries among its paragraphs.
func portalOf(t testing.TB, r *rand.Rand, size, blocks int) filter.Page {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>%s</title>\n", prose(r, 5))
	b.WriteString("<style>" + strings.Repeat(".card .meta>a{color:#333;display:block;margin:0 4px}\n", 20) + "</style>\n")
	b.WriteString("<script>window.config=[" + strings.Repeat(`{"slot":"top","sizes":[[300,250],[728,90]],"path":"/a/b"},`, 20) + "]</script></head><body>\n<nav><ul>")
	for i := range 24 {
		fmt.Fprintf(&b, `<li class="nav-item nav-item-%d"><a href="/section/%d/" data-track="nav|%d">%s</a></li>`+"\n", i, i, i, prose(r, 2))
	}
	b.WriteString("</ul></nav><main>")
	for i := 0; b.Len() < size*7/10; i++ {
		fmt.Fprintf(&b, `<div class="card card--%d" data-id="%d"><a class="card__link" href="https://news.example.org/2026/11/story-%d.html"><img class="card__img lazy" loading="lazy" width="320" height="180" data-src="https://img.example.org/%d/320x180.jpg" alt="%s"></a><h3 class="card__title"><a href="/s/%d">%s</a></h3><time datetime="2026-11-%02dT08:00">08:00</time></div>`+"\n",
			i%5, i, i, i, prose(r, 3), i, prose(r, 9), i%28+1)
	}
	b.WriteString("<article>")
	for b.Len() < size {
		fmt.Fprintf(&b, "<p>%s</p>\n", prose(r, 60))
	}
	terms := shipped(t)
	for range blocks {
		r.Shuffle(len(terms), func(i, j int) { terms[i], terms[j] = terms[j], terms[i] })
		fmt.Fprintf(&b, "<p>%s</p>\n<p>%s</p>\n", strings.Join(terms, ", "), prose(r, 30))
	}
	b.WriteString("</article></main></body></html>\n")
	return filter.Page{ContentType: "text/html; charset=utf-8", Body: []byte(b.String())}
}

// shipped are some strong entries that come with dross.
func shipped(t testing.TB) []string {
	t.Helper()
	var terms []string
	for _, l := range lists.Default().Lists() {
		if l.Name != "gambling.en.txt" {
			continue
		}
		for _, e := range l.Entries {
			if e.Strength == lists.Strong && len(terms) < 12 && strings.Contains(e.Term, " ") {
				terms = append(terms, e.Term)
			}
		}
	}
	if len(terms) < 12 {
		t.Fatalf("%d strong entries in gambling.en.txt", len(terms))
	}
	return terms
}

// judged fails unless the filter says of a page what the measurement takes it for.
func judged(t testing.TB, p filter.Page, want filter.Verdict) {
	t.Helper()
	f, err := filter.New(lists.Default(), filter.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if res, err := f.Clean(t.Context(), p); err != nil || res.Verdict != want {
		t.Fatalf("the page is %s, not %s: %v", res.Verdict, want, err)
	}
}
