package chaos

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/lists"
)

// terms are neutral and invented.
var terms = []string{"zorblat casino", "quuxle slots", "frobnix bonus", "glorp jackpot", "blivet poker", "wibblor roulette",
	"snarfed bingo", "plonkle lottery", "grault betting", "garply wager", "waldor odds", "thudden dice", "corge baccarat", "fredle keno"}

// listA and listB are the two revisions that take turns: some terms are in one only.
var (
	listA  = listText(terms[:12])
	listB  = listText(terms[4:])
	broken = listText(terms) + "mighty zorblat\n"
)

func listText(terms []string) string {
	return "@category gambling\n@lang en\n@source test\nstrong " + strings.Join(terms, "\nstrong ") + "\n"
}

func compiled(t testing.TB, text string) *filter.Filter {
	t.Helper()
	l, err := lists.Parse("test.txt", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	set, err := lists.NewSet(l)
	if err != nil {
		t.Fatal(err)
	}
	f, err := filter.New(set, filter.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// sample is a page and what each revision of the lists makes of it.
type sample struct {
	page    filter.Page
	results map[string]filter.Result // by revision
	coded   map[string][]byte        // body by coding
}

var words = strings.Fields(`the association met on tuesday and agreed on the dates of the autumn fair members may send their proposals until
 end month library garden committee repaired bridge river school concert evening tickets town hall market square weather
 report harvest orchard apples bicycle lane council budget discussion minutes chairman thanked volunteers for their help`)

// prose makes a paragraph of n words.
func prose(r *rand.Rand, n int) string {
	var b strings.Builder
	for i := range n {
		w := words[r.IntN(len(words))]
		if i%12 == 0 {
			w = strings.ToUpper(w[:1]) + w[1:]
		}
		b.WriteString(w)
		switch {
		case i%12 == 11 || i == n-1:
			b.WriteString(". ")
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// spamLine is a block of some terms.
func spamLine(r *rand.Rand) string {
	n := 6 + r.IntN(8)
	parts := make([]string, n)
	for i := range parts {
		parts[i] = terms[r.IntN(len(terms))]
	}
	return strings.Join(parts, []string{", ", " | ", "_"}[r.IntN(3)])
}

// pageOf makes a page of about size bytes, with a block or without.
func pageOf(r *rand.Rand, size int, html, spam bool) filter.Page {
	var b strings.Builder
	block := ""
	if spam {
		block = spamLine(r)
	}
	if html {
		fmt.Fprintf(&b, "<!doctype html><html><head><title>%s</title></head><body><nav><a href=\"/\">Home</a></nav>\n<div>%s</div>\n", prose(r, 4), block)
		for b.Len() < size {
			fmt.Fprintf(&b, "<h2>%s</h2>\n<p class=\"text\">%s</p>\n", prose(r, 4), prose(r, 60))
		}
		b.WriteString("</body></html>\n")
		return filter.Page{ContentType: "text/html; charset=utf-8", Body: []byte(b.String())}
	}
	b.WriteString(block + "\n\n")
	for b.Len() < size {
		b.WriteString(prose(r, 60) + "\n\n")
	}
	return filter.Page{ContentType: "text/plain; charset=utf-8", Body: []byte(b.String())}
}

// samples are the good pages with their answers; giants are the last two.
func samples(t testing.TB, a, b *filter.Filter) (small, giants []*sample) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	touched, differ := 0, 0
	add := func(size int, html, spam bool) *sample {
		s := &sample{page: pageOf(r, size, html, spam), results: map[string]filter.Result{}, coded: map[string][]byte{}}
		for _, f := range []*filter.Filter{a, b} {
			res, err := f.Clean(t.Context(), s.page)
			if err != nil {
				t.Fatal(err)
			}
			s.results[res.Lists] = res
			if res.RemovedBytes > 0 {
				touched++
			}
		}
		if !bytes.Equal(s.results[a.Lists().Revision()].Content, s.results[b.Lists().Revision()].Content) {
			differ++
		}
		for coding := range coders {
			s.coded[coding] = encode(t, coding, s.page.Body)
		}
		return s
	}
	for i := range 120 {
		small = append(small, add(500+r.IntN(30<<10), i%2 == 0, i%4 < 2))
	}
	for i := range 2 {
		giants = append(giants, add(4<<20, i%2 == 0, true))
	}
	if touched < 40 || differ == 0 {
		t.Fatalf("%d of the answers remove something and %d pages differ between the lists: too few to mean anything", touched, differ)
	}
	return small, giants
}

var coders = map[string]func(io.Writer) io.WriteCloser{
	"gzip": func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
	"zstd": func(w io.Writer) io.WriteCloser { e, _ := zstd.NewWriter(w); return e },
	"br":   func(w io.Writer) io.WriteCloser { return brotli.NewWriterLevel(w, 4) },
}

func encode(t testing.TB, coding string, body []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := coders[coding](&b)
	if _, err := w.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func decode(coding string, body []byte) ([]byte, error) {
	switch coding {
	case "gzip":
		r, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return nil, err
		}
		return io.ReadAll(r)
	case "zstd":
		r, err := zstd.NewReader(bytes.NewReader(body), zstd.WithDecoderConcurrency(1))
		if err != nil {
			return nil, err
		}
		defer r.Close()
		return io.ReadAll(r)
	case "br":
		return io.ReadAll(brotli.NewReader(bytes.NewReader(body)))
	}
	return body, nil
}
