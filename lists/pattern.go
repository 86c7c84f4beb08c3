package lists

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// The bounds of a pattern. They keep matching linear with a small factor.
const (
	// MaxRun is the most characters that one class may match.
	MaxRun = 32
	// MaxClasses is the most classes that one pattern may hold.
	MaxClasses = 8
)

// ClassKind is a kind of character that a pattern's class matches.
type ClassKind uint8

// The kinds.
const (
	// NoClass marks a literal part.
	NoClass ClassKind = iota
	// Digits, <dM-N>, matches ASCII digits after folding.
	Digits
	// Handle, <wM-N>, matches [a-z0-9_-] after folding.
	Handle
	// Spaces, <s>, matches blanks, or nothing.
	Spaces
)

// Part is a piece of a term: literal text, or a class.
type Part struct {
	// Literal is the text of a literal part, not folded; empty for a class.
	Literal string
	Class   ClassKind
	// Min and Max are how many characters a class matches; 0 for a literal.
	Min, Max int
}

// Parts splits the term into literal text and classes, in order. A term that
// is no pattern is one literal part. Entries of a List that Parse returned, or
// of a Set, never fail.
func (e Entry) Parts() ([]Part, error) {
	if !e.Pattern {
		return []Part{{Literal: e.Term}}, nil
	}
	return parsePattern(e.Term)
}

// isPattern reports whether a term holds a class, or the rest of a broken one.
func isPattern(term string) bool { return strings.ContainsAny(term, "<>") }

func parsePattern(term string) ([]Part, error) {
	var parts []Part
	for rest := term; rest != ""; {
		open := strings.IndexAny(rest, "<>")
		if open < 0 {
			parts = append(parts, Part{Literal: rest})
			break
		}
		if rest[open] == '>' {
			return nil, fmt.Errorf("bad pattern class: '>' without '<'")
		}
		if open > 0 {
			parts = append(parts, Part{Literal: rest[:open]})
		}
		end := strings.IndexByte(rest, '>')
		if end < 0 {
			return nil, fmt.Errorf("bad pattern class: '<' without '>'")
		}
		class, err := parseClass(rest[open+1 : end])
		if err != nil {
			return nil, err
		}
		parts = append(parts, class)
		rest = rest[end+1:]
	}
	return parts, checkParts(parts)
}

// parseClass reads what stands between '<' and '>': "s", "d2-4", "w5-20".
func parseClass(text string) (Part, error) {
	if text == "s" {
		return Part{Class: Spaces, Max: MaxRun}, nil
	}
	bad := func(why string) (Part, error) {
		return Part{}, fmt.Errorf("bad pattern class <%s>: %s", shorten(text), why)
	}
	kind, ok := classKind(text)
	if !ok {
		return bad("want <dM-N>, <wM-N> or <s>")
	}
	from, to, ok := strings.Cut(text[1:], "-")
	low, okLow := smallNumber(from)
	high, okHigh := smallNumber(to)
	switch {
	case !ok || !okLow || !okHigh:
		return bad("want <dM-N>, <wM-N> or <s>")
	case low > high || high == 0:
		return bad("the range is empty")
	case high > MaxRun:
		return bad(fmt.Sprintf("more than %d characters", MaxRun))
	}
	return Part{Class: kind, Min: low, Max: high}, nil
}

func classKind(text string) (ClassKind, bool) {
	switch {
	case strings.HasPrefix(text, "d"):
		return Digits, true
	case strings.HasPrefix(text, "w"):
		return Handle, true
	}
	return NoClass, false
}

// smallNumber reads one to three ASCII digits without a leading zero.
func smallNumber(s string) (int, bool) {
	if len(s) < 1 || len(s) > 3 || s[0] == '0' && len(s) > 1 || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

func checkParts(parts []Part) error {
	classes, literal := 0, 0
	for i, p := range parts {
		if p.Class == NoClass {
			literal += countLetters(p.Literal)
			continue
		}
		classes++
		if i > 0 && isRun(parts[i-1]) && isRun(p) {
			return fmt.Errorf("bad pattern: two classes touch, put literal text between them")
		}
	}
	switch {
	case classes > MaxClasses:
		return fmt.Errorf("bad pattern: %d classes, the limit is %d", classes, MaxClasses)
	case literal < 2:
		return fmt.Errorf("bad pattern: the literal part needs at least two letters or digits")
	}
	return nil
}

func isRun(p Part) bool { return p.Class == Digits || p.Class == Handle }

// countLetters counts the characters that make a term: letters and numbers.
func countLetters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			n++
		}
	}
	return n
}
