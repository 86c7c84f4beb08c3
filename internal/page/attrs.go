package page

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// lookedAt are the attributes that tell what readers do not see. The tree is asked
// for those of few elements, so they are read from the source when it is.
var lookedAt = namesOf("id", "class", "style", "width", "hidden", "height")

// markNames are those that the marked copy is made with.
var markNames = namesOf("alt", "title", "aria-label", "placeholder", "value", "label", "summary", "href", "content", "type", "rel",
	"id", "class", "style", "width", "hidden", "height", "color", "face", "size", "encoding")

// steers reports whether the parser goes by an attribute of such an element. Those
// of html and body are copied with it: the parser puts several tags together.
func steers(elem string, attr []byte) bool {
	switch elem {
	case "input":
		return isName(attr, "type")
	case "font":
		return isName(attr, "color") || isName(attr, "face") || isName(attr, "size")
	case "annotation-xml":
		return isName(attr, "encoding")
	case "html", "body":
		return isLookedAt(attr)
	}
	return false
}

func isLookedAt(name []byte) bool {
	return isName(name, "id") || isName(name, "class") || isName(name, "style") || isName(name, "width") || isName(name, "hidden") || isName(name, "height")
}

func isName(b []byte, name string) bool {
	return len(b) == len(name) && bytes.EqualFold(b, []byte(name))
}

// eachAttr calls yield with the attributes of an element that are looked at, until
// it returns true, and reports whether it did.
func (t *Tree) eachAttr(n *html.Node, yield func(key, value string) bool) bool {
	i := t.tag(n)
	if i < 0 || n.Data == "html" || n.Data == "body" {
		for _, a := range n.Attr {
			if yield(a.Key, a.Val) {
				return true
			}
		}
		return false
	}
	src := t.doc.Src
	if !scanTag(src, t.tags[i].start, &t.scratch, lookedAt) {
		return false
	}
	seen := ""
	for _, a := range t.scratch.Attrs {
		name := src[a.Name:a.NameEnd]
		if !isLookedAt(name) || !quotable(src[a.Start:a.End]) {
			continue
		}
		key := strings.ToLower(string(name))
		if strings.Contains(seen, " "+key) { // the first one counts
			continue
		}
		seen += " " + key
		if yield(key, attrValue(src[a.Start:a.End])) {
			return true
		}
	}
	return false
}

// quotable reports whether a value is free of one sort of quotation marks. One with
// both cannot stand in the marked copy, and is no style or class that hides.
func quotable(value []byte) bool {
	return bytes.IndexByte(value, '"') < 0 || bytes.IndexByte(value, '\'') < 0
}

// attrValue is what the parser reads from the value of an attribute.
func attrValue(value []byte) string {
	if !bytes.ContainsAny(value, "&\r\x00") {
		return string(value)
	}
	var m marker
	m.out = append(m.out, "<p v"...)
	m.value(value)
	z := html.NewTokenizer(bytes.NewReader(append(m.out, '>')))
	z.Next()
	z.TagName()
	_, v, _ := z.TagAttr()
	return string(v)
}
