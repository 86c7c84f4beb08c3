package lists

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
)

// Write writes a list in its canonical form: directives where they change, one
// entry a line in the list's order, a weight only where it is not the
// strength's own, LF line ends, no comments. Parse reads it back as the same
// entries but for their lines.
//
// Entries that the format cannot hold are a ParseErrors, and nothing is written.
func Write(w io.Writer, l *List) error {
	l, err := complete(l)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	var head Entry
	for _, e := range l.Entries {
		writeDirectives(out, head, e)
		head = e
		fmt.Fprintln(out, entryLine(e))
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write list %s: %w", l.Name, err)
	}
	return nil
}

// writeDirectives leaves errors to the writer's Flush, which repeats them.
func writeDirectives(out *bufio.Writer, before, e Entry) {
	if e.Category != before.Category {
		fmt.Fprintf(out, "@category %s\n", e.Category)
	}
	if e.Lang != before.Lang {
		lang := e.Lang
		if lang == "" {
			lang = undetermined
		}
		fmt.Fprintf(out, "@lang %s\n", lang)
	}
	switch {
	case e.Source == before.Source:
	case e.Source == "":
		fmt.Fprintln(out, "@source")
	default:
		fmt.Fprintf(out, "@source %s\n", e.Source)
	}
}

func entryLine(e Entry) string {
	head := e.Strength.String()
	if e.Weight != e.Strength.Weight() {
		head += "=" + strconv.FormatFloat(e.Weight, 'f', -1, 64)
	}
	return head + " " + e.Term
}
