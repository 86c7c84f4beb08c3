package server

import (
	"bytes"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/internal/metrics"
)

// shadowQueue is how many pages wait for the shadow lists.
const shadowQueue = 64

// shadow judges pages a second time with other lists, one at a time and never
// in a client's way, and counts how the outcomes differ.
type shadow struct {
	s     *Server
	work  chan shadowPage
	ended sync.WaitGroup
}

type shadowPage struct {
	page    filter.Page
	how     filter.Request
	verdict filter.Verdict
	removed int
	ranges  [][2]int
	acct    *account
}

func newShadow(s *Server) *shadow {
	sh := &shadow{s: s, work: make(chan shadowPage, shadowQueue)}
	if s.opts.Shadow != nil {
		sh.ended.Go(sh.run)
	}
	return sh
}

func (sh *shadow) close() {
	close(sh.work)
	sh.ended.Wait()
}

// offer hands a judged page over, where there are shadow lists and time for it.
func (sh *shadow) offer(p filter.Page, how filter.Request, res *filter.Result) {
	if sh.s.opts.Shadow == nil || sh.s.opts.Shadow() == nil {
		return
	}
	acct := &account{from: sh.s.memory}
	if len(sh.work) == cap(sh.work) || acct.set(int64(len(p.Body))) != nil {
		sh.s.opts.Metrics.Shadow(metrics.ShadowSkipped, 0)
		return
	}
	p.Body = bytes.Clone(p.Body)
	sp := shadowPage{page: p, how: how, verdict: res.Verdict, removed: res.RemovedBytes, ranges: ranges(res), acct: acct}
	select {
	case sh.work <- sp:
	default:
		acct.close()
		sh.s.opts.Metrics.Shadow(metrics.ShadowSkipped, 0)
	}
}

func (sh *shadow) run() {
	for sp := range sh.work {
		sh.s.opts.Metrics.Shadow(sh.judge(sp))
		sp.acct.close()
	}
}

func (sh *shadow) judge(sp shadowPage) (o metrics.Outcome, removed int) {
	defer func() {
		if p := recover(); p != nil {
			_ = sh.s.recovered(p) // logs and counts it
			o = metrics.ShadowError
		}
	}()
	j := sh.s.opts.Shadow()
	if j == nil {
		return metrics.ShadowSkipped, 0
	}
	ctx, cancel := context.WithTimeout(context.Background(), sh.s.limits.RequestTimeout)
	defer cancel()
	start := time.Now()
	res, err := j.CleanWith(ctx, sp.page, sp.how)
	if err != nil {
		sh.s.opts.Logger.Debug("shadow lists did not judge a page", "err", err, "duration_seconds", time.Since(start).Seconds())
		return metrics.ShadowError, 0
	}
	return sp.compare(&res), res.RemovedBytes
}

func (sp *shadowPage) compare(res *filter.Result) metrics.Outcome {
	switch {
	case res.RemovedBytes > sp.removed:
		return metrics.ShadowMore
	case res.RemovedBytes < sp.removed:
		return metrics.ShadowLess
	case res.Verdict != sp.verdict || !slices.Equal(sp.ranges, ranges(res)):
		return metrics.ShadowOther
	}
	return metrics.ShadowSame
}

func ranges(res *filter.Result) [][2]int {
	var out [][2]int
	for i := range res.Blocks {
		if b := &res.Blocks[i]; b.Action == filter.Removed {
			out = append(out, [2]int{b.Start, b.End})
		}
	}
	return out
}
