package page

import (
	"errors"
	"io"
	"math/rand"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// soup makes inputs out of pieces of markup.
type soup struct{ *rand.Rand }

func newSoup(seed int64) soup { return soup{rand.New(rand.NewSource(seed))} }

var ingredients = []string{
	"<p>", "</p>", "<div class=a>", "</div>", "<b>", "</b>", "<a href='x>y'>", "</a>", "<br/>", "<br>", "<li>", "<td>", "<h1>", "</h1>", "<H2 >", "</H2>",
	"<img alt=\"abc\">", "<img alt='d&amp;e' title=fgh>", "<title>", "</title>", "<textarea>", "</textarea>", "<script>", "</script>", "<style>", "</style>",
	"<!--", "-->", "--!>", "<!-->", "<!DOCTYPE html>", "<?x y?>", "<!x>", "</ z>", "</>", "<", ">", "<>", "</", "<3", "\"", "'", "=", "/", "<p title=\"", "<i x",
	"&amp;", "&#97;", "&#x4e2d;", "&#0065", "&#xZ;", "&#;", "&", "&&", "&lt", "&notit;", "&notin;", "&copy", "&eacute;", "&hellip;", "&bogus;", "&#128;", "&#0;", "&#1114112;", "&#xd800;", "&NotEqualTilde;",
	"one", "two", "中文", "видео", "é", " ", "\n", "\r\n", "\t", "x", "1", "-", "!", "\ufeff", "<meta name=k content='v w'>", "<body>", "</body>", "</html>",
	"<svg>", "</svg>", "<select>", "<option>", "<input value=abc>", "<font-face>", "<p\n>", "<p/>", "< p>", "<é>",
}

func (s soup) soup(n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(ingredients[s.Intn(len(ingredients))])
	}
	return b.String()
}

// oracle is the text of a page as the tokenizer of x/net/html reads it, without
// white space.
func oracle(src string) (string, error) {
	var out strings.Builder
	z := html.NewTokenizer(strings.NewReader(src))
	skip := ""
	for {
		switch z.Next() {
		case html.ErrorToken:
			if errors.Is(z.Err(), io.EOF) {
				return squash(out.String()), nil
			}
			return "", z.Err()
		case html.StartTagToken, html.SelfClosingTagToken: // the parser closes no script so
			name, _ := z.TagName()
			if n := string(name); n == "script" || n == "style" {
				skip = n
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == skip {
				skip = ""
			}
		case html.TextToken:
			if skip == "" {
				out.Write(z.Text())
			}
		}
	}
}

// squash drops what the two sides may treat differently: white space and NUL. It
// goes by bytes: what is no character stays what it is, whatever comes to stand
// beside it.
func squash(s string) string {
	var out strings.Builder
	for i := range len(s) {
		if c := s[i]; c != 0 && !isSpace(c) {
			out.WriteByte(c)
		}
	}
	return out.String()
}

// visible is the text of the page that the scanner found outside of comments
// and attributes.
func visible(d *Doc) string {
	var out strings.Builder
	for _, r := range d.Runs[:len(d.Runs)-len(d.attrs)] {
		if r.Zone != Comment {
			d.Pieces(r, func(text []byte, _, _ int) { out.Write(text) })
		}
	}
	return squash(out.String())
}

func TestOracle(t *testing.T) {
	rng := newSoup(3)
	for n := range 20000 {
		src := strings.TrimLeft(rng.soup(1+n%40), "\ufeff")
		want, err := oracle(src)
		if err != nil {
			t.Fatalf("%q: %v", src, err)
		}
		if got := visible(scanned(src)); got != want && !escapedScript(src) {
			t.Fatalf("%q:\n got %q\nwant %q", src, got, want)
		}
	}
}

// escapedScript reports whether a script may hold a comment: there the tokenizer
// leaves the standard (in a comment, '<' before no letter ends it).
func escapedScript(src string) bool {
	lower := strings.ToLower(src) // may be longer: not all of it is UTF-8
	i := strings.Index(lower, "<script")
	return i >= 0 && strings.Contains(lower[i:], "<!--")
}

// FuzzScan holds the scanner against the tokenizer, and its runs in order.
func FuzzScan(f *testing.F) {
	for _, s := range []string{"<p>a<b>b</b> c", "<title>x</title><!--y-->z", "a<script>b</script>c", "&#x4e00;&amp&lt;", "<a title='x' alt=y>z"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		src = strings.TrimLeft(src, "\ufeff")
		d := scanned(src)
		if err := sound(d); err != nil {
			t.Fatalf("%q: %v", src, err)
		}
		for _, s := range d.Segments {
			if p := d.Plain(s); len(p.Text) > 0 {
				if err := mapsBack(d, p, 0, len(p.Text)); err != nil {
					t.Fatalf("%q: %q: %v", src, p.Text, err)
				}
			}
		}
		if tree, err := NewTree(d); err == nil && !tree.Same(d, nil, []byte(src)) {
			t.Fatalf("%q: not the same as itself", src)
		}
		lower := strings.ToLower(src)
		for _, name := range []string{"<noscript", "<iframe", "<noembed", "<noframes", "<xmp", "<plaintext", "<svg", "<math", "\r", "\x00"} {
			if strings.Contains(lower, name) {
				return // the tokenizer alone reads these in another way
			}
		}
		want, err := oracle(src)
		if err != nil || escapedScript(src) {
			return
		}
		if got := visible(d); got != want {
			t.Fatalf("%q:\n got %q\nwant %q", src, got, want)
		}
	})
}
