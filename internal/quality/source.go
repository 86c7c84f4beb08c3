package quality

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// SourceError is a fault of a corpus source file.
type SourceError struct {
	// Name is the file, Line counts from 1.
	Name string
	Line int
	// Msg says what is wrong.
	Msg string
}

// Error prints "file:line: what".
func (e *SourceError) Error() string { return fmt.Sprintf("%s:%d: %s", e.Name, e.Line, e.Msg) }

// record is one "== name words..." block of a source file with its lines.
type record struct {
	file  string
	line  int
	words []string
	lines []string
}

func (r *record) fault(format string, args ...any) error {
	return &SourceError{Name: r.file, Line: r.line, Msg: fmt.Sprintf(format, args...)}
}

// lang is the file's name up to the last dot's extension: "adult.zh-Hant.txt"
// and "zh-Hant.txt" give "zh-Hant".
func (r *record) lang() string {
	base := strings.TrimSuffix(path.Base(r.file), ".txt")
	return base[strings.LastIndexByte(base, '.')+1:]
}

// readRecords reads all files of a folder. Lines that start with "# " before
// the first record, or between records, are comments; blank lines inside a
// record are kept, those at its end are not.
func readRecords(fsys fs.FS, dir string) ([]record, error) {
	names, err := fs.Glob(fsys, dir+"/*.txt")
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("no source file in %s", dir)
	}
	var all []record
	var errs []error
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read corpus source: %w", err)
		}
		recs, err := parseRecords(name, string(data))
		all, errs = append(all, recs...), append(errs, err)
	}
	return all, errors.Join(errs...)
}

func parseRecords(name, text string) ([]record, error) {
	var recs []record
	var errs []error
	for i, line := range strings.Split(text, "\n") {
		head, isHead := strings.CutPrefix(line, "== ")
		switch {
		case isHead:
			r := record{file: name, line: i + 1, words: strings.Fields(head)}
			if len(r.words) == 0 {
				errs = append(errs, r.fault("a record needs a name"))
				continue
			}
			recs = append(recs, r)
		case len(recs) > 0:
			last := &recs[len(recs)-1]
			last.lines = append(last.lines, line)
		case line != "" && !strings.HasPrefix(line, "#"):
			errs = append(errs, &SourceError{Name: name, Line: i + 1, Msg: "text before the first record"})
		}
	}
	for i := range recs {
		r := &recs[i]
		for len(r.lines) > 0 && r.lines[len(r.lines)-1] == "" {
			r.lines = r.lines[:len(r.lines)-1]
		}
		if len(r.lines) == 0 {
			errs = append(errs, r.fault("record %s is empty", r.words[0]))
		}
	}
	return recs, errors.Join(errs...)
}
