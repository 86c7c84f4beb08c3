package page

import (
	"bytes"
	"unicode/utf8"
)

// A look whether a body is valid UTF-8 costs a tenth of a page that is full of other
// letters than ASCII, and whoever reads its text finds out on the way. So such a page
// may be scanned first: if its text turns out to be valid and the rest is too, it
// is what Decode would have found.

// sample is how many bytes are looked at at the beginning and in the middle.
const sample = 2 << 10

// PlausiblyUTF8 reports whether a body looks like UTF-8 that is worth trying: letters
// beyond ASCII, and nothing that says otherwise.
func PlausiblyUTF8(body []byte, label string) bool {
	if len(body) < 8*sample || !unmarked(body, label) {
		return false
	}
	begin, middle := window(body, 0), window(body, len(body)/2)
	return !(ascii(begin) && ascii(middle)) && utf8.Valid(begin) && utf8.Valid(middle)
}

// AsUTF8 is what Decode returns for a body of valid UTF-8.
func AsUTF8(body []byte) Decoded {
	return Decoded{Text: body, Charset: "utf-8", body: body, valid: true}
}

// unmarked reports whether nothing but the validity of a body decides that it is
// UTF-8.
func unmarked(body []byte, label string) bool {
	return bytes.IndexByte(body, 0x1b) < 0 && !wide(label)
}

// window returns some bytes from pos on, without parts of characters at its ends.
func window(body []byte, pos int) []byte {
	b := body[pos : pos+sample]
	for n := 0; n < utf8.UTFMax-1 && !utf8.RuneStart(b[0]); n++ {
		b = b[1:]
	}
	for n := 0; n < utf8.UTFMax-1 && b[len(b)-1] >= utf8.RuneSelf; n++ {
		b = b[:len(b)-1]
		if utf8.RuneStart(body[pos+sample-1-n]) {
			break
		}
	}
	return b
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// ValidOutside reports whether all that is no text of the page is valid UTF-8.
func (d *Doc) ValidOutside() bool {
	first := len(d.Runs) // of the attributes, which stand between those of the flow
	if d.Flow < len(d.Segments) {
		first = int(d.Segments[d.Flow].First)
	}
	flow, attrs, pos := d.Runs[:first], d.Runs[first:], 0
	for len(flow)+len(attrs) > 0 {
		next := &flow
		if len(flow) == 0 || len(attrs) > 0 && attrs[0].Start < flow[0].Start {
			next = &attrs
		}
		r := (*next)[0]
		if start := int(r.Start); start > pos && !utf8.Valid(d.Src[pos:start]) {
			return false
		}
		pos, *next = max(pos, int(r.End)), (*next)[1:]
	}
	return utf8.Valid(d.Src[pos:])
}
