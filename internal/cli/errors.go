package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// usageError is a fault of arguments or settings.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

// usagef makes a usage error.
func usagef(format string, args ...any) error {
	return &usageError{fmt.Errorf(format, args...)}
}

// errReported ends a command with exit code 1 where the causes have been
// printed already.
var errReported = errors.New("failed")

// errFound ends a command with exit code 3.
var errFound = errors.New("something would be removed")

// exitCode turns the outcome of a command into the exit code and the error
// that is still to be printed.
func exitCode(err error) (int, error) {
	var usage *usageError
	switch {
	case err == nil:
		return exitDone, nil
	case errors.Is(err, errReported):
		return exitFailed, nil
	case errors.Is(err, errFound):
		return exitFound, nil
	case errors.As(err, &usage):
		return exitUsage, err
	default:
		return exitFailed, err
	}
}

// report prints an error, each of its lines as one of its own.
func report(w io.Writer, err error) {
	for line := range strings.Lines(err.Error()) {
		fmt.Fprintf(w, "dross: %s\n", strings.TrimRight(line, "\n"))
	}
}

// named puts the file's name before what is wrong with it, once.
func named(name string, err error) error {
	var path *fs.PathError
	if errors.As(err, &path) && path.Path == name {
		err = path.Err
	}
	return fmt.Errorf("%s: %w", name, err)
}
