package lists

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxLine is the longest line of a list, in bytes without its line end.
const MaxLine = 1000

var langForm = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$`)

// checkEntry holds an entry against the rules of the format, wherever it came
// from: a line, or a caller's own code.
func checkEntry(e Entry) error {
	if err := checkTerm(e.Term); err != nil {
		return err
	}
	if err := checkHead(e); err != nil {
		return err
	}
	if n := len(entryLine(e)); n > MaxLine {
		return fmt.Errorf("entry makes a line of %d bytes, the limit is %d", n, MaxLine)
	}
	if e.Pattern {
		_, err := parsePattern(e.Term)
		return err
	}
	letters := countLetters(e.Term)
	switch {
	case letters == 0:
		return errors.New("term without a letter or digit")
	case letters == 1 && e.Strength != Allow:
		return errors.New("term too short: a block entry needs at least two letters or digits")
	}
	return nil
}

// checkHead checks all of an entry but its term.
func checkHead(e Entry) error {
	if _, err := ParseCategory(string(e.Category)); err != nil {
		return err
	}
	if int(e.Strength) >= len(strengthNames) {
		return fmt.Errorf("unknown strength %d", uint8(e.Strength))
	}
	if e.Category == Any && e.Strength > Soft {
		return fmt.Errorf("%s entry in category any, which takes soft and allow only", e.Strength)
	}
	if err := checkWeight(e.Strength, e.Weight); err != nil {
		return err
	}
	if err := checkLang(e.Lang); err != nil {
		return err
	}
	return checkSource(e.Source)
}

func checkWeight(s Strength, w float64) error {
	switch {
	case s == Allow && w != 0:
		return errors.New("bad weight: an allow entry has none")
	case s != Allow && !(w >= MinWeight && w <= MaxWeight):
		return fmt.Errorf("bad weight %v: want %v to %v", w, MinWeight, MaxWeight)
	}
	return nil
}

func checkLang(lang string) error {
	if lang != "" && !langForm.MatchString(lang) {
		return fmt.Errorf("bad language %q: want a BCP 47 tag such as zh or pt-BR", shorten(lang))
	}
	return nil
}

// checkTerm and checkSource see to it that Write gives a line which Parse
// reads as the same entry.
func checkTerm(term string) error {
	switch {
	case term == "":
		return errors.New("missing term")
	case squeeze(term) != term || strings.Contains(" "+term, " #"):
		return errors.New("term holds a comment or blanks that do not survive in a file")
	case strings.ContainsAny(term, "{}"):
		return errors.New("term holds a brace, which stands for choices in a file")
	}
	return checkText(term)
}

func checkSource(source string) error {
	switch {
	case squeeze(source) != source || strings.Contains(" "+source, " #"):
		return errors.New("source holds a comment or blanks that do not survive in a file")
	case len("@source ")+len(source) > MaxLine:
		return fmt.Errorf("source longer than a line of %d bytes", MaxLine)
	}
	return checkText(source)
}

// squeeze trims s and makes every inner run of white space one blank.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// checkText finds what a text file must not hold. A tab is fine.
func checkText(s string) error {
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			return fmt.Errorf("invalid UTF-8 at byte %d of the line", i+1)
		case r == 0:
			return errors.New("NUL character")
		case r == utf8.RuneError:
			return errors.New("replacement character U+FFFD, the text was damaged before")
		case r != '\t' && unicode.IsControl(r):
			return fmt.Errorf("control character %U", r)
		case isInvisible(r):
			return fmt.Errorf("invisible character %U", r)
		}
	}
	return nil
}

// isInvisible reports whether nobody could see r in a diff. Joiners are part
// of the spelling of several languages and stay.
func isInvisible(r rune) bool {
	const nonJoiner, joiner = '\u200c', '\u200d'
	return r != nonJoiner && r != joiner && unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)
}
