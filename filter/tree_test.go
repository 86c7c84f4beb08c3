package filter_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/drosshq/dross/filter"
	"golang.org/x/net/html"
)

// node is what a numbered element of a page looks like in the parsed tree.
type node struct {
	name   string
	parent string
	attrs  []html.Attribute
	text   string // of its own, without white space
	order  int
}

// outline parses a page and returns its numbered elements.
func outline(t testing.TB, body []byte) map[string]node {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		t.Fatalf("parse: %v", err)
	}
	out := map[string]node{}
	var walk func(n *html.Node, parent string)
	walk = func(n *html.Node, parent string) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.TextNode || c.Type == html.CommentNode {
				p := out[parent]
				p.text += strings.Join(strings.Fields(c.Data), "")
				out[parent] = p
			}
			if c.Type != html.ElementNode {
				continue
			}
			id := number(c)
			if id == "" {
				id = parent // an element that the parser put in
			} else {
				out[id] = node{name: c.Data, parent: parent, attrs: c.Attr, order: len(out)}
			}
			walk(c, id)
		}
	}
	walk(root, "")
	return out
}

func number(n *html.Node) string {
	for _, a := range n.Attr {
		if a.Key == "data-n" {
			return a.Val
		}
	}
	return ""
}

// sameTree holds that a cut page parses to the tree of the page less what was
// removed: elements whose start tag went are gone, the others have their place,
// their attributes and what is left of their text.
func sameTree(t testing.TB, p filter.Page, res filter.Result) error {
	before, after := outline(t, p.Body), outline(t, res.Content)
	gone := func(id string) bool {
		at := bytes.Index(p.Body, []byte(`data-n="`+id+`"`))
		return slices.ContainsFunc(res.Blocks, func(b filter.Block) bool { return at >= b.Start && at < b.End })
	}
	for id, b := range before {
		a, ok := after[id]
		if ok == (id != "" && gone(id)) {
			return fmt.Errorf("element %s (%s): in the cut page %v, its tag is gone: %v", id, b.name, ok, gone(id))
		}
		if !ok {
			continue
		}
		if a.name != b.name || a.parent != b.parent || !within(a.text, b.text) || len(a.attrs) != len(b.attrs) {
			return fmt.Errorf("element %s was %+v, is %+v", id, b, a)
		}
		for i := range a.attrs {
			if a.attrs[i].Key != b.attrs[i].Key || !within(a.attrs[i].Val, b.attrs[i].Val) {
				return fmt.Errorf("element %s: attribute was %v, is %v", id, b.attrs[i], a.attrs[i])
			}
		}
	}
	for id := range after {
		if _, ok := before[id]; !ok {
			return fmt.Errorf("element %s is new", id)
		}
	}
	return nil
}

// within reports whether part is whole less some of its characters.
func within(part, whole string) bool {
	rest := []rune(whole)
	for _, r := range part {
		i := slices.Index(rest, r)
		if i < 0 {
			return false
		}
		rest = rest[i+1:]
	}
	return true
}

// TestTree holds promise 2 on well-formed pages, by a comparison of its own.
func TestTree(t *testing.T) {
	f := shippedFilter(t)
	elements := 0
	for seed := range int64(pages(t, 300)) {
		p := filter.Page{ContentType: "text/html; charset=utf-8", Body: []byte(newGen(seed).document())}
		res := mustClean(t, f, p)
		if err := sameTree(t, p, res); err != nil {
			t.Errorf("seed %d: %v\n%s%s", seed, err, p.Body, show(p, res))
		}
		for _, b := range res.Blocks {
			if p.Body[b.Start] == '<' {
				elements++
			}
		}
	}
	if elements < 50 {
		t.Errorf("only %d elements went whole: the pages do not try the filter", elements)
	}
}
