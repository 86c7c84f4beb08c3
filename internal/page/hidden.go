package page

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// styles holds the class and id names that inline style sheets hide.
type styles struct{ hidden map[string]bool }

var offset = regexp.MustCompile(`(?:^|;)(?:left|top|right|bottom|margin-left|margin-top|text-indent):-(\d+(?:\.\d+)?)(px|em|rem|%|vw|vh|pt)?`)

// maxSheet bounds the style text that is read, in bytes.
const maxSheet = 256 << 10

// read takes the simple rules of a style sheet: one class or id, hidden.
func (s *styles) read(sheet string) {
	sheet = sheet[:min(len(sheet), maxSheet)]
	for {
		open := strings.IndexByte(sheet, '{')
		if open < 0 {
			return
		}
		end := strings.IndexByte(sheet[open:], '}')
		if end < 0 {
			return
		}
		selectors, body := sheet[:open], sheet[open+1:open+end]
		sheet = sheet[open+end+1:]
		if inner := strings.LastIndexByte(body, '{'); inner >= 0 { // a rule inside @media and such
			selectors, body = body[:inner], body[inner+1:]
		}
		if i := strings.LastIndexAny(selectors, "{};"); i >= 0 {
			selectors = selectors[i+1:]
		}
		if mayHide(body) {
			s.rule(selectors, body)
		}
	}
}

// rule notes the names that a rule hides.
func (s *styles) rule(selectors, body string) {
	var names []string
	for sel := range strings.SplitSeq(selectors, ",") {
		if n := simple(strings.TrimSpace(sel)); n != "" {
			names = append(names, n)
		}
	}
	if len(names) == 0 || !hides(body) {
		return
	}
	for _, n := range names {
		s.hidden[n] = true
	}
}

// simple returns the class or id that a selector of no more than an element name
// and it consists of, with its sign.
func simple(sel string) string {
	i := strings.IndexAny(sel, ".#")
	if i < 0 || i == len(sel)-1 {
		return ""
	}
	for k := range len(sel) {
		if c := sel[k]; k != i && !isAlnum(c) && (k < i || c != '-' && c != '_') {
			return ""
		}
	}
	return sel[i:]
}

// mayHide is a quick look at declarations: what hides has one of these in it.
func mayHide(css string) bool {
	for _, s := range [...]string{"none", "hidden", "opacity", "size", "clip", "alpha", "-", "NONE", "None", "Hidden"} {
		if strings.Contains(css, s) {
			return true
		}
	}
	return false
}

// hides reports whether an element's own attributes hide it from readers.
func (t *Tree) hides(n *html.Node) bool {
	return t.eachAttr(n, func(key, value string) bool {
		switch key {
		case "hidden":
			return true
		case "style":
			return hides(value)
		case "class":
			return slices.ContainsFunc(strings.Fields(value), func(c string) bool { return t.styles.hidden["."+c] })
		case "id":
			return t.styles.hidden["#"+value]
		case "height", "width":
			return n.Data == "marquee" && tiny(value)
		}
		return false
	})
}

// tiny reports whether a marquee of that height or width cannot be read.
func tiny(size string) bool {
	v, err := strconv.Atoi(strings.TrimSuffix(size, "px"))
	return err == nil && v <= 6
}

// hides reports whether CSS declarations take an element out of sight.
func hides(css string) bool {
	css = squeeze(css)
	for _, d := range []string{"display:none", "visibility:hidden", "font-size:0", "opacity:0;", "clip:rect(0", "clip:rect(1px", "filter:alpha(opacity=0)"} {
		if i := strings.Index(css+";", d); i >= 0 && (i == 0 || css[i-1] == ';') && !fraction(css, i+len(d)) {
			return true
		}
	}
	if strings.Contains(css, "overflow:hidden") && (zero(css, "height:") || zero(css, "width:")) {
		return true
	}
	return offScreen(css)
}

// fraction reports whether a number goes on at css[i:], as in font-size:0.9em.
func fraction(css string, i int) bool { return i < len(css) && css[i] == '.' && css[i-1] == '0' }

// zero reports whether a size property is 0 or 1 pixel.
func zero(css, prop string) bool {
	i := strings.Index(css, prop)
	if i < 0 || i > 0 && css[i-1] != ';' {
		return false
	}
	v := css[i+len(prop):]
	v, _, _ = strings.Cut(v, ";")
	v = strings.TrimSuffix(v, "px")
	return v == "0" || v == "1"
}

// offScreen reports whether a position lies at least 600 pixels or 100 em outside.
func offScreen(css string) bool {
	for _, m := range offset.FindAllStringSubmatch(css, -1) {
		v, _ := strconv.ParseFloat(m[1], 64)
		switch {
		case (m[2] == "em" || m[2] == "rem" || m[2] == "%") && v >= 100, v >= 600:
			return true
		}
	}
	return false
}

// squeeze lowers CSS and drops its blanks and comments.
func squeeze(css string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f':
			return -1
		case r >= 'A' && r <= 'Z':
			return r + 32
		}
		return r
	}, strings.ReplaceAll(css, "!important", ""))
}
