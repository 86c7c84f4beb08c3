package warc

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// maxHead is the longest head of a record or of an HTTP message: 1 MiB.
const maxHead = 1 << 20

// Header holds the named fields of a record, or of an HTTP message, in their
// order and with their bytes.
type Header struct {
	fields []field
}

// field is one named field. The raw bytes hold its continuation lines and end
// in a line end.
type field struct {
	name, value string
	raw         []byte
}

// Get returns the value of the first field of that name, without regard to
// case, or "".
func (h *Header) Get(name string) string {
	for i := range h.fields {
		if strings.EqualFold(h.fields[i].name, name) {
			return h.fields[i].value
		}
	}
	return ""
}

// Values returns the values of all fields of that name.
func (h *Header) Values(name string) []string {
	var all []string
	for i := range h.fields {
		if strings.EqualFold(h.fields[i].name, name) {
			all = append(all, h.fields[i].value)
		}
	}
	return all
}

// Set gives the first field of that name a value and drops the others; a field
// that is not there yet becomes the last.
func (h *Header) Set(name, value string) {
	raw := []byte(name + ": " + value + "\r\n")
	kept, done := h.fields[:0], false
	for _, f := range h.fields {
		switch {
		case !strings.EqualFold(f.name, name):
			kept = append(kept, f)
		case !done:
			kept, done = append(kept, field{name, value, raw}), true
		}
	}
	if !done {
		kept = append(kept, field{name, value, raw})
	}
	h.fields = kept
}

// Del drops all fields of that name.
func (h *Header) Del(name string) {
	kept := h.fields[:0]
	for _, f := range h.fields {
		if !strings.EqualFold(f.name, name) {
			kept = append(kept, f)
		}
	}
	h.fields = kept
}

// appendTo appends the fields without the empty line after them.
func (h *Header) appendTo(dst []byte) []byte {
	for i := range h.fields {
		dst = append(dst, h.fields[i].raw...)
	}
	return dst
}

// parseHead reads a first line and the fields after it; head ends with the empty
// line. Lenient reading of a field is for HTTP: a line without a colon stays as
// it is, under no name.
func parseHead(head []byte, lenient bool) (first string, h Header, err error) {
	line, rest := cutLine(head)
	first = string(trimEnd(line))
	for len(rest) > 0 {
		line, rest = cutLine(rest)
		text := trimEnd(line)
		if len(text) == 0 {
			return first, h, nil
		}
		if (text[0] == ' ' || text[0] == '\t') && len(h.fields) > 0 {
			last := &h.fields[len(h.fields)-1]
			last.value += " " + string(bytes.TrimSpace(text))
			last.raw = append(bytes.Clone(last.raw), line...)
			continue
		}
		name, value, ok := bytes.Cut(text, []byte(":"))
		if !ok && !lenient {
			return "", Header{}, errors.New("a line of the record's head has no colon")
		}
		if !ok {
			name = nil
		}
		h.fields = append(h.fields, field{string(bytes.TrimSpace(name)), string(bytes.TrimSpace(value)), line})
	}
	return "", Header{}, errors.New("the head does not end")
}

// cutLine cuts after the first line end.
func cutLine(b []byte) (line, rest []byte) {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return b[:i+1], b[i+1:]
	}
	return b, nil
}

func trimEnd(line []byte) []byte { return bytes.TrimRight(line, "\r\n") }

// blockLength is the Content-Length of a record.
func blockLength(h *Header) (int64, error) {
	all := h.Values("Content-Length")
	if len(all) == 0 {
		return 0, errors.New("the record has no Content-Length")
	}
	n, err := strconv.ParseInt(all[0], 10, 64)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("the record's Content-Length %.40q is not a length", all[0])
	}
	for _, other := range all[1:] {
		if other != all[0] {
			return 0, errors.New("the record has two lengths")
		}
	}
	return n, nil
}
