package page

import "bytes"

// ScanText reads plain text: a segment a line, a blank line is a Block break.
func (d *Doc) ScanText(src []byte) {
	d.Reset()
	d.Src = src
	brk, fence := Block, false
	for pos := bomLen(src); pos < len(src); {
		end := pos + lineEnd(src[pos:])
		if start, stop := trim(src, pos, end); start < stop {
			line := src[start:stop]
			d.add(Run{Start: int32(start), End: int32(stop), Break: brk, Zone: Line, Raw: true})
			fence = fence != bytes.HasPrefix(line, []byte("```"))
			d.Segments[len(d.Segments)-1].Quoted = fence || line[0] == '>'
			brk = Row
		} else {
			brk = Block
		}
		pos = end + newline(src[end:])
	}
	d.Flow = len(d.Segments)
}

// InTable reports whether a segment is a row of a table drawn with bars, as in
// Markdown: it and a neighbour begin and end with one.
func (d *Doc) InTable(i int) bool {
	return d.barred(i) && (d.barred(i-1) || d.barred(i+1))
}

func (d *Doc) barred(i int) bool {
	if i < 0 || i >= len(d.Segments) {
		return false
	}
	start, end := d.Source(d.Segments[i])
	return end-start > 4 && d.Src[start] == '|' && d.Src[end-1] == '|'
}

// lineEnd returns the length of the first line without its terminator.
func lineEnd(b []byte) int {
	i := bytes.IndexByte(b, '\n')
	if i < 0 {
		i = len(b)
	}
	if j := bytes.IndexByte(b[:i], '\r'); j >= 0 {
		return j
	}
	return i
}

// newline returns the length of the line terminator that b starts with.
func newline(b []byte) int {
	switch {
	case len(b) >= 2 && b[0] == '\r' && b[1] == '\n':
		return 2
	case len(b) >= 1 && (b[0] == '\n' || b[0] == '\r'):
		return 1
	}
	return 0
}

// trim narrows [start, end) to what lies between ASCII white space.
func trim(src []byte, start, end int) (int, int) {
	for start < end && isSpace(src[start]) {
		start++
	}
	for end > start && isSpace(src[end-1]) {
		end--
	}
	return start, end
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// LineTail returns the end of the line that pos stands in, terminator included,
// when nothing but white space follows; else pos.
func LineTail(src []byte, pos int) int {
	end := pos
	for end < len(src) && (src[end] == ' ' || src[end] == '\t') {
		end++
	}
	if n := newline(src[end:]); n > 0 || end == len(src) {
		return end + n
	}
	return pos
}

// LineStart reports whether only blanks stand before pos in its line.
func LineStart(src []byte, pos int) bool {
	for pos > 0 && (src[pos-1] == ' ' || src[pos-1] == '\t') {
		pos--
	}
	return pos == 0 || src[pos-1] == '\n' || src[pos-1] == '\r' || pos == bomLen(src)
}
