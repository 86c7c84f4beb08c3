package page

import "bytes"

// ScanHTML reads HTML: text between tags becomes runs, joined over inline tags
// into segments; attribute values follow at the end, a segment each. Markup
// inside comments, noscript and the like is scanned in its turn.
func (d *Doc) ScanHTML(src []byte) {
	d.Reset()
	d.Src, d.HTML = src, true
	s := scanner{doc: d, brk: Block, few: textNames}
	s.scan(bomLen(src), len(src), Text)
	d.Flow = len(d.Segments)
	for _, r := range d.attrs {
		d.add(r)
	}
}

type scanner struct {
	doc   *Doc
	brk   Break // what the next run is preceded by
	level int   // open headings
	links int   // open links
	depth int   // nested scans
	tag   Tag
	few   *attrNames // attributes that are read; nil: all of them
	mark  *marker    // writes the marked copy; nil in stage 1
}

// maxNested bounds markup inside comments inside noscript and so on.
const maxNested = 3

// scan reads [pos, end) in a zone; Text also tells headings and links apart.
func (s *scanner) scan(pos, end int, zone Zone) {
	src := s.doc.Src
	for pos < end {
		if src[pos] != '<' { // a tag follows a tag more often than not
			lt := bytes.IndexByte(src[pos:end], '<')
			if lt < 0 {
				s.text(pos, end, zone, false)
				return
			}
			s.text(pos, pos+lt, zone, false)
			pos += lt
		}
		pos = s.markup(pos, end, zone)
	}
}

// markup reads what starts with the '<' at pos and returns where it ends.
func (s *scanner) markup(pos, end int, zone Zone) int {
	src := s.doc.Src
	if pos+1 >= end || src[pos+1] == '/' && pos+2 >= end {
		s.text(pos, end, zone, false)
		return end
	}
	switch c := src[pos+1]; {
	case isAlpha(c), c == '/' && pos+2 < end && isAlpha(src[pos+2]):
		if !scanTag(src[:end], pos, &s.tag, s.few) {
			return end
		}
		return s.element(end, zone)
	case c == '!' && bytes.HasPrefix(src[pos:end], []byte("<!--")):
		content, stop := commentEnd(src, pos, end)
		written, runs := s.mark.len(), len(s.doc.Runs)
		s.mark.open("<!--")
		s.nested(pos+4, content, Comment)
		s.mark.open("-->")
		if len(s.doc.Runs) == runs { // a comment without text is nothing to the tree
			s.mark.cut(written)
		}
		return stop
	case c == '!', c == '?', c == '/':
		stop := end
		if i := bytes.IndexByte(src[pos:end], '>'); i >= 0 {
			stop = pos + i + 1
		}
		s.mark.copy(src[pos:stop])
		if s.doc.doctype < 0 && s.depth == 0 && isDoctype(src[pos:stop]) {
			s.doc.doctype = pos
		}
		return stop
	}
	s.text(pos, pos+1, zone, false)
	return pos + 1
}

func isDoctype(b []byte) bool {
	const prefix = "<!doctype"
	return len(b) > len(prefix) && bytes.EqualFold(b[:len(prefix)], []byte(prefix))
}

// element handles s.tag and, of raw text elements, the content.
func (s *scanner) element(end int, zone Zone) int {
	var buf [maxName]byte
	name := lowerName(&buf, s.tag.Name)
	kind := classOf(name)
	after := s.tag.End
	s.doc.Tags++
	s.mark.tag(s.doc.Src, &s.tag)
	if !s.tag.Close && len(s.tag.Attrs) > 0 {
		s.attributes(kind, name, zone)
	}
	switch kind {
	case inline:
	case item:
		s.raise(Item)
		if string(name) == "a" {
			s.links = 1
			if s.tag.Close {
				s.links = 0
			}
		}
	case row:
		s.raise(Row)
	case heading:
		s.raise(Block)
		s.level = 1
		if s.tag.Close {
			s.level = 0
		}
	case meta, block:
		s.raise(Block)
	default:
		if s.tag.Close {
			if kind != raw { // a script inside a word parts nothing
				s.raise(Block)
			}
			return after
		}
		return s.rawText(kind, name, after, end, zone)
	}
	return after
}

// rawText reads the content of an element that holds no tags for the parser.
func (s *scanner) rawText(kind class, name []byte, pos, end int, zone Zone) int {
	if kind == plain {
		s.raise(Block)
		s.text(pos, end, zone, true)
		return end
	}
	if s.mark != nil && string(name) == "style" {
		s.mark.copy(s.doc.Src[pos:endTag(s.doc.Src, pos, end, name)])
	}
	stop := endTag(s.doc.Src, pos, end, name)
	switch kind {
	case raw:
		if zone == Text && len(name) == len("script") && s.holdsJSON() {
			s.strings(pos, stop)
		}
	case title:
		if zone == Text {
			zone = Title
		}
		s.raise(Block)
		s.text(pos, stop, zone, false)
		s.raise(Block)
	case area:
		s.raise(Block)
		s.text(pos, stop, zone, false)
		s.raise(Block)
	case nested:
		s.nested(pos, stop, Noscript)
	}
	return stop
}

// nested scans markup that the parser keeps as one text.
func (s *scanner) nested(pos, end int, zone Zone) {
	if s.depth >= maxNested || pos >= end {
		return
	}
	brk := s.brk
	s.depth++
	s.brk = Block
	n := len(s.doc.Runs)
	s.mark.mute(1)
	s.scan(pos, end, zone)
	s.mark.mute(-1)
	s.depth--
	s.brk = Block
	if len(s.doc.Runs) == n { // nothing inside: the text around runs on
		s.brk = brk
	}
}

// raise notes a border before the next run.
func (s *scanner) raise(b Break) {
	if b > s.brk {
		s.brk = b
	}
}

// text adds a run unless it is white space alone.
func (s *scanner) text(start, end int, zone Zone, isRaw bool) {
	a, b := trim(s.doc.Src, start, end)
	if a >= b {
		if start < end {
			s.raise(Space)
		}
		return
	}
	if a > start {
		s.raise(Space)
	}
	if zone == Text {
		switch {
		case s.level > 0:
			zone = Heading
		case s.links > 0:
			zone = Link
		}
	}
	s.mark.run(len(s.doc.Runs))
	s.doc.add(Run{Start: int32(a), End: int32(b), Break: s.brk, Zone: zone, Raw: isRaw})
	s.brk = Join
	if b < end {
		s.brk = Space
	}
}

// attributes notes the values that hold text for people.
func (s *scanner) attributes(kind class, elem []byte, zone Zone) {
	for _, a := range s.tag.Attrs {
		if a.End-a.Start < 3 {
			continue
		}
		var buf [maxName]byte
		name := lowerName(&buf, s.doc.Src[a.Name:a.NameEnd])
		z := Attribute
		switch {
		case string(name) == "href":
			if zone == Text {
				s.address(a, elem)
			}
			continue
		case kind == meta && string(name) == "content":
			z = Meta
		case !textAttr(name):
			continue
		}
		if zone != Text {
			z = zone
		}
		start, end := trim(s.doc.Src, int(a.Start), int(a.End))
		if start < end {
			s.doc.attrs = append(s.doc.attrs, Run{Start: int32(start), End: int32(end), Break: Block, Zone: z})
			s.mark.attr(&s.tag)
		}
	}
}
