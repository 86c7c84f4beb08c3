package quality

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
)

// encoding turns a phrase into the bytes that stand in the page.
type encoding func(string) string

// plain leaves the phrase as it is: for plain text, and raw text in HTML.
func plain(s string) string { return s }

// decimalRefs writes every character as a decimal reference, padded now and then.
func decimalRefs(s string) string {
	var b strings.Builder
	for i, r := range []rune(s) {
		if i%3 == 2 {
			fmt.Fprintf(&b, "&#%07d;", r)
		} else {
			fmt.Fprintf(&b, "&#%d;", r)
		}
	}
	return b.String()
}

// hexRefs writes every character as a hexadecimal reference.
func hexRefs(s string) string {
	var b strings.Builder
	for _, r := range s {
		fmt.Fprintf(&b, "&#x%X;", r)
	}
	return b.String()
}

// between writes a symbol between the characters of every word. Where the
// symbol is a blank, words move apart so that a reader can still tell them.
func between(symbol string) encoding {
	return func(s string) string {
		var b strings.Builder
		inWord := false
		for _, r := range s {
			letter := unicode.IsLetter(r) || unicode.IsDigit(r)
			if inWord && letter {
				b.WriteString(symbol)
			}
			if r == ' ' && symbol == " " {
				b.WriteString("  ")
			}
			b.WriteRune(r)
			inWord = letter || unicode.IsMark(r)
		}
		return b.String()
	}
}

var lookAlike = strings.NewReplacer(
	"a", "а", "e", "е", "o", "о", "c", "с", "p", "р", "x", "х", "v", "ⅴ", "i", "і",
	"无", "旡", "0", "０", "1", "１", "2", "２", "3", "３", "8", "８", "9", "９")

// wide writes printable ASCII in its full-width form.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r <= '~' {
			return r + 0xFEE0
		}
		return r
	}, s)
}

// upperMix alternates case.
func upperMix(s string) string {
	i := 0
	return strings.Map(func(r rune) rune {
		if i++; i%2 == 0 {
			return unicode.ToUpper(r)
		}
		return r
	}, s)
}

// slug writes a phrase as a URL path segment.
func slug(s string) string {
	return url.PathEscape(strings.ReplaceAll(s, " ", "-"))
}

// jsonEscape writes non-ASCII characters as \u escapes.
func jsonEscape(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r < 0x80 && r != '"' && r != '\\':
			b.WriteRune(r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xD800+(r-0x10000)>>10, 0xDC00+(r-0x10000)&0x3FF)
		}
	}
	return b.String()
}

// split puts inline tags inside the phrase, in the middle of a word.
func split(s string) string {
	rs := []rune(s)
	at := len(rs) / 2
	return string(rs[:at]) + "<b>" + string(rs[at:at+1]) + "</b>" + string(rs[at+1:])
}
