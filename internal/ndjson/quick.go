package ndjson

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// quickRecord reads the plain form of a record: an object of strings and whole
// numbers, each known field at most once. It is several times as fast as
// encoding/json, and reading is most of what a clean page costs. It reports
// false for everything else, faults too, which is then read, or refused, the
// slow way; a fuzz test holds that the two agree. The line must be valid UTF-8.
func quickRecord(line []byte) (record, bool) {
	s := scanner{in: line}
	var rec record
	if !s.take('{') {
		return rec, false
	}
	for {
		if !s.member(&rec) {
			return rec, false
		}
		if s.take('}') {
			s.space()
			return rec, s.at == len(s.in)
		}
		if !s.take(',') {
			return rec, false
		}
	}
}

// scanner reads JSON and takes nothing unusual.
type scanner struct {
	in   []byte
	at   int
	seen [len(fieldNames)]bool
}

// fieldNames are the known fields.
var fieldNames = [...]string{"id", "url", "content_type", "content", "content_base64"}

// member reads a name and its value.
func (s *scanner) member(rec *record) bool {
	name, ok := s.text()
	if !ok || !s.take(':') || !s.fresh(string(name)) {
		return false
	}
	s.space()
	start := s.at
	if s.at < len(s.in) && s.in[s.at] != '"' {
		if !s.number() {
			return false
		}
		if string(name) == "id" {
			rec.id = bytes.Clone(s.in[start:s.at])
			return true
		}
		return !isField(string(name))
	}
	value, ok := s.text()
	if !ok {
		return false
	}
	switch string(name) {
	case "id":
		rec.id = bytes.Clone(s.in[start:s.at])
	case "url":
		rec.url = string(value)
	case "content_type":
		rec.contentType = string(value)
	case "content":
		rec.content, rec.hasContent = value, true
	case "content_base64":
		rec.base64, rec.hasBase64 = value, true
	}
	return true
}

func isField(name string) bool {
	for _, f := range fieldNames {
		if f == name {
			return true
		}
	}
	return false
}

// fresh reports whether a name is no field's second one, nor one that only
// encoding/json takes for a field, which looks past case.
func (s *scanner) fresh(name string) bool {
	for i, f := range fieldNames {
		switch {
		case f == name:
			again := s.seen[i]
			s.seen[i] = true
			return !again
		case strings.EqualFold(f, name):
			return false
		}
	}
	return true
}

func (s *scanner) space() {
	for s.at < len(s.in) {
		switch s.in[s.at] {
		case ' ', '\t', '\r', '\n':
			s.at++
		default:
			return
		}
	}
}

// take takes one character, after spaces.
func (s *scanner) take(c byte) bool {
	s.space()
	if s.at >= len(s.in) || s.in[s.at] != c {
		return false
	}
	s.at++
	return true
}

// number takes a whole number that is not negative.
func (s *scanner) number() bool {
	start := s.at
	for s.at < len(s.in) && s.in[s.at] >= '0' && s.in[s.at] <= '9' {
		s.at++
	}
	n := s.at - start
	return n == 1 || n > 1 && s.in[start] != '0'
}

// text takes a string and returns what it says, in memory of its own.
func (s *scanner) text() ([]byte, bool) {
	if !s.take('"') {
		return nil, false
	}
	out := make([]byte, 0, s.guess())
	for {
		run := plainRun(s.in[s.at:])
		out = append(out, s.in[s.at:s.at+run]...)
		s.at += run
		switch {
		case s.at >= len(s.in) || s.in[s.at] < ' ':
			return nil, false
		case s.in[s.at] == '"':
			s.at++
			return out, true
		}
		var ok bool
		if out, ok = s.escape(out); !ok {
			return nil, false
		}
	}
}

// guess is how long the string here can be: to the next quote that no backslash
// stands before.
func (s *scanner) guess() int {
	n := 0
	for {
		i := bytes.IndexByte(s.in[s.at+n:], '"')
		if i < 0 {
			return 0
		}
		n += i
		if n == 0 || s.in[s.at+n-1] != '\\' {
			return n
		}
		n++
	}
}

// plainRun counts the bytes up to a quote, a backslash or a control character.
func plainRun(b []byte) int {
	for i, c := range b {
		if c < ' ' || c == '"' || c == '\\' {
			return i
		}
	}
	return len(b)
}

// escape takes an escape and appends what it says.
func (s *scanner) escape(out []byte) ([]byte, bool) {
	if s.at+1 >= len(s.in) {
		return nil, false
	}
	c := s.in[s.at+1]
	s.at += 2
	if c == 'u' {
		return s.unicode(out)
	}
	i := strings.IndexByte(`"\/bfnrt`, c)
	if i < 0 {
		return nil, false
	}
	return append(out, "\"\\/\b\f\n\r\t"[i]), true
}

// unicode takes the digits after \u, and of a pair the second half too.
func (s *scanner) unicode(out []byte) ([]byte, bool) {
	r, ok := s.hex()
	if !ok {
		return nil, false
	}
	if utf16.IsSurrogate(r) {
		if !bytes.HasPrefix(s.in[s.at:], []byte(`\u`)) {
			return nil, false
		}
		s.at += 2
		low, ok := s.hex()
		if r = utf16.DecodeRune(r, low); !ok || r == utf8.RuneError {
			return nil, false
		}
	}
	return utf8.AppendRune(out, r), true
}

// hex takes four hexadecimal digits.
func (s *scanner) hex() (rune, bool) {
	if s.at+4 > len(s.in) {
		return 0, false
	}
	n, err := strconv.ParseUint(string(s.in[s.at:s.at+4]), 16, 16)
	s.at += 4
	return rune(n), err == nil
}
