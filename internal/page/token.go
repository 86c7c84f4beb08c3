package page

import "bytes"

// Tag is a start or end tag in the source.
type Tag struct {
	Start, End int // bytes of the source, half-open, angle brackets included
	Name       []byte
	Close      bool
	SelfClose  bool
	Attrs      []Attr
}

// Attr is an attribute as written: names keep their case, values their references.
type Attr struct {
	Name, NameEnd int32 // the name in the source
	Start, End    int32 // the value in the source, without quotes
}

const maxName = 16

// lowerName returns the ASCII lower-case form of a name, in buf where it has to be
// made. Names longer than any known one keep their first bytes, which match none.
func lowerName(buf *[maxName]byte, name []byte) []byte {
	if len(name) <= maxName && !holdsCapital(name) {
		return name
	}
	n := copy(buf[:], name)
	for i, c := range buf[:n] {
		if c >= 'A' && c <= 'Z' {
			buf[i] = c | 0x20
		}
	}
	if len(name) > maxName {
		buf[0] = '-'
	}
	return buf[:n]
}

func holdsCapital(name []byte) bool {
	for _, c := range name {
		if c >= 'A' && c <= 'Z' {
			return true
		}
	}
	return false
}

// scanTag reads the tag that starts at src[pos] ('<' and a letter, or "</" and a
// letter follow), as the HTML standard's tokenizer does. Attributes go to
// tag.Attrs, reused: all of them, or those that few names. It returns false when
// the source ends inside the tag.
func scanTag(src []byte, pos int, tag *Tag, few *attrNames) bool {
	tag.Start, tag.Attrs, tag.SelfClose = pos, tag.Attrs[:0], false
	i := pos + 1
	tag.Close = src[i] == '/'
	if tag.Close {
		i++
	}
	first := i
	for i < len(src) && signs[src[i]]&endsName == 0 {
		i++
	}
	tag.Name = src[first:i]
	for {
		for i < len(src) && signs[src[i]]&skipped != 0 {
			i++
		}
		if i >= len(src) {
			return false
		}
		if src[i] == '>' {
			tag.SelfClose = src[i-1] == '/'
			tag.End = i + 1
			return true
		}
		var a Attr
		if a, i = scanAttr(src, i); i > len(src) {
			return false
		}
		if few == nil || few.has(src[a.Name], a.NameEnd-a.Name) {
			tag.Attrs = append(tag.Attrs, a)
		}
	}
}

// attrNames says by the first letter and the length which names of attributes are
// looked for; others of the kind slip in.
type attrNames [256]uint16

func (n *attrNames) has(first byte, length int32) bool { return n[first]>>(length&31)&1 != 0 }

// What a byte means inside a tag.
const (
	endsName = 1 << iota // ends the name of a tag
	skipped              // stands between attributes
	endsAttr             // ends the name of an attribute
	endsBare             // ends a value without quotes
	blankIn              // white space
)

var signs = [256]uint8{
	' ': endsName | skipped | endsAttr | endsBare | blankIn, '\t': endsName | skipped | endsAttr | endsBare | blankIn,
	'\n': endsName | skipped | endsAttr | endsBare | blankIn, '\r': endsName | skipped | endsAttr | endsBare | blankIn,
	'\f': endsName | skipped | endsAttr | endsBare | blankIn,
	'/':  endsName | skipped | endsAttr, '>': endsName | endsAttr | endsBare, '=': endsAttr,
}

// scanAttr reads one attribute at src[i]; an index past the end says that the
// source ended inside it.
func scanAttr(src []byte, i int) (Attr, int) {
	first := i
	i++ // a leading '=' belongs to the name
	for i < len(src) && signs[src[i]]&endsAttr == 0 {
		i++
	}
	a := Attr{Name: int32(first), NameEnd: int32(i), Start: int32(i), End: int32(i)}
	j := i
	for j < len(src) && signs[src[j]]&blankIn != 0 {
		j++
	}
	if j >= len(src) || src[j] != '=' {
		return a, i
	}
	for j++; j < len(src) && signs[src[j]]&blankIn != 0; j++ {
	}
	if j >= len(src) {
		return a, len(src) + 1
	}
	switch q := src[j]; q {
	case '"', '\'':
		n := bytes.IndexByte(src[j+1:], q)
		if n < 0 {
			return a, len(src) + 1
		}
		a.Start, a.End = int32(j+1), int32(j+1+n)
		return a, j + 2 + n
	case '>':
		a.Start, a.End = int32(j), int32(j)
		return a, j
	}
	a.Start = int32(j)
	for j < len(src) && signs[src[j]]&endsBare == 0 {
		j++
	}
	a.End = int32(j)
	return a, j
}

// endTag returns where the end tag of a raw text element starts in src[pos:end],
// as an absolute offset, or end.
func endTag(src []byte, pos, end int, name []byte) int {
	stop := nextEndTag(src, pos, end, name)
	if string(name) != "script" {
		return stop
	}
	if i := bytes.Index(src[pos:stop], []byte("<!--")); i >= 0 {
		return scriptEnd(src, pos+i, end)
	}
	return stop
}

// scriptEnd is endTag for a script with a comment in it, which starts at pos:
// there a script element has an end tag of its own.
func scriptEnd(src []byte, pos, end int) int {
	script := []byte("script")
	comment, inner := -1, false // where the comment's text starts; within its script element
	for ; pos < end; pos++ {
		rest := src[pos:end]
		switch {
		case comment < 0 && bytes.HasPrefix(rest, []byte("<!--")):
			comment = pos + 2
			pos++
		case comment >= 0 && pos >= comment && bytes.HasPrefix(rest, []byte("-->")):
			comment, inner = -1, false
		case bytes.HasPrefix(rest, []byte("</")) && named(rest[2:], script):
			if !inner {
				return pos
			}
			inner = false
		case comment >= 0 && !inner && rest[0] == '<' && named(rest[1:], script):
			inner = true
		}
	}
	return end
}

// named reports whether b starts with a tag's name, whole. Where the source ends
// behind the name it is text: no tag was begun.
func named(b, name []byte) bool {
	n := len(name)
	return len(b) > n && bytes.EqualFold(b[:n], name) && (isSpace(b[n]) || b[n] == '/' || b[n] == '>')
}

// nextEndTag returns where the next end tag of that name starts, or end.
func nextEndTag(src []byte, pos, end int, name []byte) int {
	for pos < end {
		i := bytes.Index(src[pos:end], []byte("</"))
		if i < 0 {
			return end
		}
		pos += i
		if named(src[pos+2:end], name) {
			return pos
		}
		pos += 2
	}
	return end
}

// commentEnd returns the content end and the end of the comment that starts at
// src[pos:] with "<!--".
func commentEnd(src []byte, pos, end int) (content, stop int) {
	first := pos + 4
	for i := first; i < end; {
		j := bytes.IndexByte(src[i:end], '>')
		if j < 0 {
			break
		}
		i += j
		switch {
		case i == first: // <!-->
			return i, i + 1
		case i == first+1 && src[first] == '-': // <!--->
			return first, i + 1
		case i >= first+2 && src[i-1] == '-' && src[i-2] == '-':
			return i - 2, i + 1
		case i >= first+3 && src[i-1] == '!' && src[i-2] == '-' && src[i-3] == '-':
			return i - 3, i + 1
		}
		i++
	}
	return end, end
}
