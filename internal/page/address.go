package page

import (
	"bytes"
	"unicode/utf8"
)

// address notes the path of a link that may be a phrase: the one the element
// leads to, or that of the page itself. The host is no phrase of the page's.
func (s *scanner) address(a Attr, elem []byte) {
	if name := string(elem); name != "a" && name != "area" && !(name == "link" && s.names("rel", "canonical")) {
		return
	}
	start, end := phrase(s.doc.Src, int(a.Start), int(a.End))
	if start < end {
		s.doc.attrs = append(s.doc.attrs, Run{Start: int32(start), End: int32(end), Break: Block, Zone: Target, Code: URL})
		s.mark.attr(&s.tag)
	}
}

// names reports whether an attribute of the tag read last has a value, in any case.
func (s *scanner) names(attr, value string) bool {
	for _, a := range s.tag.Attrs {
		if bytes.EqualFold(s.doc.Src[a.Name:a.NameEnd], []byte(attr)) {
			return bytes.EqualFold(bytes.TrimSpace(s.doc.Src[a.Start:a.End]), []byte(value))
		}
	}
	return false
}

// leastSigns is how many signs between words a path has that may be a phrase.
const leastSigns = 2

// What a byte means inside the path of an address.
const (
	letterIn = 1 + iota
	signIn   // stands between words
	escapeIn // begins the escape of a byte
	stepIn   // ends a step of the path
	dotIn    // may begin the ending of a file
	queryIn  // ends the path
)

var inAddress = func() (t [256]uint8) {
	for c := range t {
		if c >= utf8.RuneSelf || isAlpha(byte(c)) {
			t[c] = letterIn
		}
	}
	t['-'], t['_'], t['+'] = signIn, signIn, signIn
	t['%'], t['/'], t['.'], t['?'], t['#'] = escapeIn, stepIn, dotIn, queryIn, queryIn
	return t
}()

// phrase narrows an address to the part of its path that may be a phrase: from
// the first step with words on, without query, fragment and the ending of a file.
// It is empty where there is no such part.
func phrase(src []byte, start, end int) (int, int) {
	start, end = trim(src, start, end)
	start = pathStart(src, start, end)
	signs, escaped, from, slash, dot := 0, false, -1, start, -1
	word := false
scan:
	for i := start; i < end; i++ {
		switch inAddress[src[i]] {
		case letterIn:
			word = true
		case signIn:
			signs++
			if from < 0 && word {
				from = slash
			}
		case escapeIn:
			escaped, word = true, true
			if from < 0 {
				from = slash
			}
		case stepIn:
			slash, word, dot = i+1, false, -1
		case dotIn:
			dot = i
		case queryIn:
			end = i
			break scan
		}
	}
	if from < 0 || signs < leastSigns && !escaped {
		return 0, 0
	}
	if dot > from && end-dot <= len(".shtml") {
		end = dot
	}
	for end > from && src[end-1] == '/' {
		end--
	}
	return from, end
}

// pathStart returns where the path of an address begins; end for one of another
// kind, such as a script or a mail address.
func pathStart(src []byte, start, end int) int {
	rest := src[start:end]
	host := 0
	switch {
	case bytes.HasPrefix(rest, []byte("//")):
		host = 2
	case len(rest) > 8 && bytes.EqualFold(rest[:8], []byte("https://")):
		host = 8
	case len(rest) > 7 && bytes.EqualFold(rest[:7], []byte("http://")):
		host = 7
	default:
		for _, c := range rest {
			if c == ':' {
				return end
			}
			if !isAlnum(c) {
				break
			}
		}
		return start
	}
	i := bytes.IndexByte(rest[host:], '/')
	if i < 0 {
		return end
	}
	return start + host + i + 1
}

// urlPieces is Pieces for part of an address: escapes decoded. Escapes that are
// no UTF-8 stand for themselves.
func (d *Doc) urlPieces(pos, end int, yield func(text []byte, start, end int)) {
	for pos < end {
		i := bytes.IndexByte(d.Src[pos:end], '%')
		if i < 0 {
			i = end - pos
		}
		if i > 0 {
			yield(d.Src[pos:pos+i], pos, pos+i)
		}
		if pos += i; pos < end {
			text, n := unescape(d.Src[pos:end])
			if n == 0 {
				n, text = 1, d.Src[pos:pos+1]
			}
			yield(text, pos, pos+n)
			pos += n
		}
	}
}

// asWords writes blanks for the signs that stand between the words of an address.
func asWords(text []byte) {
	for i, c := range text {
		if c == '-' || c == '_' || c == '+' {
			text[i] = ' '
		}
	}
}

var blank = []byte{' '}

// unescape decodes the character whose escapes b starts with; n is their length,
// 0 when they are none.
func unescape(b []byte) (text []byte, n int) {
	for len(text) < utf8.UTFMax && n+2 < len(b) && b[n] == '%' {
		hi, ok1 := digit(b[n+1], 16)
		lo, ok2 := digit(b[n+2], 16)
		if !ok1 || !ok2 {
			break
		}
		text = append(text, byte(hi<<4|lo))
		n += 3
		if utf8.FullRune(text) {
			break
		}
	}
	if len(text) == 0 || !utf8.Valid(text) {
		return nil, 0
	}
	return text, n
}
