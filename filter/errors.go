package filter

import (
	"errors"
	"fmt"
)

// Sentinels for what a caller decides on.
var (
	// ErrLimit is matched by every *LimitError.
	ErrLimit = errors.New("limit exceeded")
	// ErrContentType is matched by every *ContentTypeError.
	ErrContentType = errors.New("unsupported content type")
)

// LimitError says that a page is past a stated limit; nothing was filtered.
type LimitError struct {
	// Limit names what was exceeded, such as "page size".
	Limit string
	// Max and Got are in the limit's unit; Got is 0 when it was not counted to the end.
	Max, Got int
	// Unit is "bytes", "elements" ...
	Unit string
}

// Error names the limit, its value and what was met.
func (e *LimitError) Error() string {
	if e.Got == 0 {
		return fmt.Sprintf("%s is over the limit of %d %s", e.Limit, e.Max, e.Unit)
	}
	return fmt.Sprintf("%s of %d %s is over the limit of %d", e.Limit, e.Got, e.Unit, e.Max)
}

// Is reports whether target is ErrLimit.
func (e *LimitError) Is(target error) bool { return target == ErrLimit }

// ContentTypeError says that a page is of a type dross does not judge.
type ContentTypeError struct {
	// Got is the content type as given.
	Got string
}

// Error names the type and the accepted ones.
func (e *ContentTypeError) Error() string {
	return fmt.Sprintf("content type %q is not text/html, application/xhtml+xml, text/plain or text/markdown", e.Got)
}

// Is reports whether target is ErrContentType.
func (e *ContentTypeError) Is(target error) bool { return target == ErrContentType }
