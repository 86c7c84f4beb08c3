package lists

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// MaxFaults is how many faults of one file Parse keeps. The rest is counted
// in one last fault.
const MaxFaults = 1000

// ErrLimit is matched by every *LimitError.
var ErrLimit = errors.New("limit exceeded")

// LimitError says that lists are past a stated limit; nothing was loaded.
type LimitError struct {
	// Limit names what was exceeded, such as "entries" or "bytes".
	Limit string
	// Max is the limit. Got is what was met, 0 when it was not counted to the end.
	Max, Got int
}

// Error names the limit and what was met.
func (e *LimitError) Error() string {
	if e.Got == 0 {
		return fmt.Sprintf("more than %d %s", e.Max, e.Limit)
	}
	return fmt.Sprintf("%d %s, the limit is %d", e.Got, e.Limit, e.Max)
}

// Is reports whether target is ErrLimit.
func (e *LimitError) Is(target error) bool { return target == ErrLimit }

// ParseError is one bad line of a list.
type ParseError struct {
	// Name is the list's name and Line the line, from 1.
	Name string
	Line int
	// Text is the line as it stands, shortened when it is long. It may hold
	// an obscene keyword or invalid UTF-8; Error leaves it out.
	Text string
	// Err says what is wrong.
	Err error
}

// Error has the form `adult.zh.txt:12: unknown category "advertz"`.
func (e *ParseError) Error() string { return fmt.Sprintf("%s:%d: %v", e.Name, e.Line, e.Err) }

// Unwrap returns what is wrong, without the place.
func (e *ParseError) Unwrap() error { return e.Err }

// ParseErrors are all bad lines of a list, in the order of the file.
type ParseErrors []*ParseError

// Error prints one fault a line.
func (es ParseErrors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the faults, for errors.Is and errors.As.
func (es ParseErrors) Unwrap() []error {
	errs := make([]error, len(es))
	for i, e := range es {
		errs[i] = e
	}
	return errs
}

// shorten cuts text that goes into an error at 80 bytes, on a rune's border.
func shorten(s string) string {
	const most = 80
	if len(s) <= most {
		return s
	}
	n := most
	for n > most-utf8.UTFMax && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "..."
}
