package page

import (
	"errors"
	"testing"
)

func TestMedia(t *testing.T) {
	cases := []struct {
		name, contentType, body string
		kind                    Kind
		label                   string
		err                     error
	}{
		{"html", "text/html", "", KindHTML, "", nil},
		{"html with a charset", "text/html; charset=gbk", "", KindHTML, "gbk", nil},
		{"upper case and quotes", `TEXT/HTML; Charset="UTF-8"`, "", KindHTML, "UTF-8", nil},
		{"xhtml", "application/xhtml+xml", "", KindHTML, "", nil},
		{"text", "text/plain; charset=big5", "<html>", KindText, "big5", nil},
		{"markdown", "text/markdown", "", KindText, "", nil},
		{"markdown of old", "text/x-markdown", "", KindText, "", nil},
		{"broken parameters", "text/html; charset", "", KindHTML, "", nil},
		{"broken after the charset", "text/html; charset=gbk; =", "", KindHTML, "gbk", nil},
		{"comma for a semicolon", "text/html;charset=gbk,text/html", "", KindHTML, "gbk", nil},
		{"image", "image/png", "", 0, "", ErrMedia},
		{"json", "application/json", "{}", 0, "", ErrMedia},
		{"no type at all", "nonsense", "", 0, "", ErrMedia},
		{"sniffed html", "", "<!DOCTYPE html><p>x", KindHTML, "", nil},
		{"sniffed html behind text", "", "buy now\n<a href=x>y</a><html>", KindHTML, "", nil},
		{"sniffed xhtml", "application/octet-stream", "<?xml version='1.0'?><html>", KindHTML, "", nil},
		{"sniffed text", "", "hello\nworld", KindText, "", nil},
		{"sniffed empty", "", "", KindText, "", nil},
		{"sniffed legacy text", "unknown/unknown", "\xb9\xfa\xb2\xfa", KindText, "", nil},
		{"sniffed image", "", "\x89PNG\r\n\x1a\n", 0, "", ErrMedia},
		{"sniffed binary", "application/octet-stream", "\x00\x01\x02\x03", 0, "", ErrMedia},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			kind, label, err := Media(c.contentType, []byte(c.body))
			if kind != c.kind || label != c.label || !errors.Is(err, c.err) {
				t.Errorf("got %v, %q, %v; want %v, %q, %v", kind, label, err, c.kind, c.label, c.err)
			}
		})
	}
}
