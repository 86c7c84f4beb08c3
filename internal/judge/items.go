package judge

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/drosshq/dross/lists"
)

// Item is a piece of a text between separators.
type Item struct {
	Start, End int32 // bytes of the text, white space trimmed
	Sep        rune  // the separator before it; 0 for the first
	Letters    int32
	Covered    int32 // letters that hits cover
	Gated      int32 // letters that firm and strong hits cover
	Open       int32 // of Covered, what no allow entry protects
	OpenGated  int32 // the same of Gated
}

// Split cuts a text at its separators. A separator inside a hit cuts nothing.
func Split(entries []Entry, text []byte, hits []Hit) []Item {
	gate := func(h Hit) bool { return entries[h.Entry].Strength >= lists.Firm }
	s := splitter{text: text, cover: Cover(hits), gate: cover(hits, gate)}
	s.open, s.openGate = s.cover, s.gate
	if slices.ContainsFunc(hits, func(h Hit) bool { return h.Safe }) {
		s.open = cover(hits, func(h Hit) bool { return !h.Safe })
		s.openGate = cover(hits, func(h Hit) bool { return !h.Safe && gate(h) })
	}
	s.run()
	return s.items
}

// Cover joins overlapping hits, sorted by start, to the parts they cover.
func Cover(hits []Hit) []Part { return cover(hits, func(Hit) bool { return true }) }

// cover is Cover for some of the hits.
func cover(hits []Hit, keep func(Hit) bool) []Part {
	var out []Part
	for _, h := range hits {
		if !keep(h) {
			continue
		}
		p := h.Part()
		if n := len(out); n > 0 && p.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, p.End)
			continue
		}
		out = append(out, p)
	}
	return out
}

type splitter struct {
	text  []byte
	items []Item
	cur   Item
	begun bool

	cover, gate, open, openGate []Part
}

func (s *splitter) run() {
	var prev rune
	for i := 0; i < len(s.text); {
		r, n := utf8.DecodeRune(s.text[i:])
		inside := within(&s.cover, i)
		next, _ := utf8.DecodeRune(s.text[i+n:])
		switch {
		case !inside && separates(r, prev, next):
			s.close(r)
		case !unicode.IsSpace(r):
			s.grow(i, i+n, r, inside)
		}
		prev = r
		i += n
	}
	s.close(0)
}

// within reports whether a position lies in one of the parts, and drops those
// that end before it.
func within(parts *[]Part, i int) bool {
	for len(*parts) > 0 && (*parts)[0].End <= i {
		*parts = (*parts)[1:]
	}
	return len(*parts) > 0 && (*parts)[0].Start <= i
}

func (s *splitter) grow(start, end int, r rune, inside bool) {
	if !s.begun {
		s.begun, s.cur.Start = true, int32(start)
	}
	s.cur.End = int32(end)
	if !letter(r) {
		return
	}
	s.cur.Letters++
	if !inside {
		return
	}
	s.cur.Covered++
	s.cur.Gated += one32(within(&s.gate, start))
	s.cur.Open += one32(within(&s.open, start))
	s.cur.OpenGated += one32(within(&s.openGate, start))
}

func one32(yes bool) int32 { return int32(one(yes)) }

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// close ends the item; of several separators in a row the first that is not a
// blank names the border.
func (s *splitter) close(sep rune) {
	if s.begun {
		s.items = append(s.items, s.cur)
		s.cur, s.begun = Item{Sep: sep}, false
		return
	}
	if unicode.IsSpace(s.cur.Sep) && !unicode.IsSpace(sep) {
		s.cur.Sep = sep
	}
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r >= 0xe00 && r < 0xe80 }

// separates reports whether r ends an item between the runes around it.
func separates(r, prev, next rune) bool {
	switch r {
	case ',', '，', '、', ';', '；', '|', '｜', '丨', '_', '·', '•', '・', '/', '\\', '。', '！', '？', '!', '?', '~', '～', '>', '<', '»', '«', '›',
		'《', '》', '【', '】', '[', ']', '(', ')', '（', '）', '“', '”', '"', '「', '」', '\n', '\r', '\t', '-', '–', '—', '‐', '－', '＿', '★', '☆', '●', '■', '◆', '♥', '✓', '✔', '→', '=', '+', '＋', '*', '#', '^', '{', '}', '│', '┃', '：':
		return true
	case '.', ':':
		return !unicode.IsDigit(next)
	case 'I':
		return unicode.Is(unicode.Han, prev) && unicode.Is(unicode.Han, next)
	}
	return unicode.IsSpace(r) && (unspaced(prev) || unspaced(next))
}

// unspaced reports whether r is of a script that writes no blanks between words,
// so that a blank separates. Wide Latin letters and Korean are not.
func unspaced(r rune) bool {
	return r >= 0x2e80 && !(r >= 0xac00 && r < 0xd7a4) && !(r >= 0xff01 && r < 0xff5f) || r >= 0xe00 && r < 0xe80
}

// loss is what a letter that no hit covers costs against one that is covered:
// a stretch pays for itself from a coverage of about one in five.
const loss = 0.25

// densest returns the items [first, last) that hold the most evidence for their
// length: the maximal sum of covered letters less the cost of the others.
func densest(items []Item) (first, last int) {
	best, sum, from := 0.0, 0.0, 0
	for i, it := range items {
		if sum <= 0 {
			sum, from = 0, i
		}
		sum += float64(it.Covered) - loss*float64(it.Letters-it.Covered)
		if sum > best && it.Covered > 0 {
			best, first, last = sum, from, i+1
		}
	}
	for first < last-1 && !evident(items[first]) {
		first++
	}
	for first < last-1 && !evident(items[last-1]) {
		last--
	}
	return first, last
}

// evident reports whether an item is of the block by its own words: a firm or
// strong one, or soft ones over most of it.
func evident(it Item) bool { return it.Gated > 0 || it.Covered > 0 && it.Covered*2 >= it.Letters }
