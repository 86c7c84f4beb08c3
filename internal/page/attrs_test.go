package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestEachAttr holds that attributes read from the source are those that the
// parser gives the element.
func TestEachAttr(t *testing.T) {
	for _, attrs := range []string{
		`class=a id="b c"`, `CLASS='A' Id=B`, `style="a:b" STYLE="c:d" style=e`, `hidden`, `hidden=hidden class`, `class="a&amp;b&copy=c&lt"`,
		"style='a\r\nb\rc'", "style='a\x00b'", `style="it's" class='say "so"'`, `data-class=a classy=b title=hidden src=x width=1 height="2"`,
		`class = "a" / id = 'b'`, `=class=a`, `class=a"b`, "cl\x00ass=a id=b", `id=""`,
	} {
		d, tree := parsed(t, "<b "+attrs+">X</b>")
		n := tree.node[find(t, d).First]
		var got []string
		tree.eachAttr(n, func(key, value string) bool {
			got = append(got, fmt.Sprintf("%s=%q", key, value))
			return false
		})
		slices.Sort(got)
		if want := looked(t, "<b "+attrs+">X</b>"); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", attrs, got, want)
		}
	}
}

// looked are the attributes of the element b that are looked at, as parsed.
func looked(t *testing.T, src string) (out []string) {
	root, err := html.Parse(strings.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Data != "b" || n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			if isLookedAt([]byte(a.Key)) {
				out = append(out, fmt.Sprintf("%s=%q", a.Key, a.Val))
			}
		}
	}
	slices.Sort(out)
	return out
}

// TestAttributesThatSteer holds that the parser still gets what it goes by.
func TestAttributesThatSteer(t *testing.T) {
	for src, want := range map[string]string{
		"<svg><font>X":                                  "body > svg:nth-child(1) > font:nth-child(1)",
		"<svg><font color=red>X":                        "body > font:nth-child(2)",
		"<math><annotation-xml>X":                       "body > math:nth-child(1) > annotation-xml:nth-child(1)",
		"<math><annotation-xml><p>X":                    "body > p:nth-child(2)",
		"<math><annotation-xml encoding=TEXT/HTML><p>X": "body > math:nth-child(1) > annotation-xml:nth-child(1) > p:nth-child(1)",
		"<table><input type=HIDDEN><tr><td>X":           "body > table:nth-child(1) > tbody:nth-child(2) > tr:nth-child(1) > td:nth-child(1)",
		"<table><input type=text><tr><td>X":             "body > table:nth-child(2) > tbody:nth-child(1) > tr:nth-child(1) > td:nth-child(1)",
	} {
		d, tree := parsed(t, src)
		if c := tree.Context(find(t, d)); c.Path != want {
			t.Errorf("%s: %s, want %s", src, c.Path, want)
		}
	}
	src := "<style>.a{display:none}</style><body id=b><p>a</p><body class=a><p>X"
	if d, tree := parsed(t, src); !tree.Context(find(t, d)).Hidden {
		t.Errorf("%s: the second tag of the body does not count", src)
	}
}
