package match

import (
	"errors"
	"fmt"
	"strings"

	"github.com/drosshq/dross/internal/normalize"
	"github.com/drosshq/dross/lists"
)

// Pattern is what to look for. Its index in the slice given to New is its number.
type Pattern struct {
	// Term is literal text. It is read when there are no Parts.
	Term string
	// Parts is a term with classes, as lists.Entry.Parts gives it.
	Parts []lists.Part
	// Lang is a BCP 47 language; "vi" makes Tones meaningful.
	Lang string
	// Gate says that Any looks for it.
	Gate bool
}

// parts is the pattern as parts, whichever way it was given.
func (p *Pattern) parts() []lists.Part {
	if len(p.Parts) > 0 {
		return p.Parts
	}
	return []lists.Part{{Literal: p.Term}}
}

// ErrEmpty says that nothing of a pattern's literal text is left when folded.
var ErrEmpty = errors.New("pattern without literal text")

// PatternError says which pattern cannot be searched for.
type PatternError struct {
	// Pattern is its index.
	Pattern int
	Err     error
}

// Error names the pattern and the cause.
func (e *PatternError) Error() string { return fmt.Sprintf("pattern %d: %v", e.Pattern, e.Err) }

// Unwrap returns the cause.
func (e *PatternError) Unwrap() error { return e.Err }

// compiled is a pattern ready to be verified around its key.
type compiled struct {
	key         string // trie symbols of the longest literal part
	codes       string // the codes of that part; differ from key in joiners
	left, right []part // outward from the key
	term        string // lower case, joiners as blanks; empty with classes
	toned       string // folded with tones, for Vietnamese
	plain       string // folded without
	strict      bool   // the key holds joiners other than blanks
	long        bool   // four or more letters: digits may touch it
	openHangul  bool   // four or more syllables: matches inside words
	gate        bool
}

// part is a literal in codes, or a class.
type part struct {
	codes    string
	class    lists.ClassKind
	min, max int
}

// compile encodes one pattern.
func (m *Matcher) compile(p Pattern) (compiled, error) {
	c := compiled{gate: p.Gate}
	source := p.parts()
	parts := make([]part, len(source))
	key := -1
	var text strings.Builder
	for i, lp := range source {
		if lp.Class != lists.NoClass {
			parts[i] = part{class: lp.Class, min: lp.Min, max: lp.Max}
			continue
		}
		parts[i].codes = m.encode(lp.Literal, i == 0, i == len(source)-1)
		text.WriteString(lp.Literal)
		if key < 0 || len(parts[i].codes) > len(parts[key].codes) {
			key = i
		}
	}
	if key < 0 || len(strings.Trim(parts[key].codes, "\x01")) == 0 {
		return c, ErrEmpty
	}
	c.codes = parts[key].codes
	c.key = m.symbols(c.codes)
	for i := key - 1; i >= 0; i-- {
		c.left = append(c.left, parts[i])
	}
	c.right = parts[key+1:]
	c.strict = strings.ContainsAny(c.codes, "\x02\x03\x04\x05\x06")
	c.count(parts, m)
	if len(parts) == 1 {
		c.term = strings.ToLower(blankJoiners(text.String()))
	}
	if strings.HasPrefix(p.Lang, "vi") && len(parts) == 1 {
		c.toned, c.plain = normalize.Toned(text.String()), normalize.String(text.String())
	}
	return c, nil
}

// count counts the letters and syllables of the literal parts.
func (c *compiled) count(parts []part, m *Matcher) {
	letters, syllables := 0, 0
	for _, p := range parts {
		for i := range len(p.codes) {
			switch m.kind[p.codes[i]] {
			case kindLatin, kindWord:
				letters++
			case kindHangul:
				syllables++
			}
		}
	}
	c.long, c.openHangul = letters >= 4, syllables >= 4
}

// encode is a literal in codes, without blanks at the term's own ends.
func (m *Matcher) encode(literal string, first, last bool) string {
	var h Haystack
	m.Append(&h, []byte(literal))
	h.seal()
	s := string(h.codes)
	s = strings.TrimPrefix(s, "\x00")
	if first {
		s = strings.TrimLeft(s, "\x01")
	}
	if last {
		s = strings.TrimRight(s, "\x01")
	}
	return s
}

// symbols maps codes to trie symbols.
func (m *Matcher) symbols(codes string) string {
	out := []byte(codes)
	for i, c := range out {
		out[i] = m.sym[c]
	}
	return string(out)
}
