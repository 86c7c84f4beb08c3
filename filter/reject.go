package filter

import (
	"fmt"

	"github.com/drosshq/dross/internal/judge"
	"github.com/drosshq/dross/internal/page"
)

// A page that lost a block is not worth keeping with fewer than minRest letters
// left, or with a few phrases of a long list: less than a tenth of what went.
const (
	minRest    = 25
	fewPhrases = 80
)

// reason says why the page that was scanned last is not worth keeping, or
// nothing: blocks were nearly all there was to it. before and after are its
// bytes with and without them.
func (w *work) reason(before, after int) string {
	if after < before {
		gone := before - after
		if rest := w.rest(); rest < minRest && gone > 3*rest || rest < fewPhrases && gone > 10*rest {
			return fmt.Sprintf("nothing worth keeping is left: %d letters beside the removed blocks", rest)
		}
	}
	return ""
}

// wholly says why the page that was scanned last is spam throughout, or nothing.
func (w *work) wholly() string {
	if len(w.sketches) == 0 {
		return ""
	}
	w.count()
	return judge.Wholly(w.f.entries, w.sketches, w.doc.Segments, w.lettersOf)
}

// rest counts the letters in the flow of the page.
func (w *work) rest() int {
	w.count()
	n := 0
	for i, s := range w.doc.Segments {
		switch s.Zone {
		case page.Text, page.Line, page.Heading, page.Link:
			n += w.lettersOf(i)
		}
	}
	return n
}

// count counts the letters of every segment, once for a scanned page, and returns
// their sum.
func (w *work) count() int {
	sum := 0
	for i := range w.doc.Segments {
		n := w.lettersOf(i)
		if i == len(w.counts) {
			w.counts = append(w.counts, n)
		}
		sum += n
	}
	return sum
}

// lettersOf counts the letters of a segment.
func (w *work) lettersOf(i int) int {
	if i < len(w.counts) {
		return w.counts[i]
	}
	start, end := w.hay.Segment(i)
	return w.hay.Letters(start, end)
}
