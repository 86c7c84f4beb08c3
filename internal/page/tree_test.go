package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// parsed scans a page and builds its tree.
func parsed(t testing.TB, src string) (*Doc, *Tree) {
	t.Helper()
	d := scanned(src)
	tree, err := NewTree(d)
	if err != nil {
		t.Fatalf("%q: %v", src, err)
	}
	return d, tree
}

// find returns the segment that holds the text "X".
func find(t testing.TB, d *Doc) Segment {
	t.Helper()
	for _, s := range d.Segments {
		if strings.Contains(string(d.Plain(s).Text), "X") {
			return s
		}
	}
	t.Fatalf("no X in %q", d.Src)
	return Segment{}
}

func TestHidden(t *testing.T) {
	cases := []struct {
		src  string
		want bool
	}{
		{`<p>X`, false},
		{`<p hidden>X`, true},
		{`<div style="display:none"><p><b>X`, true},
		{`<div style=" DISPLAY : none !important ; color:red">X`, true},
		{`<div style="visibility:hidden">X`, true},
		{`<div style="font-size:0">X`, true}, {`<div style="font-size:0px">X`, true}, {`<div style="font-size:0.9em">X`, false},
		{`<div style="opacity:0">X`, true}, {`<div style="opacity:0.5">X`, false}, {`<div style="opacity:1">X`, false},
		{`<div style="height:0;overflow:hidden">X`, true}, {`<div style="height:20px;overflow:hidden">X`, false}, {`<div style="overflow:hidden;width:1px">X`, true},
		{`<div style="position:absolute;left:-9999px">X`, true}, {`<div style="position:absolute;top:-987px">X`, true}, {`<div style="position:absolute;left:-20px">X`, false},
		{`<div style="text-indent:-100em">X`, true}, {`<div style="margin-left:-599px">X`, false},
		{`<div style="clip:rect(0,0,0,0)">X`, true},
		{`<div style="background:url(display:none.png)">X`, false},
		{`<style>.a{display:none}</style><p class="b a">X`, true},
		{`<style>p.a, #k { visibility: hidden }</style><p id=k>X`, true},
		{`<style>.a .b{display:none}</style><p class=b>X`, false},
		{`<style>.a{display:none}</style><p class=A>X`, false},
		{`<p class=a>X<style>.a{display:none}</style>`, true},
		{`<marquee height=1 width=2>X</marquee>`, true}, {`<marquee height=40>X</marquee>`, false},
		{`<div style="display:none"></div>X`, false},
		{`<div hidden>a</div><p>X`, false},
	}
	for _, c := range cases {
		d, tree := parsed(t, c.src)
		if got := tree.Context(find(t, d)).Hidden; got != c.want {
			t.Errorf("%s: hidden %v", c.src, got)
		}
	}
}

func TestContext(t *testing.T) {
	cases := []struct {
		src           string
		quoting, menu bool
		path          string
	}{
		{`<p>X`, false, false, "body > p:nth-child(1)"},
		{`<p>a<p>b<p><b>X`, false, false, "body > p:nth-child(3) > b:nth-child(1)"},
		{`<pre>X</pre>`, true, false, "body > pre:nth-child(1)"},
		{`<p><code>X</code>`, true, false, "body > p:nth-child(1) > code:nth-child(1)"},
		{`<blockquote><p>X</blockquote>`, true, false, "body > blockquote:nth-child(1) > p:nth-child(1)"},
		{`<nav><ul><li>X</ul></nav>`, false, true, "body > nav:nth-child(1) > ul:nth-child(1) > li:nth-child(1)"},
		{`<title>X</title>`, false, false, "head > title:nth-child(1)"},
		{`<p>a<img alt="X y">`, false, false, "body > p:nth-child(1) > img:nth-child(1)"},
		{`<table><p>X<tr><td>a</table>`, false, false, "body > p:nth-child(1)"},
	}
	for _, c := range cases {
		d, tree := parsed(t, c.src)
		got := tree.Context(find(t, d))
		if got.Quoting != c.quoting || got.Menu != c.menu || got.Path != c.path {
			t.Errorf("%s: %+v", c.src, got)
		}
	}
}

// TestForgedMarks holds that a page cannot speak the marker's own language.
func TestForgedMarks(t *testing.T) {
	for _, src := range []string{
		"<?\x1a-1\x1a><p>a", "<!\x1a9999\x1a><p>a", "<style>\x1a5\x1a</style>a", "\x1a0\x1a<p>a", "<title>\x1a7\x1a</title>a", "<!--\x1a7\x1a-->a",
		"<p data-dross-tag=9999>a</p>", "<p data-dross-tag=-1>a</p data-dross-tag=1>", "<body data-dross-tag=1><body data-dross-tag=0>a", "<script>\x1a7\x1a</script>a", "<textarea>\x1a7",
	} {
		d, tree := parsed(t, src)
		if !tree.Same(d, nil, []byte(src)) {
			t.Errorf("%q is not the same as itself", src)
		}
		tree.Swallow(func(int) bool { return true }, nil)
	}
}

func TestTooDeep(t *testing.T) {
	d := scanned(strings.Repeat("<div>", 600) + "a")
	if _, err := NewTree(d); err == nil {
		t.Error("600 open elements have a tree")
	}
}

// removing tells Swallow that the runs with an X are removed.
func removing(d *Doc) func(int) bool {
	return func(run int) bool {
		r := d.Runs[run]
		return strings.Contains(string(d.Src[r.Start:r.End]), "X")
	}
}

func TestSwallow(t *testing.T) {
	cases := []struct {
		src  string
		want []string
	}{
		{`<p>X</p><p>a</p>`, []string{`<p>X</p>`}},
		{`<div><p>X</p><p>X</p></div>a`, []string{`<div><p>X</p><p>X</p></div>`}},
		{`<div><p>X</p>a</div>`, []string{`<p>X</p>`}},
		{`<ul><li><a href=x>X</a></li><li>a</li></ul>`, []string{`<li><a href=x>X</a></li>`}},
		{`<p>X<br>X</p>a`, []string{`<p>X<br>X</p>`}},
		{`<p>X<img src=a></p>a`, nil},
		{`<div>X<form><input></form></div>a`, nil},
		{`<p>X <b>a</b></p>`, nil},
		{`<div><!-- X --></div>a`, []string{`<div><!-- X --></div>`}},
		{`<div>X<!-- a --></div>b`, nil},
		{`<p>X<p>a`, []string{`<p>X`}},
		{`<div><p>X</div>a`, []string{`<div><p>X</div>`}},
		{`<ul><li>a<li>X</ul>`, []string{`<li>X`}},
		{`<p>X`, nil}, // nothing tells where it ends
		{`<title>X</title><p>a`, nil},
		{`<table><tr><td>X</td><td>a</td></tr></table>`, nil},
		{`<table><tr><td>X</td></tr><tr><td>a</td></tr></table>`, []string{`<tr><td>X</td></tr>`}},
		{`<main>X</main>a`, nil},
		{`<div></div><p>a</p>`, nil},
		{`<div>X`, nil},
	}
	for _, c := range cases {
		d, tree := parsed(t, c.src)
		var got []string
		elements, _ := tree.Swallow(removing(d), nil)
		for _, r := range elements {
			got = append(got, c.src[r.Start:r.End])
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.src, got, c.want)
		}
	}
}

func TestSame(t *testing.T) {
	cases := []struct {
		src, cut string // the page, and the part of it that is cut: its first occurrence
		want     bool
	}{
		{`<p>a</p><p>b</p>`, `<p>a</p>`, true},
		{`<p>a b</p>`, ` b`, true},
		{`<p>a</p>`, ``, true},
		{`<p>a</p><div>b</div>`, `</p><div>`, false},
		{`<p>a<b>c</b></p>d`, `<b>`, false},
		{`<table><tr><td>a</td></tr></table>`, `<td>a</td>`, true},
		{`<div><p>a</p></div>b`, `</p></div>`, false},
		{`<script>x</script>a`, `</script>`, false},
		{`<!--a-->b`, `-->`, false},
		{`<ul><li>a<li>b</ul>`, `<li>a`, true},
		{`<title>a</title>b`, `</title>`, false},
	}
	for _, c := range cases {
		d, tree := parsed(t, c.src)
		i := strings.Index(c.src, c.cut)
		var ranges []Range
		if c.cut != "" {
			ranges = []Range{{i, i + len(c.cut)}}
		}
		if got := tree.Same(d, ranges, []byte(c.src[:i]+c.src[i+len(c.cut):])); got != c.want {
			t.Errorf("%s less %q: same %v", c.src, c.cut, got)
		}
	}
}

// TestPictures holds that the texts of pictures in a link are those of the source.
func TestPictures(t *testing.T) {
	d, tree := parsed(t, `<p>X</p><a href="/big-red-barn/" title=t><img src=p ALT="a &amp; b"><b><img alt='c' alt=d></b></a>`)
	for i, r := range d.Runs {
		if r.Zone != Target {
			continue
		}
		if got, want := fmt.Sprint(tree.Pictures(i)), "[t a & b c d]"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		return
	}
	t.Fatal("no run of an address")
}
