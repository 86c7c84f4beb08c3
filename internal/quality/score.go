package quality

import (
	"bytes"
	"context"
	"fmt"

	"github.com/drosshq/dross/filter"
)

// Cleaner is what is scored; *filter.Filter is one.
type Cleaner interface {
	Clean(ctx context.Context, p filter.Page) (filter.Result, error)
}

// Limits of the labels.
const (
	// removedShare is the share of its phrases that may remain in a page that
	// counts as removed.
	removedShare = 0.05
	// goneShare is the share of a phrase's bytes that must be cut before the
	// phrase counts as gone.
	goneShare = 0.9
	// longPhrase is the number of letters above which a phrase counts.
	longPhrase = 3
)

// Score cleans every page and counts. It stops at the first page that the
// cleaner fails on or whose content is not the input less the removed ranges.
func Score(ctx context.Context, corpus Corpus, cleaner Cleaner) (Report, error) {
	var rep Report
	for i := range corpus.Spam {
		out, err := outcome(ctx, &corpus.Spam[i], cleaner)
		if err != nil {
			return Report{}, err
		}
		rep.addSpam(&corpus.Spam[i], out)
	}
	for i := range corpus.Good {
		out, err := outcome(ctx, &corpus.Good[i], cleaner)
		if err != nil {
			return Report{}, err
		}
		rep.addGood(&corpus.Good[i], out)
	}
	return rep, nil
}

// result is what happened to one page.
type result struct {
	verdict filter.Verdict
	// phrases counts those of the block, left those that remain.
	phrases, left int
	// legit and lost count characters of legitimate text.
	legit, lost int
	touched     bool
}

func (r result) removed() bool { return float64(r.left) <= removedShare*float64(r.phrases) }

func outcome(ctx context.Context, c *Case, cleaner Cleaner) (result, error) {
	res, err := cleaner.Clean(ctx, c.Page)
	if err != nil {
		return result{}, fmt.Errorf("score page %s: %w", c.ID, err)
	}
	gone, err := removedRanges(c.Page.Body, res)
	if err != nil {
		return result{}, fmt.Errorf("score page %s: %w", c.ID, err)
	}
	out := count(c.spans, gone)
	out.verdict = res.Verdict
	out.touched = res.Verdict != filter.Clean || !bytes.Equal(res.Content, c.Page.Body)
	return out, nil
}

// byteRange is half-open.
type byteRange struct{ start, end int }

// removedRanges returns what was cut, sorted and disjoint; all of the page
// when it was rejected. It fails when the ranges do not explain the content.
func removedRanges(body []byte, res filter.Result) ([]byteRange, error) {
	if res.Verdict == filter.Rejected {
		return []byteRange{{0, len(body)}}, nil
	}
	var gone []byteRange
	var rest []byte
	at := 0
	for _, b := range res.Blocks {
		if b.Action != filter.Removed {
			continue
		}
		if b.Start < at || b.End < b.Start || b.End > len(body) {
			return nil, fmt.Errorf("removed range %d-%d is out of order or outside of the page", b.Start, b.End)
		}
		rest = append(rest, body[at:b.Start]...)
		gone, at = append(gone, byteRange{b.Start, b.End}), b.End
	}
	if rest = append(rest, body[at:]...); !bytes.Equal(rest, res.Content) {
		return nil, fmt.Errorf("content is not the input less its removed ranges")
	}
	return gone, nil
}

// count compares labels with removed ranges. Phrases of at most longPhrase
// letters count only in a page that has no other.
func count(spans []span, gone []byteRange) result {
	shortest := longPhrase
	if !anyLong(spans) {
		shortest = 0
	}
	var out result
	next := 0
	for _, s := range spans {
		for next < len(gone) && gone[next].end <= s.start {
			next++
		}
		cut := overlap(s, gone[next:])
		size := s.end - s.start
		switch {
		case !s.spam:
			out.legit += s.chars
			if size > 0 {
				out.lost += (s.chars*cut + size - 1) / size
			}
		case s.chars > shortest:
			out.phrases++
			if float64(cut) < goneShare*float64(size) {
				out.left++
			}
		}
	}
	return out
}

func anyLong(spans []span) bool {
	for _, s := range spans {
		if s.spam && s.chars > longPhrase {
			return true
		}
	}
	return false
}

func overlap(s span, gone []byteRange) int {
	n := 0
	for _, g := range gone {
		if g.start >= s.end {
			break
		}
		n += min(s.end, g.end) - max(s.start, g.start)
	}
	return n
}
