package lists

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// entry parses STRENGTH[=WEIGHT] TERM and keeps the entry, or one for each term
// that the choices in it make.
func (p *parser) entry(word, text string) error {
	e := p.head
	if p.excused {
		e.Category = Adult // any real one: the fault is reported already
	}
	if err := setStrength(&e, word); err != nil {
		return err
	}
	if text == "" {
		return fmt.Errorf("missing term after %q", word)
	}
	if e.Category == "" {
		p.excused = true
		return errors.New("no @category before the first entry")
	}
	terms, err := expand(text)
	if err != nil {
		return err
	}
	for _, term := range terms {
		e.Term, e.Pattern = term, isPattern(term)
		e.List, e.Line = p.list.Name, p.line
		if err := checkEntry(e); err != nil {
			if len(terms) > 1 {
				return fmt.Errorf("%w (in %q)", err, shorten(term))
			}
			return err
		}
		p.list.Entries = append(p.list.Entries, e)
	}
	return nil
}

// setStrength reads "strong" or "strong=4".
func setStrength(e *Entry, word string) (err error) {
	name, weight, explicit := strings.Cut(word, "=")
	if e.Strength, err = ParseStrength(name); err != nil {
		return err
	}
	e.Weight = e.Strength.Weight()
	if explicit {
		return setWeight(e, weight)
	}
	return nil
}

func setWeight(e *Entry, text string) (err error) {
	if e.Strength == Allow {
		return errors.New("bad weight: an allow entry has none")
	}
	if !isDecimal(text) {
		return fmt.Errorf("bad weight %q: want a number such as 4 or 1.5", shorten(text))
	}
	if e.Weight, err = strconv.ParseFloat(text, 64); err != nil {
		return fmt.Errorf("bad weight %q: %w", shorten(text), err)
	}
	return checkWeight(e.Strength, e.Weight)
}

// isDecimal refuses what only programmers write: exponents, signs, hex, NaN.
func isDecimal(s string) bool {
	whole, fraction, point := strings.Cut(s, ".")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	return digits(whole) && (!point || digits(fraction))
}
