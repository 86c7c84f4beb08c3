package judge

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"github.com/drosshq/dross/internal/page"
	"github.com/drosshq/dross/lists"
)

// Part is a range of a text's Plain that would go.
type Part struct{ Start, End int }

// Ruling is the decision on one block.
type Ruling struct {
	Score
	Threshold float64
	Remove    bool
	// Shaped: without allow entries it would go. First and Last are then the texts
	// it is made of; others beside it are not judged in its stead.
	Shaped      bool
	First, Last int
	// Parts has one range for each text, empty where that text stays.
	Parts []Part
}

// Court holds what every decision on a page needs.
type Court struct {
	Entries   []Entry
	Threshold func(lists.Category) float64
	Page      Page
	// Known reports whether an item stands elsewhere on the page as well, as the
	// name of the site does.
	Known func(item []byte) bool

	proven map[int]bool
}

// A text that repeats the entries of a block found on the page already is likelier
// to be one: kits fill title, meta and heading with the same. In the flow of the
// page it may just as well be the page that speaks of the same thing.
const (
	echo     = 1.5
	flowEcho = 0.6
)

// Prove notes the entries of a block that goes, where at least one is strong:
// words of the trade alone may be what the page is about.
func (c *Court) Prove(r Ruling) {
	if !slices.ContainsFunc(r.Entries, func(e int) bool { return c.Entries[e].Strength >= lists.Strong }) {
		return
	}
	if c.proven == nil {
		c.proven = map[int]bool{}
	}
	for _, e := range r.Entries {
		c.proven[e] = true
	}
}

// Group decides on texts that would go as one block.
func (c *Court) Group(texts []Text, at Place) Ruling {
	first, last := c.trim(texts)
	if last-first < 2 {
		return Ruling{}
	}
	r := c.rule(texts[first:last], at)
	if c.gated(texts[first:last])*2 < last-first && texts[first].Zone != page.Target {
		r.Remove, r.Shaped = false, false
	}
	r.First, r.Last = first, last
	r.Parts = make([]Part, len(texts))
	for first < last && protected(texts[first].Hits) {
		first++
	}
	for first < last && protected(texts[last-1].Hits) {
		last--
	}
	for i := first; i < last; i++ {
		r.Parts[i] = Part{0, len(texts[i].Plain)}
	}
	return r
}

// Listing reports whether a text of the page's flow is a list of phrases by itself:
// it needs no neighbour to be a block, and must take none along.
func (x Text) Listing() bool {
	if !flows(x.Zone) {
		return false
	}
	hit := 0
	for _, it := range x.Items {
		hit += one(it.Covered > 0)
	}
	return hit >= 4 && hit*2 >= len(x.Items)
}

// protected reports whether there are hits and allow entries protect them all.
func protected(hits []Hit) bool {
	for _, h := range hits {
		if !h.Safe {
			return false
		}
	}
	return len(hits) > 0
}

// trim leaves out texts at the ends that hold no more than one word of the
// trade, where no separator ties them to the rest: the page's own lines beside a
// block.
func (c *Court) trim(texts []Text) (first, last int) {
	first, last = tied(texts)
	for first < last && (texts[first].Quoting || c.slight(texts[first]) && !CarriesOn(texts[first].Plain)) {
		first++
	}
	for last > first && (texts[last-1].Quoting || c.slight(texts[last-1]) && (last-1 == first || !CarriesOn(texts[last-2].Plain))) {
		last--
	}
	return first, last
}

// tied returns the texts that separators at their ends tie together, where they
// are most of a run; else all. The lines around such a run are the page's own.
func tied(texts []Text) (first, last int) {
	ties := 0
	first, last = len(texts), 0
	for i, x := range texts[:len(texts)-1] {
		if CarriesOn(x.Plain) {
			ties++
			first, last = min(first, i), i+2
		}
	}
	if ties < 3 || ties*3 < 2*(last-first-1) {
		return 0, len(texts)
	}
	return first, last
}

// slight reports whether a text holds at most one firm entry and nothing that sells.
func (c *Court) slight(x Text) bool {
	if x.Zone == page.Target {
		return false // the text of its link does not say otherwise
	}
	t := everything(c.Entries)
	t.add(x.Hits)
	return t.most() <= 2
}

// CarriesOn reports whether a line ends with a separator, so that the next one
// belongs to it.
func CarriesOn(line []byte) bool {
	line = bytes.TrimRight(line, " \t")
	for _, sep := range []string{",", "，", "、", ";", "；", "|", "_", "-", "/"} {
		if bytes.HasSuffix(line, []byte(sep)) {
			return true
		}
	}
	return false
}

// gated counts the texts that hold a firm or strong entry.
func (c *Court) gated(texts []Text) int {
	n := 0
	for _, x := range texts {
		for _, h := range x.Hits {
			if c.Entries[h.Entry].Strength >= lists.Firm {
				n++
				break
			}
		}
	}
	return n
}

// Single decides on one text: as a whole, or the part of it that holds the
// evidence, less what looks like the page's own.
func (c *Court) Single(x Text, at Place) Ruling {
	whole := c.rule([]Text{x}, at)
	whole.Parts = []Part{{0, len(x.Plain)}}
	if len(x.Items) < 2 {
		return whole
	}
	first, last := densest(x.Items)
	if first >= last {
		return whole
	}
	if whole.Remove {
		first, last = c.extend(x, first, last)
		whole.Parts[0] = shrunk(x, first, last)
		return whole
	}
	if first == 0 && last == len(x.Items) || inSentence(x, first, last) {
		return whole
	}
	return c.part(x, first, last, at, whole)
}

// part decides on items [first, last) of a text that is no block as a whole.
func (c *Court) part(x Text, first, last int, at Place, whole Ruling) Ruling {
	p := span(x, first, last)
	sub := Text{Plain: x.Plain[p.Start:p.End], Zone: x.Zone, Hidden: x.Hidden, Quoting: x.Quoting || codeLike(string(x.Plain[:min(len(x.Plain), maxSample)]))}
	for _, h := range x.Hits {
		if h.Start >= p.Start && h.End <= p.End {
			h.Start, h.End = h.Start-p.Start, h.End-p.Start
			sub.Hits = append(sub.Hits, h)
		}
	}
	sub.Items = Split(c.Entries, sub.Plain, sub.Hits)
	t := everything(c.Entries)
	t.add(sub.Hits)
	if strong, firm := t.gates(); t.most() < minPart || strong+firm < 2 {
		return whole
	}
	at.Menu = 0
	r := c.rule([]Text{sub}, at)
	if !r.Remove {
		return whole
	}
	r.Parts = []Part{shrunk(x, first, last)}
	return r
}

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

// rule scores texts and holds the score against the threshold.
func (c *Court) rule(texts []Text, at Place) Ruling {
	r := Ruling{Score: Rate(c.Entries, texts, at, c.Page, false)}
	c.hold(&r, texts)
	r.Shaped = r.Remove
	if slices.ContainsFunc(texts, func(x Text) bool { return slices.ContainsFunc(x.Hits, func(h Hit) bool { return h.Safe }) }) {
		// What goes must be a block without any allow entry too: so a further allow
		// entry never makes one.
		whole := Ruling{Score: Rate(c.Entries, texts, at, c.Page, true)}
		c.hold(&whole, texts)
		r.Remove, r.Shaped = r.Remove && whole.Remove, whole.Remove
	}
	return r
}

// hold holds a score against the threshold.
func (c *Court) hold(r *Ruling, texts []Text) {
	r.Threshold = DefaultThreshold
	if c.Threshold != nil {
		r.Threshold = c.Threshold(r.Category)
	}
	if r.Value > 0 && c.repeats(r.Entries) && r.Prose < 0.5 && r.Density >= 0.4 {
		by := echo
		if z := texts[0].Zone; flows(z) && z != page.Heading && !texts[0].Hidden {
			by = flowEcho
		}
		r.adjust(by, "repeats a block found on the page")
	}
	r.Remove = r.Category != "" && r.Value >= r.Threshold
}

// repeats reports whether most firm and strong entries are those of a block
// already found.
func (c *Court) repeats(ids []int) bool {
	all, known := 0, 0
	for _, e := range ids {
		if c.Entries[e].Strength >= lists.Firm {
			all++
			if c.proven[e] {
				known++
			}
		}
	}
	return all > 0 && known*5 >= all*3
}

// span returns the part of a text that items [first, last) take.
func span(x Text, first, last int) Part {
	p := Part{x.Items[first].Start, x.Items[last-1].End}
	if first == 0 {
		p.Start = 0
	}
	if last == len(x.Items) {
		p.End = len(x.Plain)
	}
	return p
}

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
