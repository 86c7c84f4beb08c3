package page

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// A look whether a body is valid UTF-8 costs a tenth of a page that is full of other
// letters than ASCII, and whoever reads its text finds out on the way. So such a page
// may be scanned first: if its text turns out to be valid and the rest is too, it
// is what Decode would have found.

// sample is how many bytes are looked at in each of three places.
const sample = 1 << 10

// PlausiblyUTF8 reports whether a body looks like UTF-8 that is worth trying: many
// letters beyond ASCII, and nothing that says otherwise.
func PlausiblyUTF8(body []byte, label string) bool {
	if len(body) < 16*sample {
		return false
	}
	others := 0
	for part := 1; part < 4; part++ {
		b := window(body, len(body)/4*part)
		if !utf8.Valid(b) {
			return false
		}
		others += beyondASCII(b)
	}
	return others > 3*sample/8 && unmarked(body, label)
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

// beyondASCII counts bytes of other characters than ASCII, as good as all of them.
func beyondASCII(b []byte) int {
	n := 0
	for ; len(b) >= 8; b = b[8:] {
		n += bits.OnesCount64(binary.LittleEndian.Uint64(b) & 0x8080808080808080)
	}
	return n
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
