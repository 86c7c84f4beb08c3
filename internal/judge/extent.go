package judge

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/drosshq/dross/internal/page"
)

// shrunk returns the part that items [first, last) take, less items at the ends
// whose words an allow entry protects.
func shrunk(x Text, first, last int) Part {
	safe := func(it Item) bool { return it.Covered > 0 && it.Open == 0 }
	for first < last-1 && safe(x.Items[first]) {
		first++
	}
	for first < last-1 && safe(x.Items[last-1]) {
		last--
	}
	return span(x, first, last)
}

// inSentence reports whether items [first, last) are an enumeration inside a
// sentence: prose goes on beyond a comma or a bracket. Words are never cut out
// of a sentence. In a title a dash parts the names.
func inSentence(x Text, first, last int) bool {
	enumerates := func(sep rune) bool { return enumerates(sep) && !(sep == '-' && x.Zone == page.Title) }
	if (first > 0 && enumerates(x.Items[first].Sep) || last < len(x.Items) && enumerates(x.Items[last].Sep)) && x.sentence() {
		return true
	}
	if first > 0 && enumerates(x.Items[first].Sep) && Prose(string(x.Plain[:x.Items[first].Start])) > 0.3 {
		return true
	}
	return last < len(x.Items) && enumerates(x.Items[last].Sep) && Prose(string(x.Plain[x.Items[last].Start:])) > 0.3
}

// sentence reports whether a text has the form of one, less the words that hits
// cover.
func (x Text) sentence() bool {
	var rest strings.Builder
	pos := 0
	for _, p := range Cover(x.Hits) {
		rest.Write(x.Plain[pos:p.Start])
		rest.WriteByte(' ')
		pos = p.End
	}
	rest.Write(x.Plain[pos:])
	return Sentence(string(x.Plain), rest.String())
}

// enumerates reports whether a separator joins parts of a sentence.
func enumerates(sep rune) bool {
	return unicode.IsSpace(sep) && sep != '\n' || strings.ContainsRune(",，、;；:：()（）[]“”\"「」《》-/", sep)
}

// span returns the part of a text that items [first, last) take.
func span(x Text, first, last int) Part {
	p := Part{int(x.Items[first].Start), int(x.Items[last-1].End)}
	if first == 0 {
		p.Start = 0
	}
	if last == len(x.Items) {
		p.End = len(x.Plain)
	}
	return p
}

// all is the whole of a text.
func (x Text) all() Part { return Part{0, len(x.Plain)} }

// extend grows the evident items over the ends of a text that is a block as a
// whole: no list knows every phrase. An end stays where it looks like the
// page's own: known from elsewhere, set apart by another separator, or prose.
func (c *Court) extend(x Text, first, last int) (int, int) {
	usual := usualSep(x.Items[first:last])
	for first > 0 && !c.own(x, first-1, first, usual) {
		first--
	}
	for last < len(x.Items) && !c.own(x, last, last, usual) {
		last++
	}
	return first, last
}

// own reports whether the item at i, with the border sep between it and the
// block, belongs to the page.
func (c *Court) own(x Text, i, border int, usual rune) bool {
	it := x.Items[i]
	if evident(it) {
		return false
	}
	text := x.Plain[it.Start:it.End]
	switch {
	case it.Letters == 0:
		return false
	case institution(text):
		return true
	case it.Letters >= 3 && c.Known != nil && c.Known(text):
		return true
	case x.Zone == page.Title && i == len(x.Items)-1:
		return true
	case it.Letters >= 4 && usual != 0 && x.Items[border].Sep != usual && x.Items[border].Sep != ' ':
		return true
	}
	return it.Letters >= 12 && Prose(string(text)) > 0.5
}

// institutions end the names of those who own hacked pages.
var institutions = []string{"公司", "协会", "協會", "大学", "大學", "学校", "學校", "中学", "小学", "学院", "學院", "医院", "醫院", "委员会", "委員會",
	"政府", "研究所", "研究院", "集团", "集團", "株式会社", "大学校", "학교", "병원", " ltd", " inc", " llc", " gmbh", " university", " school", " college", " council"}

// institution reports whether an item reads like the name of one.
func institution(item []byte) bool {
	low := bytes.ToLower(item)
	for _, s := range institutions {
		if bytes.HasSuffix(low, []byte(s)) && len(item) > len(s)+3 {
			return true
		}
	}
	return false
}

// usualSep returns the separator that most items of a list are joined by.
func usualSep(items []Item) rune {
	n := map[rune]int{}
	var best rune
	for _, it := range items[1:] {
		n[it.Sep]++
		if n[it.Sep] > n[best] {
			best = it.Sep
		}
	}
	return best
}
