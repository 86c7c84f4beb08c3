package page

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Decoded is a page as UTF-8 with the way back to its own bytes.
type Decoded struct {
	// Text is UTF-8; it is the body itself where that is UTF-8 already.
	Text []byte
	// Charset is the name of the body's encoding, as the Encoding Standard has it.
	Charset string

	body  []byte
	enc   encoding.Encoding // nil: Text is the body
	valid bool              // the body is known to be valid UTF-8
}

// Decode finds the charset of a body and decodes it. The order is: byte order
// mark, valid UTF-8, the label given with the page, a meta element, the content.
// An unknown label is passed over, as browsers do.
func Decode(body []byte, label string, kind Kind) (Decoded, error) {
	if unmarked(body, label) && utf8.Valid(body) {
		return AsUTF8(body), nil
	}
	enc, name := detect(body, label, kind)
	return decode(body, enc, name)
}

// Valid reports whether the body is valid UTF-8 and read as such.
func (d Decoded) Valid() bool { return d.valid || d.Charset == "utf-8" && utf8.Valid(d.body) }

// SameCharset reports whether a label stands for the charset of that name.
func SameCharset(label, name string) bool {
	_, known := charset.Lookup(label)
	return known != "" && known == name
}

// As reads the same body in the charset of that name.
func (d Decoded) As(name string) (Decoded, error) { return DecodeAs(d.body, name) }

// DecodeAs decodes a body in the charset that another Decoded had.
func DecodeAs(body []byte, name string) (Decoded, error) {
	switch name {
	case "utf-16le":
		return decode(body, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), name)
	case "utf-16be":
		return decode(body, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), name)
	}
	enc, known := charset.Lookup(name)
	if enc == nil {
		return Decoded{}, fmt.Errorf("decode: unknown charset %q", name)
	}
	enc, known = own(enc, known)
	return decode(body, enc, known)
}

func decode(body []byte, enc encoding.Encoding, name string) (Decoded, error) {
	d := Decoded{Charset: name, body: body, enc: enc}
	if enc == nil {
		d.Text = body
		return d, nil
	}
	text, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return Decoded{}, fmt.Errorf("decode %s: %w", name, err)
	}
	d.Text = text
	return d, nil
}

// detect finds the charset of a body that is not plainly UTF-8.
func detect(body []byte, label string, kind Kind) (encoding.Encoding, string) {
	switch {
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		return nil, "utf-8"
	case bytes.HasPrefix(body, []byte("\xff\xfe")):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16le"
	case bytes.HasPrefix(body, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "utf-16be"
	}
	escapes := bytes.IndexByte(body, 0x1b) >= 0
	if enc, name := charset.Lookup(label); name != "" && !mistaken(name, body, escapes) {
		return own(enc, name)
	}
	if kind == KindHTML {
		if enc, name := metaCharset(body); name != "" && !mistaken(name, body, escapes) {
			return own(enc, name)
		}
	}
	if nearlyUTF8(body) {
		return nil, "utf-8"
	}
	return guess(body)
}

// wide reports whether a label is one of UTF-16, whose bytes may be valid UTF-8.
func wide(label string) bool {
	_, name := charset.Lookup(label)
	return name == "utf-16le" || name == "utf-16be"
}

// own returns nil for UTF-8, whose bytes need no decoding.
func own(enc encoding.Encoding, name string) (encoding.Encoding, string) {
	if name == "utf-8" || name == "replacement" {
		return nil, "utf-8"
	}
	return enc, name
}

// mistaken reports whether a label cannot be that of the body.
func mistaken(name string, body []byte, escapes bool) bool {
	switch name {
	case "utf-8":
		return farFromUTF8(body)
	case "iso-2022-jp":
		return !escapes
	case "utf-16le", "utf-16be":
		return bytes.IndexByte(body[:min(len(body), 1024)], 0) < 0
	}
	return false
}

// metaCharset finds the charset that a meta element declares.
func metaCharset(body []byte) (encoding.Encoding, string) {
	head := bytes.ToLower(body[:min(len(body), 4096)])
	for {
		i := bytes.Index(head, []byte("charset"))
		if i < 0 {
			return nil, ""
		}
		head = bytes.TrimLeft(head[i+len("charset"):], " \t\r\n")
		if len(head) == 0 || head[0] != '=' {
			continue
		}
		value := bytes.TrimLeft(head[1:], " \t\r\n\"'")
		if n := bytes.IndexAny(value, " \t\r\n\"';/>"); n > 0 {
			if enc, name := charset.Lookup(string(value[:n])); name != "" {
				return enc, name
			}
		}
	}
}

// nearlyUTF8 reports whether the bytes are UTF-8 with the odd broken sequence,
// such as text cut in the middle of a character. Text of another charset has
// hardly a sequence that is sound.
func nearlyUTF8(b []byte) bool {
	good, bad := countUTF8(b)
	return bad*2 <= good || bad == 0
}

// farFromUTF8 reports whether bytes that claim to be UTF-8 are something else. A
// few bad bytes are no proof, however little else there is: cutting a block must
// not change how the rest is read.
func farFromUTF8(b []byte) bool {
	good, bad := countUTF8(b)
	return bad > 8 && bad > good
}

// countUTF8 counts the sound and the broken sequences of more than one byte.
func countUTF8(b []byte) (good, bad int) {
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
			for n < 3 && i+n < len(b) && b[i] >= 0xc2 && !utf8.RuneStart(b[i+n]) { // the rest of the sequence
				n++
			}
		} else {
			good++
		}
		i += n
	}
	return good, bad
}

// bomLen returns the length of a byte order mark at the start of UTF-8 text.
func bomLen(b []byte) int {
	if bytes.HasPrefix(b, []byte("\xef\xbb\xbf")) {
		return 3
	}
	return 0
}

// Locate maps ranges of Text, sorted and disjoint, to ranges of the body: one or
// more for each, since what switches between character sets stays.
func (d Decoded) Locate(ranges []Range) ([][]Range, error) {
	out := make([][]Range, len(ranges))
	w := walker{body: d.body}
	if d.enc != nil {
		w.dec = d.enc.NewDecoder()
	}
	for i, r := range ranges {
		if d.enc == nil {
			if r.Start < r.End {
				out[i] = []Range{r}
			}
			continue
		}
		start, err := w.to(r.Start, true)
		if err != nil {
			return nil, err
		}
		if d.Charset == "iso-2022-jp" {
			out[i], err = w.characters(d.Text, r.End)
		} else if end, e := w.to(r.End, false); e != nil || start < end {
			out[i], err = []Range{{start, end}}, e
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// characters returns the source of the text up to end without the escape
// sequences around its characters: they stay, so that what follows is read in
// the same state as before. A line feed that ends a state of two bytes stays too. It
// goes by single characters, since what looks like an escape may be half of one.
func (w *walker) characters(text []byte, end int) ([]Range, error) {
	var out []Range
	for w.text < end {
		pos := w.pos
		_, n := utf8.DecodeRune(text[w.text:])
		if _, err := w.to(w.text+n, true); err != nil {
			return nil, err
		}
		pos += escapesLen(w.body[pos:w.pos])
		if pos == w.pos || w.body[pos] == '\n' && doubleAt(w.body[:pos]) {
			continue
		}
		stop := pos + 1 // the decoder reads on over what follows the character
		for stop < w.pos && stop+escapesLen(w.body[stop:w.pos]) < w.pos {
			stop++
		}
		if k := len(out); k > 0 && out[k-1].End == pos {
			out[k-1].End = stop
		} else {
			out = append(out, Range{pos, stop})
		}
	}
	return out, nil
}

// doubleAt reports whether a character of two bytes may follow b: the last thing
// to switch, an escape sequence or a line feed, switched to them.
func doubleAt(b []byte) bool {
	i := bytes.LastIndexByte(b, 0x1b)
	return i > bytes.LastIndexByte(b, '\n') && i+1 < len(b) && b[i+1] == '$'
}

// escapesLen returns the length of the escape sequences that b starts with.
func escapesLen(b []byte) int {
	at := 0
	for n := escapeLen(b); n > 0; n = escapeLen(b[at:]) {
		at += n
	}
	return at
}

// walker decodes again and stops where it is told to.
type walker struct {
	dec  *encoding.Decoder
	body []byte
	text int // bytes of text so far
	pos  int // bytes of the body read for them
	buf  [4096 + 8]byte
}

// to returns the offset in the body of an offset in the text. The decoder stops
// when its output is full, so an output of the right size ends it there. Some
// characters of Big5 decode to two runes: an offset between them counts as the
// character's start where a range ends, and as its end where one begins.
func (w *walker) to(text int, begins bool) (int, error) {
	for w.text < text {
		room := min(text-w.text, len(w.buf)-8)
		n, m, err := w.dec.Transform(w.buf[:room], w.body[w.pos:], true)
		for extra := 1; n == 0 && m == 0 && extra < 8 && errors.Is(err, transform.ErrShortDst); extra++ {
			if !begins {
				return w.pos, nil
			}
			n, m, err = w.dec.Transform(w.buf[:room+extra], w.body[w.pos:], true)
		}
		w.text += n
		w.pos += m
		if n == 0 && m == 0 || err != nil && !errors.Is(err, transform.ErrShortDst) {
			return 0, fmt.Errorf("map text offset %d to the source: stopped at byte %d: %w", text, w.pos, err)
		}
	}
	return w.pos, nil
}

// escapeLen returns the length of the escape sequence that b starts with, or 0.
func escapeLen(b []byte) int {
	for _, seq := range [...]string{"\x1b(B", "\x1b(J", "\x1b(I", "\x1b$@", "\x1b$B", "\x1b$(D"} {
		if len(b) >= len(seq) && string(b[:len(seq)]) == seq {
			return len(seq)
		}
	}
	return 0
}
