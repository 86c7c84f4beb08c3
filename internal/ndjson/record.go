package ndjson

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"

	"github.com/drosshq/dross/filter"
)

// record is one input line.
type record struct {
	id                    json.RawMessage
	url, contentType      string
	content, base64       []byte
	hasContent, hasBase64 bool
}

// parse reads one line. The id comes back with the error too, where it was read.
func parse(line []byte) (filter.Page, json.RawMessage, *RecordError) {
	if !utf8.Valid(line) {
		return filter.Page{}, nil, &RecordError{Code: InvalidUTF8, Message: "the line is not valid UTF-8; send such bytes as content_base64"}
	}
	rec, ok := quickRecord(line)
	if !ok {
		var err *RecordError
		if rec, err = slowRecord(line); err != nil {
			return filter.Page{}, rec.id, err
		}
	}
	id, err := idText(rec.id)
	if err != nil {
		return filter.Page{}, nil, err
	}
	body, contentType, err := rec.body()
	if err != nil {
		return filter.Page{}, rec.id, err
	}
	return filter.Page{ID: id, URL: rec.url, ContentType: contentType, Body: body}, rec.id, nil
}

// slowRecord reads any record, and says what is wrong with a line that is none.
func slowRecord(line []byte) (record, *RecordError) {
	var in struct {
		ID            json.RawMessage `json:"id"`
		URL           string          `json:"url"`
		ContentType   string          `json:"content_type"`
		Content       *string         `json:"content"`
		ContentBase64 *string         `json:"content_base64"`
	}
	if err := json.Unmarshal(line, &in); err != nil {
		return record{}, jsonError(err)
	}
	rec := record{id: in.ID, url: in.URL, contentType: in.ContentType}
	if _, err := idText(in.ID); err != nil {
		return record{}, err
	}
	if halfSurrogate(line) {
		return rec, &RecordError{Code: InvalidUTF8, Message: `a string holds half a surrogate pair (\ud800 to \udfff); send such bytes as content_base64`}
	}
	if in.Content != nil {
		rec.content, rec.hasContent = []byte(*in.Content), true
	}
	if in.ContentBase64 != nil {
		rec.base64, rec.hasBase64 = []byte(*in.ContentBase64), true
	}
	return rec, nil
}

// idText is the id without its quotes; a number stays as it was written.
func idText(raw json.RawMessage) (string, *RecordError) {
	switch {
	case len(raw) == 0, bytes.Equal(raw, []byte("null")):
		return "", nil
	case raw[0] == '"':
		var s string
		if err := json.Unmarshal(raw, &s); err != nil {
			return "", jsonError(err)
		}
		return s, nil
	case raw[0] == '-', raw[0] >= '0' && raw[0] <= '9':
		return string(raw), nil
	default:
		return "", &RecordError{Code: BadField, Message: `field "id" is not a string or a number`}
	}
}

// body returns the bytes of the page and the content type they are judged as.
func (r *record) body() ([]byte, string, *RecordError) {
	var body []byte
	contentType := r.contentType
	switch {
	case r.hasContent && r.hasBase64:
		return nil, "", &RecordError{Code: TwoContents, Message: "both content and content_base64 are given"}
	case r.hasContent:
		body = r.content
		contentType = utf8Type(contentType, body)
	case r.hasBase64:
		var bad *RecordError
		if body, bad = r.bytes(); bad != nil {
			return nil, "", bad
		}
	default:
		return nil, "", &RecordError{Code: NoContent, Message: "neither content nor content_base64 is given"}
	}
	if len(body) == 0 {
		return nil, "", &RecordError{Code: EmptyPage, Message: "the page is empty"}
	}
	return body, contentType, nil
}

// bytes decodes the content of a page that did not come as text.
func (r *record) bytes() ([]byte, *RecordError) {
	if _, params, err := mime.ParseMediaType(r.contentType); err == nil && params["charset"] != "" {
		if _, err := htmlindex.Get(params["charset"]); err != nil {
			return nil, &RecordError{Code: UnsupportedCharset, Message: fmt.Sprintf("charset %q is not one that browsers know", params["charset"]), Err: err}
		}
	}
	body := make([]byte, base64.StdEncoding.DecodedLen(len(r.base64)))
	n, err := base64.StdEncoding.Decode(body, r.base64)
	if err != nil {
		return nil, &RecordError{Code: BadBase64, Message: "content_base64: " + err.Error(), Err: err}
	}
	return body[:n], nil
}

// utf8Type is the type of a page that came as Unicode text: a charset that the
// sender or the page itself declares was true before it was decoded. What
// follows the media type is not looked at, since crawled ones are often broken.
func utf8Type(contentType string, body []byte) string {
	media, _, _ := strings.Cut(contentType, ";")
	media = strings.ToLower(strings.TrimSpace(media))
	if media == "" {
		media = "text/plain"
		sniffed, _, err := mime.ParseMediaType(http.DetectContentType(body))
		if err == nil && sniffed == "text/html" {
			media = sniffed
		}
	}
	return media + "; charset=utf-8"
}

// jsonError says what is wrong with a line without quoting it.
func jsonError(err error) *RecordError {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		if kind.Field == "" {
			return &RecordError{Code: BadJSON, Message: fmt.Sprintf("the line is a JSON %s, not an object", kind.Value), Err: err}
		}
		return &RecordError{Code: BadField, Message: fmt.Sprintf("field %q is a %s, not a string", kind.Field, kind.Value), Err: err}
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return &RecordError{Code: BadJSON, Message: fmt.Sprintf("not valid JSON at byte %d: %v", syntax.Offset, err), Err: err}
	}
	return &RecordError{Code: BadJSON, Message: "not valid JSON", Err: err}
}

// halfSurrogate reports whether a \u escape of valid JSON is one half of a
// surrogate pair without the other: the decoder would change it in silence.
func halfSurrogate(line []byte) bool {
	for i := 0; i < len(line); i++ {
		next := bytes.IndexByte(line[i:], '\\')
		if next < 0 {
			return false
		}
		i += next + 1
		if i+4 >= len(line) || line[i] != 'u' || !isSurrogate(line[i+1:]) {
			continue
		}
		if isLow(line[i+1:]) || i+10 >= len(line) || line[i+5] != '\\' || line[i+6] != 'u' ||
			!isSurrogate(line[i+7:]) || !isLow(line[i+7:]) {
			return true
		}
		i += 10
	}
	return false
}

// isSurrogate reports whether four hexadecimal digits are d800 to dfff.
func isSurrogate(hex []byte) bool {
	return hex[0]|0x20 == 'd' && (hex[1] == '8' || hex[1] == '9' || hex[1]|0x20 >= 'a' && hex[1]|0x20 <= 'f')
}

// isLow reports whether the digits of a surrogate are dc00 to dfff.
func isLow(hex []byte) bool { return hex[1]|0x20 >= 'c' }
