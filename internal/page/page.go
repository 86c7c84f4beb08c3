// Package page turns the bytes of a page into segments of text, each with its
// zone and its place in the source.
//
// One scanner reads plain text and HTML in a single pass and keeps source
// positions; it never copies text. The tree of an HTML page (see Tree) is built
// from the same tokens and only adds context: what is hidden, where elements
// begin and end. So both stages of the filter see the same segments.
package page

// Zone is the kind of place a run of text sits in.
type Zone uint8

// The zones, as the contract names them.
const (
	Text Zone = iota
	Line
	Title
	Meta
	Heading
	Link
	Attribute
	Hidden
	Noscript
	Comment
	Script
	// Target is the address of a link; results name it as they name its text.
	Target
)

var zoneNames = [...]string{"text", "line", "title", "meta", "heading", "link", "attribute", "hidden", "noscript", "comment", "script", "link"}

// String returns the zone's name in results and metrics.
func (z Zone) String() string { return zoneNames[z] }

// Break says what stands between a run and the run before it.
type Break uint8

// The breaks, from nothing to a border that text never crosses.
const (
	// Join: an inline tag; the runs are one text.
	Join Break = iota
	// Space: inline tags with white space between them.
	Space
	// Item: a border inside one segment, such as that of a link.
	Item
	// Row: a new segment beside the last one, such as a line, a list item or a cell.
	Row
	// Block: a new segment of another block.
	Block
)

// Code says how the bytes of a run stand for text.
type Code uint8

// The codes.
const (
	// HTML text holds character references, unless the run is Raw.
	HTML Code = iota
	// URL text holds percent escapes, and signs in the place of blanks.
	URL
	// JSON text holds backslash escapes.
	JSON
)

// Run is a piece of text without a tag in it: the bytes [Start, End) of Doc.Src.
type Run struct {
	Start, End int32
	Break      Break
	Zone       Zone
	Code       Code
	// Raw runs hold no character references.
	Raw bool
}

// Segment is a line, a leaf block or an attribute value: Doc.Runs[First:Last].
type Segment struct {
	First, Last int32
	Zone        Zone
	// Break is what stands before the segment: Row or Block.
	Break Break
	// Quoted: marked as code, a quotation or a table in plain text.
	Quoted bool
}

// Doc is a scanned page. Src is UTF-8 in the sense that every cut falls on a
// character border of it; bytes that are not valid UTF-8 stand for themselves.
type Doc struct {
	Src      []byte
	HTML     bool
	Runs     []Run
	Segments []Segment
	// Flow is how many of the segments are text in the order of the source; those of
	// attributes follow.
	Flow int
	// Tags is how many tags were read.
	Tags int

	attrs   []Run
	doctype int // where the doctype stands; -1: nowhere

	amp, round, wide ahead // signs that texts are looked at for

	copied *copied // memory for its tree
	rest   *Doc    // memory for what is left of it
}

// Reset empties the document and keeps its memory for the next page.
func (d *Doc) Reset() {
	d.Src, d.HTML, d.doctype, d.Tags = nil, false, -1, 0
	d.amp, d.round, d.wide = nowhere, nowhere, nowhere
	d.Runs, d.Segments, d.attrs = d.Runs[:0], d.Segments[:0], d.attrs[:0]
}

// add appends a run and opens a segment where its break asks for one.
func (d *Doc) add(r Run) {
	n := int32(len(d.Runs))
	d.Runs = append(d.Runs, r)
	if r.Break >= Row || n == 0 {
		d.Segments = append(d.Segments, Segment{First: n, Last: n + 1, Zone: r.Zone, Break: r.Break})
		return
	}
	s := &d.Segments[len(d.Segments)-1]
	s.Last = n + 1
	if s.Zone == Link && r.Zone == Text {
		s.Zone = Text
	}
}

// Source returns the source range that a segment spans, tags between its runs
// included.
func (d *Doc) Source(s Segment) (start, end int) {
	return int(d.Runs[s.First].Start), int(d.Runs[s.Last-1].End)
}
