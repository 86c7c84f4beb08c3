package filter

import (
	"bytes"
	"context"
	"slices"

	"github.com/drosshq/dross/internal/cut"
	"github.com/drosshq/dross/internal/judge"
	"github.com/drosshq/dross/internal/match"
	"github.com/drosshq/dross/internal/page"
	"github.com/drosshq/dross/lists"
)

// work is the memory of one judgement, kept between pages; nothing of one page
// is read for the next.
type work struct {
	f     *Filter
	req   Request
	kind  page.Kind
	rules []siteRule // for the site of the page

	scanned        bool   // the page is scanned already
	remains        []byte // the page less what went in earlier rounds
	doc            page.Doc
	hay            match.Haystack
	mapped         match.Haystack
	open           []int
	sketches       []judge.Sketch
	found, allowed []judge.Hit // of one text
	groups         []judge.Group
	cuts           int   // separators that texts of this round are judged without
	letters        int   // of the page
	counts         []int // of each segment, once all are counted
}

func (w *work) begin(f *Filter, req Request, kind page.Kind, rules []siteRule) {
	w.f, w.req, w.kind, w.rules, w.scanned = f, req, kind, rules, false
}

// body judges the bytes of a page. The output goes out labelled with the charset
// that was read. Where it would be read otherwise all the same, since what is left
// is valid UTF-8 or too far from it, the page is judged once more in that charset,
// so that whoever reads the output reads what was judged. A body that no charset
// fits before and after stays as it is.
func (w *work) body(ctx context.Context, body []byte, label string) (blocks []found, charset, reason string, err error) {
	dec, err := w.read(body, label)
	if err != nil {
		return nil, "", "", err
	}
	first := dec.Charset
	for range maxReadings {
		if blocks, reason, err = w.all(ctx, dec.Text); err == nil {
			blocks, err = locate(dec, blocks)
		}
		if err != nil {
			return nil, "", "", err
		}
		ranges := removedRanges(blocks)
		if len(ranges) == 0 || dec.Valid() {
			return blocks, dec.Charset, reason, nil
		}
		rest, err := page.Decode(cut.Apply(body, ranges), dec.Charset, w.kind)
		if err != nil {
			return nil, "", "", err
		}
		if rest.Charset == dec.Charset || w.readsAlike(rest, dec.Charset) {
			return blocks, dec.Charset, reason, nil
		}
		if dec, err = page.DecodeAs(body, rest.Charset); err != nil {
			return nil, "", "", err
		}
	}
	return nil, first, "", nil
}

// read decodes a body. One that looks like UTF-8 is scanned before it is known to
// be: most are, and then nothing has to be read twice.
func (w *work) read(body []byte, label string) (page.Decoded, error) {
	if page.PlausiblyUTF8(body, label) {
		w.scan(body)
		if !w.hay.Broken() && w.doc.ValidOutside() {
			w.scanned = true
			return page.AsUTF8(body), nil
		}
	}
	return page.Decode(body, label, w.kind)
}

// readsAlike reports whether a body is the same text in another charset, as one
// without anything but ASCII is.
func (w *work) readsAlike(d page.Decoded, charset string) bool {
	other, err := d.As(charset)
	return err == nil && bytes.Equal(d.Text, other.Text)
}

// maxReadings is in how many charsets a body is judged before it is left alone.
const maxReadings = 3

// scan reads the text into segments and their codes.
func (w *work) scan(text []byte) {
	if w.kind == page.KindHTML {
		w.doc.ScanHTML(text)
	} else {
		w.doc.ScanText(text)
	}
	w.hay.Reset()
	w.counts = w.counts[:0]
	m := w.f.matcher
	add := func(piece []byte, _, _ int) { m.Append(&w.hay, piece) }
	for _, s := range w.doc.Segments {
		w.hay.Break()
		for i := s.First; i < s.Last; i++ {
			r := w.doc.Runs[i]
			if i > s.First && r.Break >= page.Space {
				m.Append(&w.hay, blank)
			}
			if w.doc.Simple(r) {
				m.Append(&w.hay, text[r.Start:r.End])
				continue
			}
			w.doc.Pieces(r, add)
		}
	}
}

var blank = []byte{' '}

// gate is the first stage: it reports whether any text of the page can be a
// block, by the distinct entries that occur in it.
func (w *work) gate() bool {
	w.sketches, w.groups = w.sketches[:0], nil
	w.sketch(w.gated())
	w.groups = judge.Candidates(w.f.entries, w.sketches, w.lettersOf)
	if len(w.groups) == 0 {
		return false
	}
	w.letters = w.count()
	return true
}

// gated returns the segments in which a firm or strong entry occurs.
func (w *work) gated() []int {
	w.open = w.open[:0]
	seg, end := -1, 0
	w.f.matcher.Gates(&w.hay, func(pos int) int {
		for pos >= end {
			seg++
			_, end = w.hay.Segment(seg)
			end++ // the break belongs to nobody
		}
		w.open = append(w.open, seg)
		return end
	})
	return w.open
}

// reach is how far from a segment with a firm or strong entry others may belong
// to its block.
const reach = 3

// sketch notes the hits of the given segments and of those near them.
func (w *work) sketch(segments []int) {
	next := 0
	for _, s := range segments {
		for i := max(next, s-reach); i <= s+reach && i < len(w.doc.Segments); i++ {
			w.sketchOne(i)
			next = i + 1
		}
	}
}

func (w *work) sketchOne(i int) {
	start, end := w.hay.Segment(i)
	hits := w.hits(&w.hay, start, end)
	if len(hits) == 0 {
		return
	}
	sk := judge.Sketch{Segment: i, Zone: w.doc.Segments[i].Zone, Letters: w.hay.Letters(start, end), Hits: slices.Clone(hits)}
	cover := judge.Cover(hits)
	sk.Spots = make([]judge.Spot, 0, len(cover))
	end = start
	for _, p := range cover {
		letters := w.hay.Letters(p.Start, p.End)
		sk.Spots = append(sk.Spots, judge.Spot{End: int32(p.End), Letters: int32(letters), Gap: int32(w.hay.Letters(end, p.Start))})
		sk.Covered += letters
		end = p.End
	}
	w.sketches = append(w.sketches, sk)
}

// hits returns what occurs between two code positions, sorted by place; what a
// longer allow entry protects is marked safe. They are good until the next call.
func (w *work) hits(h *match.Haystack, start, end int) []judge.Hit {
	block, allow := w.found[:0], w.allowed[:0]
	w.f.matcher.Each(h, start, end, func(m match.Match) bool {
		e := w.f.entries[m.Pattern]
		hit := judge.Hit{Entry: int32(m.Pattern), Start: int32(m.Start), End: int32(m.End)}
		switch {
		case e.Strength == lists.Allow:
			allow = append(allow, hit)
		case w.wanted(e.Category):
			block = append(block, hit)
		}
		return true
	})
	w.found, w.allowed = block, allow
	return judge.Protect(w.f.entries, block, allow)
}

// wanted reports whether the request asks for a category.
func (w *work) wanted(c lists.Category) bool {
	return c == lists.Any || w.req.Categories == nil || slices.Contains(w.req.Categories, c)
}

// tree parses the page. A page that the parser refuses is judged without one:
// its text is cut, its elements stay.
func (w *work) tree() *page.Tree {
	if w.kind != page.KindHTML {
		return nil
	}
	t, err := page.NewTree(&w.doc)
	if err != nil {
		return nil
	}
	var keep []page.Selector
	for _, r := range w.rules {
		keep = append(keep, r.keep...)
	}
	for _, s := range keep {
		if t.TooMuch(s) {
			return nil // as if it had no tree: an error, where a rule asks for one
		}
	}
	if len(keep) > 0 {
		t.Keep(keep)
	}
	return t
}

// text returns the plain text of a segment and the hits in it.
func (w *work) text(i int) (*page.Plain, judge.Text) {
	seg := w.doc.Segments[i]
	p := w.doc.Plain(seg)
	w.mapped.Reset()
	w.mapped.Break()
	p.Each(func(text []byte, at, _, _ int) { w.f.matcher.AppendAt(&w.mapped, text, at, at+len(text)) })
	start, end := w.mapped.Segment(0)
	hits := w.hits(&w.mapped, start, end)
	for k := range hits {
		from, to := w.mapped.Source(int(hits[k].Start), int(hits[k].End))
		hits[k].Start, hits[k].End = int32(from), int32(to)
	}
	p = w.despaced(p, hits)
	hits = slices.Clone(w.toned(hits, p.Text))
	return p, judge.Text{Plain: p.Text, Hits: hits, Items: judge.Split(w.f.entries, p.Text, hits), Zone: seg.Zone, Quoting: w.quoted(i)}
}

// mostCuts bounds the memory that texts without their separators take; what comes
// after is judged with them.
const mostCuts = 1 << 16

// despaced returns the text without the separators that set the letters of words
// apart, and moves the hits: what it says is what is judged.
func (w *work) despaced(p *page.Plain, hits []judge.Hit) *page.Plain {
	cuts := w.mapped.Dropped()
	cuts = cuts[:min(len(cuts), mostCuts-w.cuts)]
	if len(cuts) == 0 {
		return p
	}
	w.cuts += len(cuts)
	p, moved := p.Without(cuts)
	for k := range hits {
		hits[k] = hits[k].Moved(moved)
	}
	return p
}

// quoted reports whether a segment is marked as code, a quotation or a table by
// its own text.
func (w *work) quoted(i int) bool { return w.doc.Segments[i].Quoted || w.doc.InTable(i) }

// toned looks at the tones of Vietnamese terms: without them a term is weak, with
// others it is another word.
func (w *work) toned(hits []judge.Hit, text []byte) []judge.Hit {
	out := hits[:0]
	for _, h := range hits {
		if w.f.langs[h.Entry] == "vi" {
			switch w.f.matcher.Tones(int(h.Entry), string(text[h.Start:h.End])) {
			case match.ToneOther:
				continue
			case match.ToneMissing:
				h.Weak = true
			}
		}
		out = append(out, h)
	}
	return out
}
