package page

import (
	"bytes"
	"errors"
	"mime"
	"net/http"
	"strings"
)

// Kind is how a page is read.
type Kind uint8

// The kinds.
const (
	KindText Kind = iota
	KindHTML
)

// ErrMedia says that a media type is not one that is judged.
var ErrMedia = errors.New("unsupported media type")

// mediaType is a content type that was parsed. Nobody changes its parameters.
type mediaType struct {
	name   string
	params map[string]string
	err    error
}

// usual are content types as most servers write them. A page's is asked for in
// several places, and parsing it there costs as much as a hundredth of judging it.
var usual = func() map[string]mediaType {
	m := map[string]mediaType{}
	for _, name := range []string{"text/html", "application/xhtml+xml", "text/plain"} {
		for _, charset := range []string{"", "; charset=utf-8", "; charset=UTF-8", ";charset=utf-8", ";charset=UTF-8"} {
			m[name+charset] = parseMedia(name + charset)
		}
	}
	return m
}()

func parseMedia(contentType string) mediaType {
	name, params, err := mime.ParseMediaType(contentType)
	return mediaType{name, params, err}
}

// ParseMedia is mime.ParseMediaType, whose parameters must not be changed.
func ParseMedia(contentType string) (name string, params map[string]string, err error) {
	m, ok := usual[contentType]
	if !ok {
		m = parseMedia(contentType)
	}
	return m.name, m.params, m.err
}

// Media reads a content type: the kind of page and its charset label, which may
// be empty. An empty content type, or one that says nothing, is sniffed.
func Media(contentType string, body []byte) (Kind, string, error) {
	media, params, err := ParseMedia(contentType)
	if err != nil { // crawled headers are often broken after the first part
		media, _, _ = strings.Cut(contentType, ";")
		media = strings.ToLower(strings.TrimSpace(media))
	}
	label := params["charset"]
	if label == "" || err != nil {
		label = looseCharset(contentType)
	}
	switch media {
	case "text/html", "application/xhtml+xml":
		return KindHTML, label, nil
	case "text/plain", "text/markdown", "text/x-markdown":
		return KindText, label, nil
	case "", "application/octet-stream", "application/x-unknown", "unknown/unknown":
		kind, err := sniff(body)
		return kind, label, err
	}
	return 0, "", ErrMedia
}

// looseCharset finds the charset in a content type that does not parse.
func looseCharset(contentType string) string {
	_, v, ok := strings.Cut(strings.ToLower(contentType), "charset=")
	if !ok {
		return ""
	}
	v = strings.TrimLeft(v, " \"'")
	if i := strings.IndexAny(v, " ;,\"'"); i >= 0 {
		v = v[:i]
	}
	return v
}

// sniff tells HTML from text as a browser does, and refuses what is neither.
func sniff(body []byte) (Kind, error) {
	head := body[:min(len(body), 512)]
	switch t := http.DetectContentType(head); {
	case strings.HasPrefix(t, "text/html"), strings.HasPrefix(t, "text/xml"):
		return KindHTML, nil
	case strings.HasPrefix(t, "text/plain"):
		if looksLikeMarkup(head) {
			return KindHTML, nil
		}
		return KindText, nil
	}
	return 0, ErrMedia
}

// looksLikeMarkup reports whether text that browsers would show as it is still
// has the tags of a document, as a page with something before its doctype has.
func looksLikeMarkup(head []byte) bool {
	head = bytes.ToLower(head)
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<title"} {
		if bytes.Contains(head, []byte(tag)) {
			return true
		}
	}
	return false
}
