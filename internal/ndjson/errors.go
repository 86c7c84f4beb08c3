package ndjson

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/drosshq/dross/filter"
)

// Code names a kind of fault in an error record. It is safe as a metric label.
type Code string

// The codes of error records.
const (
	// BadJSON: the line is not a JSON object.
	BadJSON Code = "bad_json"
	// BadField: a known field holds a value of the wrong kind.
	BadField Code = "bad_field"
	// InvalidUTF8: the line is not valid UTF-8, or a string holds half a surrogate pair.
	InvalidUTF8 Code = "invalid_utf8"
	// NoContent: neither content nor content_base64 is given.
	NoContent Code = "no_content"
	// TwoContents: both content and content_base64 are given.
	TwoContents Code = "two_contents"
	// BadBase64: content_base64 is not base64.
	BadBase64 Code = "bad_base64"
	// EmptyPage: the content has no bytes.
	EmptyPage Code = "empty_page"
	// UnsupportedType: the content type is not one that is judged.
	UnsupportedType Code = "unsupported_content_type"
	// UnsupportedCharset: the charset is not one that browsers know.
	UnsupportedCharset Code = "unsupported_charset"
	// RecordTooLarge: the line is longer than Options.MaxRecord.
	RecordTooLarge Code = "record_too_large"
	// PageTooLarge: the page is past a limit of the filter.
	PageTooLarge Code = "page_too_large"
	// Timeout: the cleaner gave up on the page in time.
	Timeout Code = "timeout"
	// Internal: a fault of dross; the record says no more than that.
	Internal Code = "internal"
)

// RecordError is one line that could not be judged.
type RecordError struct {
	Code Code
	// Line counts from 1.
	Line int
	// Message is for the sender. It holds nothing of the page.
	Message string
	// Err is the private cause, for a log; it may be nil.
	Err error

	id json.RawMessage
}

// Error gives the line, the message and the code.
func (e *RecordError) Error() string {
	return fmt.Sprintf("line %d: %s (%s)", e.Line, e.Message, e.Code)
}

// Unwrap returns the private cause.
func (e *RecordError) Unwrap() error { return e.Err }

// record is the JSON form of the error.
func (e *RecordError) record() []byte {
	type body struct {
		Code    Code   `json:"code"`
		Message string `json:"message"`
		Line    int    `json:"line"`
	}
	id := e.id
	if id == nil {
		id = json.RawMessage("null")
	}
	out, err := json.Marshal(struct {
		ID    json.RawMessage `json:"id"`
		Error body            `json:"error"`
	}{id, body{e.Code, e.Message, e.Line}})
	if err != nil {
		// Only an id that is no JSON could fail, and ids come from a JSON decoder.
		return fmt.Appendf(nil, `{"id":null,"error":{"code":"internal","message":"internal error","line":%d}}`, e.Line)
	}
	return out
}

// cleanError turns an error of the cleaner into one of the record.
func cleanError(err error) *RecordError {
	switch {
	case errors.Is(err, filter.ErrLimit):
		return &RecordError{Code: PageTooLarge, Message: err.Error(), Err: err}
	case errors.Is(err, filter.ErrContentType):
		return &RecordError{Code: UnsupportedType, Message: err.Error(), Err: err}
	case errors.Is(err, context.DeadlineExceeded):
		return &RecordError{Code: Timeout, Message: "the page was not judged in time", Err: err}
	default:
		return &RecordError{Code: Internal, Message: "internal error", Err: err}
	}
}
