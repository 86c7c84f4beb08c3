package judge

import (
	"strings"
	"unicode"
)

// Prose measures how much a text reads like sentences: 0 for a list of
// phrases, 1 for prose. Each script has its own sign; the largest counts, in
// proportion to the script's share of the letters.
func Prose(text string) float64 {
	c := count(text)
	if c.letters == 0 {
		return 0
	}
	p := 0.0
	weigh := func(letters int, v float64) {
		if share := float64(letters) / float64(c.letters); share > 0.15 {
			p += share * min(max(v, 0), 1)
		}
	}
	weigh(c.kana+c.han*c.kanaShare(), rise(ratio(c.hiragana, c.kana+c.han), 0.30, 0.50))
	if c.kanaShare() == 0 {
		weigh(c.han, hanProse(c))
	}
	weigh(c.hangul, rise(ratio(c.endings, c.hangulWords), 0.30, 0.60))
	weigh(c.thai, rise(ratio(c.thaiWords*100, c.thai), 2.5, 5))
	weigh(c.spaced, rise(ratio(c.function, c.words), 0.15, 0.35))
	if long := ratio(c.enders*100, c.letters); c.enders >= 2 && long > 0.5 && c.letters > 120 {
		p = max(p, rise(long, 0.3, 1.5)*0.6)
	}
	return p
}

// Sentence reports whether a text has the form of one: several words that no
// list explains, and a full stop at the end. rest is what no hit covers.
func Sentence(text, rest string) bool {
	text = strings.TrimRight(text, " \t\r\n\"”’»」)）")
	if !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "。") {
		return false
	}
	c := count(rest)
	return c.words+c.hangulWords >= 3 || c.han+c.kana >= 5 || c.thai >= 12
}

// hanProse holds both signs of Chinese prose: sentence marks and function
// characters. A short text of one clause may have only the second.
func hanProse(c counts) float64 {
	marks := rise(ratio(c.marks*100, c.han), 0.8, 3)
	function := rise(ratio(c.hanFunction*100, c.han), 2.5, 6)
	return max((marks+function)/2, function*0.7)
}

// rise maps v to 0 below lo and 1 above hi.
func rise(v, lo, hi float64) float64 { return min(max((v-lo)/(hi-lo), 0), 1) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// counts are the letters of a text by script, and the signs of prose in it.
type counts struct {
	letters, han, hiragana, kana, hangul, thai, spaced int
	words, function                                    int
	hangulWords, endings                               int
	hanFunction, marks, enders, thaiWords              int
}

// kanaShare is 1 where Han characters stand among kana and so are Japanese.
func (c counts) kanaShare() int {
	if c.kana*8 > c.han {
		return 1
	}
	return 0
}

// maxProse bounds the text that is looked at, in bytes; the rest of a giant is alike.
const maxProse = 64 << 10

func count(text string) counts {
	var c counts
	text = text[:min(len(text), maxProse)]
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' }) {
		c.word(w)
	}
	for _, r := range text {
		switch {
		case strings.ContainsRune("。！？；：“”「」《》…", r):
			c.marks++
		case r == '.' || r == '!' || r == '?':
			c.enders++
		}
	}
	for _, w := range thaiFunction {
		if c.thai > 0 {
			c.thaiWords += strings.Count(text, w)
		}
	}
	return c
}

// word counts a run of letters and marks.
func (c *counts) word(w string) {
	var spaced, hangul int
	for _, r := range w {
		if !unicode.IsLetter(r) && !(r >= 0xe00 && r < 0xe80) {
			continue
		}
		c.letters++
		switch {
		case r < 0x2e80 && !(r >= 0xe00 && r < 0xe80):
			spaced++
		case r >= 0xe00 && r < 0xe80:
			c.thai++
		case r >= 0x3040 && r < 0x30a0:
			c.hiragana++
			c.kana++
		case r >= 0x30a0 && r < 0x3100:
			c.kana++
		case r >= 0xac00 && r < 0xd7a4:
			hangul++
		case unicode.Is(unicode.Han, r):
			c.han++
			if strings.ContainsRune(hanFunction, r) {
				c.hanFunction++
			}
		}
	}
	c.spaced += spaced
	c.hangul += hangul
	if hangul > 0 {
		c.hangulWords++
		for _, e := range koreanEndings {
			if len(w) > len(e) && strings.HasSuffix(w, e) {
				c.endings++
				break
			}
		}
	}
	if spaced > 0 {
		c.words++
		if functionWords[strings.ToLower(w)] {
			c.function++
		}
	}
}
