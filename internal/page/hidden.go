package page

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// styles holds the class and id names that inline style sheets hide.
type styles struct{ hidden map[string]bool }

var (
	rule     = regexp.MustCompile(`([^{}]*)\{([^{}]*)\}`)
	selector = regexp.MustCompile(`^(?:[a-zA-Z][a-zA-Z0-9]*)?([.#][A-Za-z0-9_-]+)$`)
	offset   = regexp.MustCompile(`(?:^|;)(?:left|top|right|bottom|margin-left|margin-top|text-indent):-(\d+(?:\.\d+)?)(px|em|rem|%|vw|vh|pt)?`)
)

// maxSheet bounds the style text that is read, in bytes.
const maxSheet = 256 << 10

// read takes the simple rules of a style sheet: one class or id, hidden.
func (s *styles) read(sheet string) {
	for _, m := range rule.FindAllStringSubmatch(sheet[:min(len(sheet), maxSheet)], -1) {
		if !hides(m[2]) {
			continue
		}
		for _, sel := range strings.Split(m[1], ",") {
			if n := selector.FindStringSubmatch(strings.TrimSpace(sel)); n != nil {
				s.hidden[n[1]] = true
			}
		}
	}
}

// hides reports whether an element's own attributes hide it from readers.
func (s *styles) hides(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "style":
			if hides(a.Val) {
				return true
			}
		case "class":
			for _, c := range strings.Fields(a.Val) {
				if s.hidden["."+c] {
					return true
				}
			}
		case "id":
			if s.hidden["#"+a.Val] {
				return true
			}
		}
	}
	return n.Data == "marquee" && tiny(n)
}

// tiny reports whether a marquee is too small to be read.
func tiny(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key == "height" || a.Key == "width" {
			if v, err := strconv.Atoi(strings.TrimSuffix(a.Val, "px")); err == nil && v <= 6 {
				return true
			}
		}
	}
	return false
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
