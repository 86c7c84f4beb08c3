package lists

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// finder finds folded entries in folded text. It is made for checks: small,
// and near enough to what the matcher does, not fast.
type finder struct {
	nodes    map[step]int
	ends     map[int][]int // node -> ids of the terms that end there
	patterns []patternEntry
}

type step struct {
	node int
	r    rune
}

type patternEntry struct {
	id int
	re *regexp.Regexp
}

// hit is an entry's place in a text, in bytes, half-open.
type hit struct{ id, start, end int }

func newFinder() *finder {
	return &finder{nodes: map[step]int{}, ends: map[int][]int{}}
}

// add takes an entry under a caller's id.
func (f *finder) add(id int, e Entry) error {
	if !e.Pattern {
		f.addTerm(id, fold(e.Term))
		return nil
	}
	re, err := patternRegexp(e)
	if err != nil {
		return err
	}
	f.patterns = append(f.patterns, patternEntry{id, re})
	return nil
}

func (f *finder) addTerm(id int, folded string) {
	node := 0
	for _, r := range folded {
		next, ok := f.nodes[step{node, r}]
		if !ok {
			next = len(f.nodes) + 1
			f.nodes[step{node, r}] = next
		}
		node = next
	}
	f.ends[node] = append(f.ends[node], id)
}

// find returns every hit in folded text: those of fixed terms, then those of patterns.
func (f *finder) find(text string) []hit {
	var hits []hit
	for start := range text {
		hits = f.findAt(text, start, hits)
	}
	for _, p := range f.patterns {
		for _, at := range p.re.FindAllStringIndex(text, -1) {
			if onBorders(text, at[0], at[1]) {
				hits = append(hits, hit{p.id, at[0], at[1]})
			}
		}
	}
	return hits
}

func (f *finder) findAt(text string, start int, hits []hit) []hit {
	node := 0
	for i, r := range text[start:] {
		next, ok := f.nodes[step{node, r}]
		if !ok {
			break
		}
		node = next
		end := start + i + utf8.RuneLen(r)
		if ids := f.ends[node]; len(ids) > 0 && onBorders(text, start, end) {
			for _, id := range ids {
				hits = append(hits, hit{id, start, end})
			}
		}
	}
	return hits
}

// patternRegexp is the pattern over folded text, for checks only.
func patternRegexp(e Entry) (*regexp.Regexp, error) {
	parts, err := e.Parts()
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	for _, p := range parts {
		switch p.Class {
		case NoClass:
			b.WriteString(regexp.QuoteMeta(fold(p.Literal)))
		case Digits:
			fmt.Fprintf(&b, "[0-9]{%d,%d}", p.Min, p.Max)
		case Handle:
			fmt.Fprintf(&b, "[a-z0-9_-]{%d,%d}", p.Min, p.Max)
		case Spaces:
			fmt.Fprintf(&b, ` {0,%d}`, p.Max)
		}
	}
	return regexp.Compile(b.String())
}

// onBorders reports whether text[start:end] does not cut a word in two, where
// its script has words: Han, Kana and Thai have none, four or more Hangul
// syllables may stand anywhere, fewer only where a word starts.
func onBorders(text string, start, end int) bool {
	first, _ := utf8.DecodeRuneInString(text[start:])
	last, _ := utf8.DecodeLastRuneInString(text[:end])
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	after, _ := utf8.DecodeRuneInString(text[end:])
	if unicode.Is(unicode.Hangul, first) && utf8.RuneCountInString(text[start:end]) < 4 {
		return !unicode.Is(unicode.Hangul, before)
	}
	return !(inWord(before) && inWord(first)) && !(inWord(last) && inWord(after))
}

// inWord reports whether r is a letter or number of a script with word borders.
func inWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsNumber(r)) && !isUnspaced(r) && !unicode.Is(unicode.Hangul, r)
}

// isUnspaced reports whether r is of a script that puts no blanks between words.
func isUnspaced(r rune) bool {
	return isIdeographic(r) || unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// isIdeographic reports whether r is a Han or Kana character.
func isIdeographic(r rune) bool {
	return r == 'ー' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}
