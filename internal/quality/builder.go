package quality

import (
	"html"
	"strings"
	"unicode"
)

// builder writes a page and remembers which of its bytes are what.
type builder struct {
	buf   strings.Builder
	spans []span
}

// raw writes bytes that are neither legitimate text nor a phrase: markup,
// separators, white space.
func (b *builder) raw(s string) { b.buf.WriteString(s) }

// legit writes legitimate text as it is.
func (b *builder) legit(s string) {
	b.label(s, false, countInk(s))
}

// legitHTML writes legitimate text, escaped.
func (b *builder) legitHTML(s string) {
	b.label(html.EscapeString(s), false, countInk(s))
}

// spam writes a phrase in an encoded form.
func (b *builder) spam(phrase, encoded string) {
	b.label(encoded, true, countLetters(phrase))
}

func (b *builder) label(s string, spam bool, chars int) {
	start := b.buf.Len()
	b.buf.WriteString(s)
	b.spans = append(b.spans, span{start: start, end: b.buf.Len(), spam: spam, chars: chars})
}

// countInk counts characters that are not white space.
func countInk(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}

// countLetters counts letters, marks and digits.
func countLetters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// dice gives numbers that depend on a name alone (FNV-1a, then SplitMix64), so
// that a page changes only when its own source does.
type dice uint64

func newDice(name string) *dice {
	h := uint64(14695981039346656037)
	for i := 0; i < len(name); i++ {
		h = (h ^ uint64(name[i])) * 1099511628211
	}
	d := dice(h)
	return &d
}

// n returns a number in [0, max).
func (d *dice) n(max int) int {
	*d += 0x9E3779B97F4A7C15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return int((z ^ z>>31) % uint64(max))
}

func pick[T any](d *dice, of []T) T { return of[d.n(len(of))] }
