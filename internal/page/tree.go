package page

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// Tree is the parsed page, tied to the runs of a Doc.
type Tree struct {
	Document *goquery.Document

	doc     *Doc
	tags    []span
	byTag   []*html.Node // by tag: its element, the last one where the parser made several
	node    []*html.Node // by run: the node whose child the text is
	flow    int          // how many of the runs are not attributes
	styles  styles
	hidden  map[*html.Node]bool
	numbers map[*html.Node]int // place among the siblings, from 1

	scratch Tag
	scripts []*html.Node
	screens map[*html.Node]*html.Node // scripts that write a hiding tag -> those that close it
	hiders  map[*html.Node]*html.Node // scripts -> the element they hide
	covered map[int]bool              // runs between two such scripts

	kept      map[*html.Node]bool // elements that rules for the site keep
	attrsRead bool                // the elements have all their attributes
}

// MaxDepth is how many elements deep the parser goes.
const MaxDepth = 511

// MaxTags is how many tags, start and end, a page with a tree has. An element and
// its text take up to a kilobyte, two hundred times what they may take in the page.
const MaxTags = 100_000

// NewTree parses the page that d was scanned from. It fails where the parser
// does, and on large pages: one that nests more than MaxDepth elements, or has more
// than MaxTags tags, has no tree.
//
// A tree uses memory of its document: it is good until another one is built.
func NewTree(d *Doc) (*Tree, error) {
	if d.Tags > MaxTags {
		return nil, errTags
	}
	m, runs := d.mark()
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(m.out))
	if err != nil {
		return nil, fmt.Errorf("parse page: %w", err)
	}
	t := &Tree{Document: doc, doc: d, tags: m.tags, node: make([]*html.Node, len(d.Runs)), hidden: map[*html.Node]bool{}, numbers: map[*html.Node]int{},
		screens: map[*html.Node]*html.Node{}, hiders: map[*html.Node]*html.Node{}, covered: map[int]bool{}}
	t.styles.hidden = map[string]bool{}
	t.flow = runs
	t.byTag = make([]*html.Node, len(m.tags))
	t.link(doc.Nodes[0])
	for i, tag := range m.owner {
		t.node[t.flow+i] = t.byTag[tag]
	}
	t.veil(d.Src)
	return t, nil
}

var errTags = errors.New("too many tags")

// link notes the node of every run and tag, and reads the style sheets.
func (t *Tree) link(n *html.Node) {
	switch n.Type {
	case html.ElementNode:
		if i := t.tag(n); i >= 0 {
			t.byTag[i] = n
		}
		if n.Data == "style" && n.FirstChild != nil {
			t.styles.read(n.FirstChild.Data)
		}
		if n.Data == "script" {
			t.scripts = append(t.scripts, n)
		}
	case html.TextNode, html.CommentNode:
		if strings.IndexByte(n.Data, markRun) >= 0 {
			runsIn(n.Data, func(run int) {
				if run < len(t.node) {
					t.node[run] = n.Parent
				}
			})
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		t.link(c)
	}
}

// tag returns the number of an element's start tag in the source, or -1.
func (t *Tree) tag(n *html.Node) int {
	for _, a := range n.Attr {
		if a.Key == markAttr {
			if i, err := strconv.Atoi(a.Val); err == nil && i >= 0 && i < len(t.tags) {
				return i
			}
			return -1
		}
	}
	return -1
}

// Context is what the tree says of a segment.
type Context struct {
	// Hidden: readers do not see it.
	Hidden bool
	// Quoting: it stands in code, a quotation, a sample, a table of data or a
	// control of a form.
	Quoting bool
	// Menu: it stands in navigation.
	Menu bool
	// Path leads to the element that holds it.
	Path string
}

// Context describes the place of a segment.
func (t *Tree) Context(s Segment) Context {
	var c Context
	n := t.node[s.First]
	if n == nil {
		return c
	}
	c.Path = t.path(n)
	c.Hidden = t.isHidden(n) || t.covered[int(s.First)]
	for p := n; p != nil; p = p.Parent {
		switch p.Data {
		case "code", "pre", "samp", "kbd", "blockquote", "q", "cite", "select", "button", "datalist":
			c.Quoting = c.Quoting || p.Type == html.ElementNode
		case "nav":
			c.Menu = true
		case "td", "th":
			c.Quoting = c.Quoting || dataCell(p)
		}
	}
	return c
}

// dataCell reports whether a cell is one of several in its row, in a table of
// several rows: a table that shows data, not one that lays out a page.
func dataCell(n *html.Node) bool {
	row := n.Parent
	if row == nil || siblings(row, "td", "th") < 2 || row.Parent == nil {
		return false
	}
	return siblings(row.Parent, "tr", "tr") >= 3
}

// siblings counts the children of a node that have one of two names, up to 4.
func siblings(n *html.Node, a, b string) int {
	k := 0
	for c := n.FirstChild; c != nil && k < 4; c = c.NextSibling {
		if c.Type == html.ElementNode && (c.Data == a || c.Data == b) {
			k++
		}
	}
	return k
}

func (t *Tree) isHidden(n *html.Node) bool {
	if n == nil || n.Type != html.ElementNode {
		return false
	}
	v, ok := t.hidden[n]
	if !ok {
		v = t.hides(n) || t.isHidden(n.Parent)
		t.hidden[n] = v
	}
	return v
}

// Inside returns the runs of text in the element that an attribute run or a
// string of a script belongs to.
func (t *Tree) Inside(run int) []int {
	var runs []int
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			runsIn(n.Data, func(run int) { runs = append(runs, run) })
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	if n := t.node[run]; n != nil {
		walk(n)
	}
	return runs
}

// Pictures returns what the pictures in the element of an attribute run are
// said to show. The tree is made without these attributes, so they are read from
// the source.
func (t *Tree) Pictures(run int) []string {
	var alts []string
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if i := t.tag(n); i >= 0 && scanTag(t.doc.Src, t.tags[i].start, &t.scratch, nil) {
			for _, a := range t.scratch.Attrs {
				if name := t.doc.Src[a.Name:a.NameEnd]; isName(name, "alt") || isName(name, "title") {
					alts = append(alts, html.UnescapeString(string(t.doc.Src[a.Start:a.End])))
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	if n := t.node[run]; n != nil {
		walk(n)
	}
	return alts
}

// OwnLink reports whether a run of text stands in a link to a page of the same
// site, as its address alone can tell.
func (t *Tree) OwnLink(run int) bool {
	for n := t.node[run]; n != nil; n = n.Parent {
		if n.Type != html.ElementNode || n.Data != "a" {
			continue
		}
		i := t.tag(n)
		if i < 0 {
			return false
		}
		var tag Tag
		if !scanTag(t.doc.Src, t.tags[i].start, &tag, nil) {
			return false
		}
		for _, a := range tag.Attrs {
			if bytes.EqualFold(t.doc.Src[a.Name:a.NameEnd], []byte("href")) {
				v := t.doc.Src[a.Start:a.End]
				return len(v) > 0 && !bytes.HasPrefix(v, []byte("//")) && !bytes.Contains(v, []byte(":"))
			}
		}
		return false
	}
	return false
}

// Content returns the source range between the tags of the element that a run
// of an attribute or a script belongs to; false where it has no end tag.
func (t *Tree) Content(run int) (Range, bool) {
	n := t.node[run]
	if n == nil {
		return Range{}, false
	}
	i := t.tag(n)
	if i < 0 || t.tags[i].match <= 0 {
		return Range{}, false
	}
	return Range{t.tags[i].end, t.tags[t.tags[i].match].start}, true
}

// path writes the way to an element as a CSS path of at most 12 steps.
func (t *Tree) path(n *html.Node) string {
	var steps []string
	for ; n != nil && n.Type == html.ElementNode && n.Data != "html" && len(steps) < 12; n = n.Parent {
		step := n.Data
		if k := t.nth(n); k > 0 && n.Data != "body" && n.Data != "head" {
			step += ":nth-child(" + strconv.Itoa(k) + ")"
		}
		steps = append(steps, step)
	}
	for i, j := 0, len(steps)-1; i < j; i, j = i+1, j-1 {
		steps[i], steps[j] = steps[j], steps[i]
	}
	return strings.Join(steps, " > ")
}

// nth counts an element among its siblings, from 1. The children of a parent are
// numbered all at once, the first time that one of them is asked for.
func (t *Tree) nth(n *html.Node) int {
	if k, ok := t.numbers[n]; ok || n.Parent == nil {
		return k
	}
	k := 0
	for c := n.Parent.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			k++
			t.numbers[c] = k
		}
	}
	return t.numbers[n]
}
