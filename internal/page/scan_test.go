package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// dump writes the segments of a document, one a line: zone and text, runs
// separated by what stands between them.
func dump(d *Doc) []string {
	marks := map[Break]string{Join: "+", Space: "_", Item: "/"}
	var out []string
	for _, s := range d.Segments {
		line := s.Zone.String() + ":"
		for i := s.First; i < s.Last; i++ {
			r := d.Runs[i]
			if i > s.First {
				line += marks[r.Break]
			}
			d.Pieces(r, func(text []byte, _, _ int) { line += string(text) })
		}
		out = append(out, line)
	}
	return out
}

func scanned(src string) *Doc {
	d := &Doc{}
	d.ScanHTML([]byte(src))
	return d
}

func TestScanHTML(t *testing.T) {
	cases := []struct {
		name, src string
		want      []string
	}{
		{"empty", "", nil},
		{"white space alone", " \n\t<p> </p>\f", nil},
		{"text alone", "one two", []string{"text:one two"}},
		{"paragraphs", "<p>one</p><p>two</p>", []string{"text:one", "text:two"}},
		{"inline tags join", "<p>o<b>n</b>e <i>two</i> three</p>", []string{"text:o+n+e_two_three"}},
		{"unknown tags join", "<p>o<font-x>n</font-x>e", []string{"text:o+n+e"}},
		{"items stay in the segment", "<p>one <a href=x>two</a> three", []string{"text:one/two/three"}},
		{"a link of its own", "<div><a href=x>two</a></div>", []string{"link:two"}},
		{"an unclosed link ends with the next", "<a>one<div><a>two</a>three</div>", []string{"link:one", "text:two/three"}},
		{"rows", "<ul><li>one<li>two</ul>three<br>four", []string{"text:one", "text:two", "text:three", "text:four"}},
		{"cells", "<table><tr><td>one<td>two</table>", []string{"text:one", "text:two"}},
		{"headings", "<h1>one <a>two</a></h1>three", []string{"heading:one/two", "text:three"}},
		{"upper case", "<H2>one</H2><BR>two<DIV>three", []string{"heading:one", "text:two", "text:three"}},
		{"title", "<title>a <b>&amp;</title>x", []string{"title:a <b>&", "text:x"}},
		{"two titles", "<title>a</title><p>b</p><title>c</title>", []string{"title:a", "text:b", "title:c"}},
		{"title ends in another case", "<title>a</TITLE >b", []string{"title:a", "text:b"}},
		{"unclosed title", "<title>a<p>b", []string{"title:a<p>b"}},
		{"textarea", "<textarea>a<b>c</textarea>d", []string{"text:a<b>c", "text:d"}},
		{"script and style", "a<script>var x='<p>b</p>'</script><style>i{}</style>c", []string{"text:a+c"}},
		{"unclosed script", "a<script>b<p>c", []string{"text:a"}},
		{"end tag that only begins alike", "<script>a</scriptx>b</script>c", []string{"text:c"}},
		{"script in a comment in a script", "<script><!-- x('<script>a</script>') --></script>b", []string{"text:b"}},
		{"comment of a script that ends", "<script><!-- <script --></script>b</script>c", []string{"text:b+c"}},
		{"comment of a script", "<script><!-- a</script>b", []string{"text:b"}},
		{"empty comment of a script", "<script><!--><script>a</script>b", []string{"text:b"}},
		{"script between the letters of a word", "o<script>x</script>n<style>y</style>e", []string{"text:o+n+e"}},
		{"noscript", "<noscript><p>a &lt; <b>b</b></p></noscript>c", []string{"noscript:a <_b", "text:c"}},
		{"iframe, xmp, noframes", "<iframe>a</iframe><xmp><i>b</i></xmp><noframes>c</noframes>",
			[]string{"noscript:a", "noscript:b", "noscript:c"}},
		{"comment", "a<!-- b <p>c --> d", []string{"text:a", "comment:b", "comment:c", "text:d"}},
		{"empty comments part no word", "a<!---->b<!-->c<!--->d", []string{"text:a+b+c+d"}},
		{"comment with a bang", "<!--a--!>b", []string{"comment:a", "text:b"}},
		{"unclosed comment", "a<!--b<p>c", []string{"text:a", "comment:b", "comment:c"}},
		{"comments nest to a bound", "<!--<noscript><xmp><iframe>deep</iframe></xmp></noscript>-->x", []string{"text:x"}},
		{"bogus comments", "a<?php b ?>c<!x>d</ e>f", []string{"text:a+c+d+f"}},
		{"before the doctype", "a<!DOCTYPE html><p>b", []string{"text:a", "text:b"}},
		{"after the end", "<html><body>a</body></html>b<div>c", []string{"text:a", "text:b", "text:c"}},
		{"byte order mark", "\ufeffa", []string{"text:a"}},
		{"plaintext", "<plaintext>a<p>b</plaintext>&amp;", []string{"text:a<p>b</plaintext>&amp;"}},
		{"stray angle brackets", "a < b <3 <> c", []string{"text:a_<_b_<+3_<+> c"}},
		{"tag cut off", "a<p title='b", []string{"text:a"}},
		{"NUL", "a\x00b<p\x00>c", []string{"text:a\x00b+c"}},
		{"invalid UTF-8", "a\xff<p>\xe4\xb8", []string{"text:a\xff", "text:\xe4\xb8"}},
		{"meta", `<meta name=keywords content="a, b"><meta charset=utf-8>`, []string{"meta:a, b"}},
		{"meta without quotes", "<META CONTENT=&#97;b&#99; name=x>", []string{"meta:abc"}},
		{"attributes come last", `<img alt="a b c"><p title='d e f'>g`, []string{"text:g", "attribute:a b c", "attribute:d e f"}},
		{"attributes of an end tag are none", `</p title="abc">x`, []string{"text:x"}},
		{"attributes that are no text", `<p id="abc" data-alt="abc" href=abc>x`, []string{"text:x"}},
		{"attribute in noscript", `<noscript><img alt="abc"></noscript>`, []string{"noscript:abc"}},
		{"attribute without a blank before it", `<img alt="abc"title="def">`, []string{"attribute:abc", "attribute:def"}},
		{"attribute over lines", "<img\nalt\n=\n'a\nb'>", []string{"attribute:a\nb"}},
		{"slashes", `<br/>a<img/alt=abc/>b`, []string{"text:a+b", "attribute:abc/"}},
		{"greater-than in quotes", `<p title="a>b>c">d`, []string{"text:d", "attribute:a>b>c"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := dump(scanned(c.src)); !slices.Equal(got, c.want) {
				t.Errorf("%q:\n got %q\nwant %q", c.src, got, c.want)
			}
		})
	}
}

// TestSound holds what every scan promises: runs in order within the source,
// none empty, segments that take them all.
func TestSound(t *testing.T) {
	rng := newSoup(7)
	for n := range 4000 {
		src := rng.soup(1 + n%60)
		d := scanned(src)
		if err := sound(d); err != nil {
			t.Fatalf("%q: %v", src, err)
		}
		d.ScanText([]byte(src))
		if err := sound(d); err != nil {
			t.Fatalf("as text, %q: %v", src, err)
		}
	}
}

func sound(d *Doc) error {
	last, runs := 0, int32(0)
	for i, s := range d.Segments {
		if s.First != runs || s.Last <= s.First {
			return fmt.Errorf("segment %d is runs [%d,%d), %d were taken", i, s.First, s.Last, runs)
		}
		runs = s.Last
		for k := s.First; k < s.Last; k++ {
			r := d.Runs[k]
			if isAttr := r.Zone == Attribute || r.Zone == Meta; isAttr {
				last = min(last, int(r.Start)) // attributes stand inside of tags, after all text
			}
			if int(r.Start) < last && int(k) < len(d.Runs)-len(d.attrs) || r.End <= r.Start || int(r.End) > len(d.Src) {
				return fmt.Errorf("run %d is [%d,%d), the one before ends at %d of %d", k, r.Start, r.End, last, len(d.Src))
			}
			if (k > s.First) != (r.Break < Row) {
				return fmt.Errorf("run %d of segment %d has break %d", k, i, r.Break)
			}
			last = int(r.End)
			if strings.TrimSpace(string(d.Src[r.Start:r.End])) == "" && isSpace(d.Src[r.Start]) {
				return fmt.Errorf("run %d is white space", k)
			}
		}
	}
	if int(runs) != len(d.Runs) {
		return fmt.Errorf("segments take %d of %d runs", runs, len(d.Runs))
	}
	return nil
}

// TestPlainMapsBack holds that the text of a segment leads back to its source.
func TestPlainMapsBack(t *testing.T) {
	rng := newSoup(11)
	tried := 0
	for n := range 2000 {
		src := rng.soup(1 + n%60)
		d := scanned(src)
		for _, s := range d.Segments {
			p := d.Plain(s)
			for range 4 {
				a := rng.Intn(len(p.Text))
				b := a + 1 + rng.Intn(len(p.Text)-a)
				if err := mapsBack(d, p, a, b); err != nil {
					t.Fatalf("%q: %q[%d:%d]: %v", src, p.Text, a, b, err)
				}
				tried++
			}
		}
	}
	if tried < 1000 {
		t.Fatalf("only %d ranges tried", tried)
	}
}

// mapsBack decodes the source ranges of Text[a:b] again: they hold that text,
// whole references and no filler.
func mapsBack(d *Doc, p *Plain, a, b int) error {
	var got strings.Builder
	last := -1
	for _, r := range p.Ranges(a, b) {
		if r.Start >= r.End || r.Start < last || r.End > len(d.Src) {
			return fmt.Errorf("range %v after %d", r, last)
		}
		last = r.End
		d.Pieces(Run{Start: int32(r.Start), End: int32(r.End)}, func(text []byte, _, _ int) { got.Write(text) })
	}
	want := strings.NewReplacer(" ", "", "\n", "").Replace(string(p.Text[a:b]))
	if g := strings.NewReplacer(" ", "", "\n", "").Replace(got.String()); !strings.Contains(g, want) || len(g) > len(want)+16 {
		return fmt.Errorf("source %v is %q", p.Ranges(a, b), got.String())
	}
	return nil
}
