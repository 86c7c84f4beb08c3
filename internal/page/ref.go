package page

import (
	"html"
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
		if s := html.UnescapeString(string(b[:n+1])); s[0] != '&' || s == "&" {
			return s, n + 1
		}
	}
	return legacy(b[:n])
}

// legacy decodes the few names that browsers take without a semicolon.
func legacy(b []byte) (string, int) {
	for _, name := range [...]string{"&amp", "&lt", "&gt", "&quot", "&nbsp", "&copy", "&reg"} {
		if len(b) >= len(name) && string(b[:len(name)]) == name {
			return html.UnescapeString(name), len(name)
		}
	}
	return "", 0
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
