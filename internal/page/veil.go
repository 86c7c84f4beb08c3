package page

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// maxVeil bounds the scripts that are looked at, in bytes: those that hide a
// block are short.
const maxVeil = 4 << 10

var (
	hiddenID  = regexp.MustCompile(`getElementById\(\s*['"]([^'"]+)['"]\s*\)|\$\(\s*['"]#([^'" ]+)['"]\s*\)\s*\.hide\(`)
	hidingSet = regexp.MustCompile(`\.hide\(|\.style\.(?:display\s*=\s*['"]none|visibility\s*=\s*['"]hidden|(?:left|top|textIndent)\s*=\s*['"]-\d{3,}|opacity\s*=\s*['"]?0['";]|fontSize\s*=\s*['"]?0)|cssText\s*=|setAttribute\(\s*['"]style`)
	writtenIn = regexp.MustCompile(`document\.write(?:ln)?\(<[a-z]+[^>]*?(?:style=([^>]*)|hidden)>\)`)
	writtenBy = regexp.MustCompile(`document\.write(?:ln)?\(</[a-z]+>\)`)
	sheet     = regexp.MustCompile(`(?is)<style[^>]*>(.*?)<\\?/style`)
	joined    = strings.NewReplacer(`"`, "", `'`, "", "+", "", `\`, "", " ", "", "\n", "", "\t", "", "\r", "")
)

// veil reads the scripts that take elements out of sight: those that name an
// element and set its style, and pairs that write a hiding tag and its end.
func (t *Tree) veil(src []byte) {
	byID := map[string]*html.Node{}
	for _, n := range t.scripts {
		code := t.code(n, src)
		switch {
		case strings.Contains(code, "document.write"):
			t.screen(n, code, src)
		case (strings.Contains(code, "getElementById") || strings.Contains(code, ".hide(")) && hidingSet.MatchString(code):
			if len(byID) == 0 {
				t.ids(t.Document.Nodes[0], byID)
			}
			t.hide(n, code, byID)
		}
	}
}

// code returns the source of a script; nothing when it is long or not closed.
func (t *Tree) code(n *html.Node, src []byte) string {
	i := t.tag(n)
	if i < 0 || t.tags[i].match <= 0 {
		return ""
	}
	start, end := t.tags[i].end, t.tags[t.tags[i].match].start
	if end-start > maxVeil || end < start {
		return ""
	}
	return string(src[start:end])
}

// hide notes the elements that a script hides by name. A script that names one
// element and does little else goes with it.
func (t *Tree) hide(script *html.Node, code string, byID map[string]*html.Node) {
	if (strings.Contains(code, "cssText") || strings.Contains(code, "setAttribute")) && !hidesIn(code) {
		return
	}
	named := hiddenID.FindAllStringSubmatch(code, -1)
	for _, m := range named {
		n := byID[m[1]+m[2]]
		if n == nil {
			continue
		}
		t.hidden[n] = true
		if len(named) == 1 && len(code) < 200 && !strings.Contains(code, "function") {
			t.hiders[script] = n
		}
	}
}

// hidesIn reports whether a quoted part of a script is a style that hides.
func hidesIn(code string) bool {
	for _, s := range strings.FieldsFunc(code, func(r rune) bool { return r == '"' || r == '\'' }) {
		if strings.Contains(s, ":") && hides(s) {
			return true
		}
	}
	return false
}

// screen looks at what a script writes: a style sheet, or a hiding tag that a
// later script beside it closes. Between the two, nothing is seen.
func (t *Tree) screen(script *html.Node, code string, src []byte) {
	for _, m := range sheet.FindAllStringSubmatch(code, -1) {
		t.styles.read(m[1])
	}
	m := writtenIn.FindStringSubmatch(joined.Replace(strings.ToLower(code)))
	if m == nil || m[1] != "" && !hides(m[1]) {
		return
	}
	for n := script.NextSibling; n != nil; n = n.NextSibling {
		if n.Type == html.ElementNode && n.Data == "script" {
			if writtenBy.MatchString(joined.Replace(strings.ToLower(t.code(n, src)))) {
				t.screens[script] = n
				t.cover(script, n)
			}
			return
		}
	}
}

// cover hides what stands between two siblings.
func (t *Tree) cover(first, last *html.Node) {
	for n := first.NextSibling; n != last; n = n.NextSibling {
		switch n.Type {
		case html.ElementNode:
			t.hidden[n] = true
		case html.TextNode:
			runsIn(n.Data, func(run int) { t.covered[run] = true })
		}
	}
}

// ids notes the elements of a page by id, the first of each.
func (t *Tree) ids(n *html.Node, byID map[string]*html.Node) {
	t.eachAttr(n, func(key, value string) bool {
		if key == "id" && byID[value] == nil {
			byID[value] = n
		}
		return false
	})
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		t.ids(c, byID)
	}
}
