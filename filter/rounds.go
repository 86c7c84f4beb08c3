package filter

import (
	"context"

	"github.com/drosshq/dross/internal/cut"
	"github.com/drosshq/dross/internal/page"
)

// maxRounds bounds how often the remaining page is judged again. What goes
// changes what stands first, last or alone, so one round may open the next;
// pages settle after two.
const maxRounds = 50

// all judges a text until nothing more goes, so that filtering the output again
// removes nothing. Blocks have ranges of the text given; reason says why the page
// is not worth keeping.
func (w *work) all(ctx context.Context, text []byte) (out []found, reason string, err error) {
	var gone []page.Range
	cur, judged := text, false
	for range maxRounds {
		round, ruled, err := w.round(ctx, cur)
		if err != nil {
			return nil, "", err
		}
		if !judged && !ruled {
			if why := w.wholly(); why != "" { // do not try to strip it
				return nil, why, nil
			}
		}
		ranges := removedRanges(round)
		for _, b := range round {
			if b.block.Action == Kept && judged {
				continue // told in the first round, or stands there still
			}
			b.at = cut.Back(gone, b.at)
			out = append(out, b)
		}
		if len(ranges) == 0 {
			return merge(out), w.reason(len(text), len(cur)), nil
		}
		judged = judged || !ruled
		gone = cut.Compose(gone, ranges)
		w.remains = cut.Append(w.remains[:0], text, gone)
		cur = w.remains
	}
	return nil, "", &LimitError{Limit: "rounds of judgement", Max: maxRounds, Unit: "rounds"}
}

// round takes what rules for the site pick; where that is nothing, it judges a
// text once: stage 1, and what it leaves, stage 2. Ruled says that it was the first.
func (w *work) round(ctx context.Context, text []byte) (blocks []found, ruled bool, err error) {
	if err := ctx.Err(); err != nil {
		return nil, false, err
	}
	if !w.scanned {
		w.scan(text)
	}
	w.scanned = false
	if w.kind == page.KindHTML && w.strips() {
		if blocks, err = w.strip(); err != nil || len(blocks) > 0 {
			return blocks, true, err
		}
	}
	if !w.gate() {
		return nil, false, ctx.Err()
	}
	if err := ctx.Err(); err != nil {
		return nil, false, err
	}
	blocks, err = w.decide()
	return blocks, false, err
}
