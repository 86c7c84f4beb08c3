package page

import (
	"bytes"
	"sort"
)

// Pieces calls yield for every piece of a run's text in order: bytes that stand
// for themselves, or the text of a character reference. [start, end) is the
// piece's place in the source; end-start == len(text) where they are the same.
func (d *Doc) Pieces(r Run, yield func(text []byte, start, end int)) {
	pos, end := int(r.Start), int(r.End)
	switch {
	case r.Code == URL:
		d.urlPieces(pos, end, yield)
		return
	case r.Code == JSON:
		d.jsonPieces(pos, end, yield)
		return
	case d.annotated(pos, end):
		yield = d.withoutReadings(yield)
	}
	if r.Raw {
		yield(d.Src[pos:end], pos, end)
		return
	}
	for from := pos; from < end; {
		amp := bytes.IndexByte(d.Src[from:end], '&')
		if amp < 0 {
			break
		}
		amp += from
		s, n := Reference(d.Src[amp:end])
		if n == 0 {
			from = amp + 1
			continue
		}
		if pos < amp {
			yield(d.Src[pos:amp], pos, amp)
		}
		yield([]byte(s), amp, amp+n)
		pos, from = amp+n, amp+n
	}
	if pos < end {
		yield(d.Src[pos:end], pos, end)
	}
}

// Simple reports whether the bytes of a run are its text: Pieces would yield them
// as they are.
func (d *Doc) Simple(r Run) bool {
	pos, end := int(r.Start), int(r.End)
	return r.Code == 0 && (r.Raw || !d.amp.within(d.Src, ampersand, pos, end)) && !d.annotated(pos, end)
}

var ampersand = []byte("&")

// ahead remembers where a sign stands next: most texts hold none, and looking for
// it once from one to the next costs less than once in each.
type ahead struct{ from, at int } // the first one after from

// nowhere is where nothing was looked for yet.
var nowhere = ahead{0, -1}

// within reports whether the sign stands in src[start:end].
func (a *ahead) within(src, sign []byte, start, end int) bool {
	if start < a.from || start > a.at {
		a.look(src, sign, start)
	}
	return a.at+len(sign) <= end
}

func (a *ahead) look(src, sign []byte, start int) {
	a.from, a.at = start, len(src)
	if i := bytes.Index(src[start:], sign); i >= 0 {
		a.at = start + i
	}
}

// Plain is the text of a segment as a reader sees it, with the way back to the
// source. Offsets are bytes of Text.
type Plain struct {
	Text   []byte
	pieces []piece
	runs   []int // where the text of each run begins
}

type piece struct{ at, start, end int } // at: offset in Text

// Plain builds the text of a segment: references decoded, a blank for white space
// between inline tags, a line break at item borders. It may lie in the source, and
// must not be changed.
func (d *Doc) Plain(s Segment) *Plain {
	if r := d.Runs[s.First]; s.Last-s.First == 1 && d.Simple(r) {
		return d.plainRun(r)
	}
	p := &Plain{}
	for i := s.First; i < s.Last; i++ {
		r := d.Runs[i]
		if i > s.First {
			switch r.Break {
			case Space:
				p.filler(' ', int(r.Start))
			case Item, Row, Block:
				p.filler('\n', int(r.Start))
			}
		}
		from := len(p.Text)
		p.runs = append(p.runs, from)
		d.Pieces(r, func(text []byte, start, end int) {
			p.pieces = append(p.pieces, piece{len(p.Text), start, end})
			p.Text = append(p.Text, text...)
		})
		if r.Code == URL {
			asWords(p.Text[from:])
		}
	}
	return p
}

// plainRun is Plain for a run whose bytes are its text: it is not copied.
func (d *Doc) plainRun(r Run) *Plain {
	one := &struct {
		Plain
		piece [1]piece
		run   [1]int
	}{piece: [1]piece{{0, int(r.Start), int(r.End)}}}
	one.Plain = Plain{Text: d.Src[r.Start:r.End:r.End], pieces: one.piece[:], runs: one.run[:]}
	return &one.Plain
}

// Of returns the part of Text that run i of the segment takes, with the blank or
// line break after it.
func (p *Plain) Of(i int) (start, end int) {
	if i+1 < len(p.runs) {
		return p.runs[i], p.runs[i+1]
	}
	return p.runs[i], len(p.Text)
}

// filler adds a byte that stands for no source byte.
func (p *Plain) filler(c byte, src int) {
	p.pieces = append(p.pieces, piece{len(p.Text), src, src})
	p.Text = append(p.Text, c)
}

// Each calls yield for every piece of [start, end) with its place in the text
// and in the source.
func (p *Plain) Each(yield func(text []byte, at, start, end int)) {
	for i, x := range p.pieces {
		yield(p.Text[x.at:p.stop(i)], x.at, x.start, x.end)
	}
}

func (p *Plain) stop(i int) int {
	if i+1 < len(p.pieces) {
		return p.pieces[i+1].at
	}
	return len(p.Text)
}

// Range is a half-open range of source bytes.
type Range struct{ Start, End int }

// Ranges returns the source ranges of Text[start:end], sorted and joined where
// they touch; tags between runs are not in them.
func (p *Plain) Ranges(start, end int) []Range {
	var out []Range
	first := sort.Search(len(p.pieces), func(i int) bool { return p.stop(i) > start })
	for i := first; i < len(p.pieces) && p.pieces[i].at < end; i++ {
		x, stop := p.pieces[i], p.stop(i)
		r := Range{x.start, x.end}
		if x.end-x.start == stop-x.at { // one to one: part of the piece may go
			r.Start += max(start, x.at) - x.at
			r.End -= stop - min(end, stop)
		}
		if n := len(out); n > 0 && out[n-1].End == r.Start {
			out[n-1].End = r.End
		} else if r.Start < r.End {
			out = append(out, r)
		}
	}
	return out
}
