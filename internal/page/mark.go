package page

import (
	"bytes"
	"strconv"
)

// The marked copy is the page as the tree is built from it: every tag with its
// number in place of its attributes, every run of text replaced by its number
// between two marks. So a node of the tree leads back to the source, whatever the
// parser moved, and neither long text nor attributes cost the parser anything.
const (
	markAttr = "_"
	markRun  = '\x1a'
)

// span is a tag in the source.
type span struct {
	start, end int
	name       string
	close      bool
	nested     bool  // markup that the parser sees as text
	match      int32 // a start tag's end tag, by number; 0: none, -1: needs none
	within     int32 // a start tag's innermost open tag, by number; -1: none
	ragged     bool  // a start tag with something left open before its end tag
}

// marker writes the marked copy. A nil marker does nothing.
type marker struct {
	out   []byte
	tags  []span
	owner []int32 // by attribute run: the number of its tag
	names map[string]string
	alike map[string]int // formatting elements left open, by name
	muted int
}

// copied is the memory of marked copies.
type copied struct {
	marker marker
	doc    Doc
	tag    Tag
}

// mostNames is how many names of tags are kept from page to page.
const mostNames = 256

// mark makes the marked copy of a page, and says how many runs of text it has.
func (d *Doc) mark() (m *marker, runs int) {
	if d.copied == nil {
		d.copied = new(copied)
	}
	c := d.copied
	m = &c.marker
	if len(m.names) > mostNames {
		m.names = nil
	}
	*m = marker{out: m.out[:0], tags: m.tags[:0], owner: m.owner[:0], names: m.names}
	c.doc.Reset()
	c.doc.Src, c.doc.HTML = d.Src, true
	s := scanner{doc: &c.doc, brk: Block, tag: c.tag, few: markNames, mark: m}
	s.scan(bomLen(d.Src), len(d.Src), Text)
	m.pair()
	c.tag = Tag{Attrs: s.tag.Attrs}
	runs = len(c.doc.Runs)
	c.doc.Src = nil
	return m, runs
}

// name returns a string for a tag's name, one for all tags of that name.
func (m *marker) name(b []byte) string {
	if s, ok := m.names[string(b)]; ok {
		return s
	}
	if m.names == nil {
		m.names = map[string]string{}
	}
	s := string(b)
	m.names[s] = s
	return s
}

// open copies markup of the scanner's own.
func (m *marker) open(s string) {
	if m != nil && m.muted == 0 {
		m.out = append(m.out, s...)
	}
}

// len is how much is written.
func (m *marker) len() int {
	if m == nil {
		return 0
	}
	return len(m.out)
}

// cut takes back what was written after the first n bytes.
func (m *marker) cut(n int) {
	if m != nil {
		m.out = m.out[:n]
	}
}

// copy copies source bytes as they are, less marks that the page has of its own.
func (m *marker) copy(b []byte) {
	if m == nil || m.muted > 0 {
		return
	}
	for {
		i := bytes.IndexByte(b, markRun)
		if i < 0 {
			m.out = append(m.out, b...)
			return
		}
		m.out = append(append(m.out, b[:i]...), '?')
		b = b[i+1:]
	}
}

// mute stops tags from being copied while n is above 0: the parser sees the
// markup inside comments and noscript as text.
func (m *marker) mute(n int) {
	if m != nil {
		m.muted += n
	}
}

// mostAlike is how many formatting elements of a name may be left open that have a
// number each.
const mostAlike = 3

// tooMany reports whether a tag goes without its number. A parser opens formatting
// elements that were left open again in every paragraph, but of those alike only
// three; with a number each, none are alike, and a page that never closes any would
// cost the square of its size.
func (m *marker) tooMany(name string, closes bool) bool {
	switch name {
	case "b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u":
	default:
		return false
	}
	if m.alike == nil {
		m.alike = map[string]int{}
	}
	if !closes {
		m.alike[name]++
	} else if m.alike[name] > 0 {
		m.alike[name]--
	}
	return m.alike[name] > mostAlike
}

// tag copies a tag with its number.
func (m *marker) tag(src []byte, t *Tag) {
	if m == nil {
		return
	}
	n := len(m.tags)
	var buf [maxName]byte
	name := lowerName(&buf, t.Name)
	x := span{start: t.Start, end: t.End, name: m.name(name), close: t.Close, within: -1, nested: m.muted > 0}
	if void(name) {
		x.match = -1
	}
	m.tags = append(m.tags, x)
	if m.muted > 0 {
		return
	}
	bare := m.tooMany(x.name, t.Close)
	at := t.Start + len("<") + len(t.Name)
	if t.Close {
		m.out = append(append(m.out, src[t.Start:at+len("/")]...), '>')
		return
	}
	m.out = append(m.out, src[t.Start:at]...)
	if !bare {
		m.out = append(m.out, " "+markAttr+"="...)
		m.out = strconv.AppendInt(m.out, int64(n), 10)
	}
	for _, a := range t.Attrs {
		if name := src[a.Name:a.NameEnd]; steers(x.name, name) && quotable(src[a.Start:a.End]) {
			m.out = append(append(m.out, ' '), name...)
			m.value(src[a.Start:a.End])
		}
	}
	if t.SelfClose {
		m.out = append(m.out, " /"...)
	}
	m.out = append(m.out, '>')
}

// value copies the value of an attribute that is quotable; the quotes are ours.
func (m *marker) value(v []byte) {
	quote := byte('"')
	if bytes.IndexByte(v, '"') >= 0 {
		quote = '\''
	}
	m.out = append(append(append(m.out, '=', quote), v...), quote)
}

// attr notes that the next attribute run belongs to the tag copied last.
func (m *marker) attr(*Tag) {
	if m != nil {
		m.owner = append(m.owner, int32(len(m.tags)-1))
	}
}

// run writes the number of a text run in its place.
func (m *marker) run(n int) {
	if m != nil {
		m.out = append(m.out, markRun)
		m.out = strconv.AppendInt(m.out, int64(n), 10)
		m.out = append(m.out, markRun)
	}
}

// runsIn calls yield for every run number that text of the marked copy holds.
func runsIn(text string, yield func(run int)) {
	for {
		i := indexByte(text, markRun)
		if i < 0 {
			return
		}
		text = text[i+1:]
		j := indexByte(text, markRun)
		if j < 0 {
			return
		}
		if n, err := strconv.Atoi(text[:j]); err == nil {
			yield(n)
		}
		text = text[j+1:]
	}
}

func indexByte(s string, c byte) int {
	for i := range len(s) {
		if s[i] == c {
			return i
		}
	}
	return -1
}

// pair gives every start tag its end tag, where the two stand as a pair with
// nothing left open between them but elements that need no end tag.
func (m *marker) pair() {
	var open []int32
	for i := range m.tags {
		t := &m.tags[i]
		switch {
		case t.nested || t.match < 0:
		case !t.close:
			if len(open) > 0 {
				t.within = open[len(open)-1]
			}
			open = append(open, int32(i))
		default:
			for k := len(open) - 1; k >= max(0, len(open)-maxOpen); k-- {
				if s := &m.tags[open[k]]; s.name == t.name {
					s.match, s.ragged = int32(i), s.ragged || k < len(open)-1
					open = open[:k]
					break
				}
			}
		}
	}
}

// maxOpen bounds how far back an end tag is looked for; no parsed page nests deeper.
const maxOpen = 512
