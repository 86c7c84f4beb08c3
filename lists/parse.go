package lists

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Parse reads one list. Name is its file name; it stands in every error and in
// Entry.List.
//
// The result is the whole list or none of it: when any line is bad the error
// is a ParseErrors with every bad line. A list of more than MaxBytes or
// MaxEntries is refused with a *LimitError. A list without entries is fine (it
// can replace a shipped one to switch it off).
func Parse(name string, r io.Reader) (*List, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read list %s: %w", name, err)
	}
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("list %s: %w", name, &LimitError{Limit: "bytes", Max: MaxBytes})
	}
	p := parser{list: &List{Name: name}}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	for raw := range bytes.Lines(data) {
		p.line++
		raw = bytes.TrimSuffix(raw, []byte("\n"))
		p.parseLine(string(bytes.TrimSuffix(raw, []byte("\r"))))
		if len(p.list.Entries) > MaxEntries {
			return nil, fmt.Errorf("list %s: %w", name, &LimitError{Limit: "entries", Max: MaxEntries})
		}
	}
	if err := p.result(); err != nil {
		return nil, err
	}
	return p.list, nil
}

// parser holds what directives said last, and the faults so far.
type parser struct {
	list   *List
	line   int
	faults ParseErrors
	more   int // faults past MaxFaults
	head   Entry
	// excused: a fault about the category was reported; entries under it
	// would only repeat it.
	excused bool
}

func (p *parser) result() error {
	if p.more > 0 {
		err := fmt.Errorf("and %d more bad lines up to here", p.more)
		p.faults = append(p.faults, &ParseError{Name: p.list.Name, Line: p.line, Err: err})
	}
	if len(p.faults) > 0 {
		return p.faults
	}
	return nil
}

func (p *parser) parseLine(raw string) {
	err := checkLine(raw)
	if err == nil {
		err = p.parseText(squeeze(withoutComment(raw)))
	}
	switch {
	case err == nil:
	case len(p.faults) >= MaxFaults:
		p.more++
	default:
		p.faults = append(p.faults, &ParseError{Name: p.list.Name, Line: p.line, Text: shorten(raw), Err: err})
	}
}

func checkLine(raw string) error {
	if len(raw) > MaxLine {
		return fmt.Errorf("line of %d bytes, the limit is %d", len(raw), MaxLine)
	}
	return checkText(raw)
}

// withoutComment cuts at a '#' that opens the line or follows white space.
func withoutComment(s string) string {
	afterSpace := true
	for i, r := range s {
		if r == '#' && afterSpace {
			return s[:i]
		}
		afterSpace = unicode.IsSpace(r)
	}
	return s
}

func (p *parser) parseText(text string) error {
	word, value, _ := strings.Cut(text, " ")
	switch {
	case text == "":
		return nil
	case strings.HasPrefix(text, "@"):
		return p.directive(word, value)
	}
	return p.entry(word, value)
}

func (p *parser) directive(word, value string) error {
	switch word {
	case "@category":
		return p.category(value)
	case "@lang":
		return p.lang(value)
	case "@source":
		p.head.Source = value
		return nil
	}
	return fmt.Errorf("unknown directive %q", shorten(word))
}

func (p *parser) category(value string) error {
	p.excused = true
	if value == "" {
		return errors.New("missing value after @category")
	}
	c, err := ParseCategory(value)
	if err != nil {
		return err
	}
	p.head.Category, p.excused = c, false
	return nil
}

func (p *parser) lang(value string) error {
	if value == "" {
		return errors.New("missing value after @lang")
	}
	if value == undetermined {
		value = ""
	}
	if err := checkLang(value); err != nil {
		return err
	}
	p.head.Lang = value
	return nil
}

// undetermined is the BCP 47 tag for no language; entries carry "".
const undetermined = "und"
