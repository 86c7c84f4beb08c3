package page

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// Selector picks elements of a tree.
type Selector struct {
	match cascadia.Selector
	deep  int // the most descendant combinators of a selector in the group
}

var (
	inBrackets  = regexp.MustCompile(`\[[^]]*\]|\([^)]*\)`)
	combinators = regexp.MustCompile(`\s*[>+~]\s*`)
)

// descents counts the descendant combinators of the selector that has most of them.
func descents(group string) int {
	most := 0
	for _, s := range strings.Split(inBrackets.ReplaceAllString(group, "x"), ",") {
		most = max(most, len(strings.Fields(combinators.ReplaceAllString(s, ">")))-1)
	}
	return most
}

// MostSteps bounds the work of one selector on one page. For each descendant
// combinator a match may look at every element around one, for each of those again
// for the next: on pages that nest deeply that has no end in sight.
const MostSteps = 1 << 31

// TooMuch reports whether a selector could take longer on this page than is let.
func (t *Tree) TooMuch(s Selector) bool {
	nodes, depth := 0, 0
	var walk func(*html.Node, int)
	walk = func(n *html.Node, d int) {
		nodes, depth = nodes+1, max(depth, d)
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, d+1)
		}
	}
	walk(t.Document.Nodes[0], 0)
	steps := float64(nodes)
	for k := range s.deep {
		steps *= float64(depth) / float64(k+1)
	}
	return steps > MostSteps
}

// ParseSelector reads a group of CSS selectors. Those that ask for text are refused:
// the tree holds places of text in its stead.
func ParseSelector(s string) (Selector, error) {
	for _, pseudo := range []string{":contains", ":matches"} {
		if strings.Contains(strings.ToLower(s), pseudo) {
			return Selector{}, fmt.Errorf("selector %q: %s asks for text, which rules do not see", s, pseudo)
		}
	}
	if strings.TrimSpace(s) == "" {
		return Selector{}, errors.New("selector is empty")
	}
	m, err := cascadia.Compile(s)
	if err != nil {
		return Selector{}, fmt.Errorf("selector %q: %w", s, err)
	}
	return Selector{m, descents(s)}, nil
}

// Keep makes the elements that selectors pick, and what is in them, stay.
func (t *Tree) Keep(selectors []Selector) {
	t.readAttrs()
	t.kept = map[*html.Node]bool{}
	for _, s := range selectors {
		for _, n := range s.match.MatchAll(t.Document.Nodes[0]) {
			t.kept[n] = true
		}
	}
}

// Kept reports whether a run stands in an element that stays.
func (t *Tree) Kept(run int) bool {
	for n := t.node[run]; n != nil && len(t.kept) > 0; n = n.Parent {
		if t.kept[n] {
			return true
		}
	}
	return false
}

// Pick is an element, or text in one, that a selector picks.
type Pick struct {
	// Runs are the texts in it.
	Runs []int
	// At is the element in the source; empty where that does not hold it in one
	// piece, or holds what stands elsewhere in the tree, or where something in it is kept.
	At     Range
	Path   string
	Hidden bool
}

// Picks returns the outermost elements that a selector picks, less what is kept.
// The document itself, its head and its body are never picked.
func (t *Tree) Picks(s Selector) []Pick {
	t.readAttrs()
	var out []Pick
	var own owner
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if t.kept[n] {
			return
		}
		if n.Type == html.ElementNode && !outer(n.Data) && s.match(n) {
			out = t.pick(n, &own, out)
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(t.Document.Nodes[0])
	return out
}

// pick appends an element, or where something in it is kept, what is not.
func (t *Tree) pick(n *html.Node, own *owner, out []Pick) []Pick {
	switch {
	case t.kept[n]:
		return out
	case n.Type == html.ElementNode && t.holdsKept(n):
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			out = t.pick(c, own, out)
		}
		return out
	}
	p := Pick{Path: t.path(n), Hidden: t.isHidden(n)}
	if n.Type == html.ElementNode {
		if r, ok := t.extent(n); ok && own.owns(t, r, n, n) {
			p.At = r
		}
	} else {
		p.Path, p.Hidden = t.path(n.Parent), t.isHidden(n.Parent)
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode || n.Type == html.CommentNode {
			runsIn(n.Data, func(run int) { p.Runs = append(p.Runs, run) })
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	if walk(n); len(p.Runs) > 0 || p.At.Start < p.At.End {
		out = append(out, p)
	}
	return out
}

func (t *Tree) holdsKept(n *html.Node) bool {
	if len(t.kept) == 0 {
		return false
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if t.kept[c] || t.holdsKept(c) {
			return true
		}
	}
	return false
}

// readAttrs gives the elements the attributes of the source, of which the tree is
// made with few.
func (t *Tree) readAttrs() {
	if t.attrsRead {
		return
	}
	t.attrsRead = true
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if i := t.tag(n); i >= 0 && scanTag(t.doc.Src, t.tags[i].start, &t.scratch, nil) {
			n.Attr = t.sourceAttrs(i)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(t.Document.Nodes[0])
}

// sourceAttrs returns the attributes of the tag that was scanned last, and the mark.
func (t *Tree) sourceAttrs(tag int) []html.Attribute {
	src := t.doc.Src
	out := []html.Attribute{{Key: markAttr, Val: fmt.Sprint(tag)}}
	seen := map[string]bool{markAttr: true}
	for _, a := range t.scratch.Attrs {
		key := strings.ToLower(string(src[a.Name:a.NameEnd]))
		if seen[key] { // the first one counts
			continue
		}
		seen[key] = true
		value := src[a.Start:a.End]
		if quotable(value) {
			out = append(out, html.Attribute{Key: key, Val: attrValue(value)})
		} else {
			out = append(out, html.Attribute{Key: key, Val: html.UnescapeString(string(value))})
		}
	}
	return out
}
