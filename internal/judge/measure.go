package judge

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// measure sums what Rate needs of several texts.
type measure struct {
	letters, covered    int
	bare                int // letters of texts that hits do not make up
	softOnly            int // covered letters of items with soft hits alone
	items, hitItems     int
	figures, digits     int
	ordered             int // items that follow the one before in the alphabet
	last                string
	texts, textsOrdered int
	firstOf             string
	softItems, quoted   int
	glued               int
	sample              strings.Builder
	rest                strings.Builder // what no hit covers
}

// maxSample bounds the text that prose and script are judged by, in bytes.
const maxSample = 16 << 10

func (m *measure) add(x Text, all bool) {
	first := strings.ToLower(string(x.Plain[:min(len(x.Plain), 32)]))
	m.textsOrdered += one(m.firstOf != "" && first > m.firstOf)
	m.firstOf = first
	m.texts++
	m.bare += x.bare()
	for _, it := range x.Items {
		if !all {
			it.Covered, it.Gated = it.Open, it.OpenGated
		}
		m.letters += int(it.Letters)
		m.items++
		switch {
		case it.Gated > 0:
			m.covered += int(it.Covered)
			m.hitItems++
			if inMarks(x.Plain, it) {
				m.quoted++
			}
		case it.Covered > 0:
			m.softOnly += int(it.Covered)
			m.softItems++
		}
		if figure(x.Plain[it.Start:it.End]) {
			m.figures++
		}
		word := strings.ToLower(string(x.Plain[it.Start:min(it.End, it.Start+32)]))
		m.ordered += one(m.last != "" && word > m.last)
		m.last = word
		if bytes.ContainsAny(x.Plain[it.Start:it.End], "0123456789") {
			m.digits++
		}
	}
	m.glued = max(m.glued, glued(x.Plain, x.Hits))
	if room := maxSample - m.sample.Len(); room > 0 {
		m.sample.Write(x.Plain[:min(len(x.Plain), room)])
		m.sample.WriteByte('\n')
	}
	pos := 0
	for _, p := range Cover(x.Hits) {
		m.uncovered(x.Plain[pos:p.Start])
		pos = p.End
	}
	m.uncovered(x.Plain[pos:])
}

// bare returns the letters of a text that hits do not make up, else 0.
func (x Text) bare() int {
	letters, covered := 0, 0
	for _, it := range x.Items {
		letters += int(it.Letters)
		covered += int(it.Covered)
	}
	if ratio(covered, letters) >= Covered {
		return 0
	}
	return letters
}

func (m *measure) uncovered(text []byte) {
	if room := maxSample - m.rest.Len(); room > 0 {
		m.rest.Write(text[:min(len(text), room)])
		m.rest.WriteByte('\n')
	}
}

// codeLike reports whether a text is written in the signs of a program.
func codeLike(text string) bool {
	signs, letters := 0, 0
	for _, r := range text {
		switch {
		case strings.ContainsRune("(){}[];=*%$^\\<>~`", r):
			signs++
		case unicode.IsLetter(r):
			letters++
		}
	}
	return signs >= 5 && signs*14 >= letters
}

// inMarks reports whether an item stands between quotation marks.
func inMarks(text []byte, it Item) bool {
	before, _ := utf8.DecodeLastRune(text[:it.Start])
	after, _ := utf8.DecodeRune(text[it.End:])
	return strings.ContainsRune("\"“”„«「『'‘’`", before) && strings.ContainsRune("\"“”»」』'‘’`", after)
}

// sum decides whether phrases of soft words alone count. In a list from one
// source some phrases hold firm or strong words and others only the words around
// them; in a menu everyday words stand by themselves. The surer the firm and
// strong ones are, the fewer of them it takes.
func (m *measure) sum(t *tally) {
	strong, firm := t.gates()
	per := 1
	switch {
	case strong > 0:
		per = 3
	case firm >= 3:
		per = 2
	}
	if m.hitItems*per >= m.softItems {
		m.covered += m.softOnly
		m.hitItems += m.softItems
	}
}

// glued returns the most hits of unspaced scripts that follow each other with no
// gap, each beginning where one before it ended or inside of it.
func glued(text []byte, hits []Hit) int {
	best, run, end := 0, 0, int32(-1)
	for _, h := range hits {
		r, _ := utf8.DecodeRune(text[h.Start:])
		switch {
		case !unspaced(r):
			run = 0
		case h.Start == end:
			run++
		case h.Start > end:
			run = 1
		}
		if h.End > end {
			end = h.End
		}
		best = max(best, run)
	}
	return best
}

// figure reports whether an item is numbered, dated, counted or priced.
func figure(item []byte) bool {
	digits, letters := 0, 0
	for _, r := range string(item) {
		switch {
		case r == '¥' || r == '￥' || r == '$' || r == '€' || r == '£' || r == '元':
			return true
		case r >= '0' && r <= '9':
			digits++
		case unicode.IsLetter(r):
			letters++
		}
	}
	return digits >= 4 || digits > 0 && digits >= letters
}
