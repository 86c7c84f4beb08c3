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

// Media reads a content type: the kind of page and its charset label, which may
// be empty. An empty content type, or one that says nothing, is sniffed.
func Media(contentType string, body []byte) (Kind, string, error) {
	media, params, err := mime.ParseMediaType(contentType)
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
