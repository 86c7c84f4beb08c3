package page

import (
	"html"
	"strings"
	"unicode/utf8"
)

// longestRef bounds a character reference; the longest name has 31 letters.
// Numbers padded with zeros may be longer.
const longestRef = 33

// Reference decodes the character reference that b starts with: the text it
// stands for and its length in b; 0 when it is none. Numbers need no semicolon,
// as in browsers.
func Reference(b []byte) (text string, n int) {
	if len(b) < 3 || b[0] != '&' {
		return "", 0
	}
	if b[1] == '#' {
		return numeric(b)
	}
	n = 1
	for n < len(b) && n < longestRef && isAlnum(b[n]) {
		n++
	}
	if n < len(b) && b[n] == ';' {
		s := html.UnescapeString(string(b[:n+1]))
		if whole := s[len(s)-1] != ';' || s == ";"; whole && (s[0] != '&' || s == "&") {
			return s, n + 1
		}
	}
	return legacy(b[:n])
}

// legacy decodes the names that browsers take without a semicolon.
func legacy(b []byte) (string, int) {
	for n := min(len(b), longestLegacy); n > 2; n-- {
		if s, ok := legacyNames[string(b[:n])]; ok {
			return s, n
		}
	}
	return "", 0
}

const longestLegacy = len("&Aacute")

var legacyNames = legacyTable(
	"AElig AMP Aacute Acirc Agrave Aring Atilde Auml COPY Ccedil ETH Eacute Ecirc Egrave Euml GT Iacute Icirc Igrave Iuml LT Ntilde",
	"Oacute Ocirc Ograve Oslash Otilde Ouml QUOT REG THORN Uacute Ucirc Ugrave Uuml Yacute aacute acirc acute aelig agrave amp aring",
	"atilde auml brvbar ccedil cedil cent copy curren deg divide eacute ecirc egrave eth euml frac12 frac14 frac34 gt iacute icirc",
	"iexcl igrave iquest iuml laquo lt macr micro middot nbsp not ntilde oacute ocirc ograve ordf ordm oslash otilde ouml para plusmn",
	"pound quot raquo reg sect shy sup1 sup2 sup3 szlig thorn times uacute ucirc ugrave uml uuml yacute yen yuml",
)

// legacyTable maps names, each after its '&', to what they stand for.
func legacyTable(names ...string) map[string]string {
	table := map[string]string{}
	for _, line := range names {
		for _, name := range strings.Fields(line) {
			table["&"+name] = html.UnescapeString("&" + name + ";")
		}
	}
	return table
}

func numeric(b []byte) (string, int) {
	i, base := 2, rune(10)
	if b[2] == 'x' || b[2] == 'X' {
		i, base = 3, 16
	}
	first, v := i, rune(0)
	for ; i < len(b); i++ {
		d, ok := digit(b[i], base)
		if !ok {
			break
		}
		if v <= utf8.MaxRune {
			v = v*base + d
		}
	}
	if i == first {
		return "", 0
	}
	if i < len(b) && b[i] == ';' {
		i++
	}
	if v >= 0x80 && v < 0xa0 { // browsers read these as windows-1252
		return html.UnescapeString("&#x" + string("89"[(v-0x80)/16]) + string("0123456789abcdef"[v&15]) + ";"), i
	}
	if v == 0 || v > utf8.MaxRune || v >= 0xd800 && v < 0xe000 {
		v = utf8.RuneError
	}
	return string(v), i
}

func digit(c byte, base rune) (rune, bool) {
	switch {
	case c >= '0' && c <= '9':
		return rune(c - '0'), true
	case base == 16 && c|0x20 >= 'a' && c|0x20 <= 'f':
		return rune(c|0x20-'a') + 10, true
	}
	return 0, false
}

func isAlnum(c byte) bool { return c >= '0' && c <= '9' || isAlpha(c) }

func isAlpha(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
