package page

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// holdsJSON reports whether the script tag read last says that its content is
// data about the page in JSON.
func (s *scanner) holdsJSON() bool { return s.names("type", "application/ld+json") }

// leastString is the fewest bytes of a string that may be a phrase.
const leastString = 4

// strings notes the strings in the JSON at [pos, end) that are values and no
// addresses. Broken JSON is read as far as it goes, string by string.
func (s *scanner) strings(pos, end int) {
	src := s.doc.Src
	for pos < end {
		i := bytes.IndexByte(src[pos:end], '"')
		if i < 0 {
			return
		}
		start := pos + i + 1
		stop := stringEnd(src, start, end)
		pos = stop + 1
		next := pos
		for next < end && isSpace(src[next]) {
			next++
		}
		if next < end && src[next] == ':' || stop-start < leastString || isAddress(src[start:stop]) {
			continue
		}
		if a, b := trim(src, start, stop); a < b {
			s.doc.attrs = append(s.doc.attrs, Run{Start: int32(a), End: int32(b), Break: Block, Zone: Script, Code: JSON})
			s.mark.attr(&s.tag)
		}
	}
}

// stringEnd returns where the string that starts at src[pos] ends: at its
// quotation mark, or at end.
func stringEnd(src []byte, pos, end int) int {
	for ; pos < end; pos++ {
		switch src[pos] {
		case '\\':
			pos++
		case '"':
			return pos
		}
	}
	return end
}

// isAddress reports whether a string of JSON is a URL or a path.
func isAddress(b []byte) bool {
	return b[0] == '/' || bytes.HasPrefix(b, []byte("http:")) || bytes.HasPrefix(b, []byte("https:")) || bytes.HasPrefix(b, []byte(`\/`))
}

// jsonPieces is Pieces for a JSON string: backslash escapes decoded.
func (d *Doc) jsonPieces(pos, end int, yield func(text []byte, start, end int)) {
	for pos < end {
		i := bytes.IndexByte(d.Src[pos:end], '\\')
		if i < 0 {
			i = end - pos
		}
		if i > 0 {
			yield(d.Src[pos:pos+i], pos, pos+i)
		}
		if pos += i; pos < end {
			text, n := jsonEscape(d.Src[pos:end])
			yield(text, pos, pos+n)
			pos += n
		}
	}
}

// jsonEscape decodes the escape that b starts with; one that is none stands for
// its backslash.
func jsonEscape(b []byte) (text []byte, n int) {
	if len(b) < 2 {
		return b, 1
	}
	switch b[1] {
	case 'n', 't', 'r', 'f', 'b':
		return blank, 2
	case '"', '\\', '/':
		return b[1:2], 2
	case 'u':
	default:
		return b[:1], 1
	}
	r, ok := codeUnit(b)
	if !ok {
		return b[:1], 1
	}
	n = 6
	if utf16.IsSurrogate(r) {
		low, ok := codeUnit(b[n:])
		if r = utf16.DecodeRune(r, low); ok && r != utf8.RuneError {
			n += 6
		} else {
			r = utf8.RuneError
		}
	}
	return utf8.AppendRune(nil, r), n
}

// codeUnit reads the \uXXXX that b starts with.
func codeUnit(b []byte) (rune, bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	var v rune
	for _, c := range b[2:6] {
		d, ok := digit(c, 16)
		if !ok {
			return 0, false
		}
		v = v<<4 | d
	}
	return v, true
}
