package server

import (
	"context"
	"net/http"
	"runtime"
	"time"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/internal/metrics"
)

// pageRequest is a request to POST /v1/filter once its head is understood.
type pageRequest struct {
	page    filter.Page // without its body
	how     filter.Request
	coding  string // of the body
	answer  string // coding of the answer
	json    bool
	minimal bool
}

// filter serves POST /v1/filter.
func (s *Server) filter(w *response, r *http.Request) error {
	start := time.Now()
	req, err := parseHead(r)
	if err != nil {
		return err
	}
	if err := s.admit(); err != nil {
		return err
	}
	ctx, cancel := context.WithDeadline(r.Context(), start.Add(s.limits.RequestTimeout))
	defer cancel()
	acct := &account{from: s.memory}
	defer acct.close()
	wire, err := s.readWire(r, acct, req.coding)
	if err != nil {
		return err
	}
	bodyRead(w)
	rep, page, err := s.inSlot(ctx, req, wire, acct)
	if err != nil {
		return err
	}
	joined(r.Context(), r.ProtoMajor, func() { rep.write(w) })
	freeBuffer(wire) // nothing is freed on the ways out above: an error may have left work behind
	if req.coding != codingIdentity {
		freeBuffer(page)
	}
	return nil
}

// admit refuses at once what would be refused later.
func (s *Server) admit() error {
	if s.opts.Judge() == nil {
		return unready()
	}
	if s.slots.full() {
		return overload(errBusy)
	}
	return nil
}

func unready() error {
	e := problemf(http.StatusServiceUnavailable, metrics.ReasonUnready, "the lists are not in yet")
	e.retryAfter = time.Second
	return e
}

func parseHead(r *http.Request) (*pageRequest, error) {
	req := &pageRequest{minimal: wantsMinimal(r.Header), answer: answerCoding(r.Header)}
	media, err := pageType(r.Header.Get("Content-Type"))
	if err != nil {
		return nil, err
	}
	if req.coding, err = contentCoding(r.Header); err != nil {
		return nil, err
	}
	q, err := query(r, filterQuery)
	if err != nil {
		return nil, err
	}
	if req.how, err = how(q); err != nil {
		return nil, err
	}
	req.json = wantsJSON(r.Header, media)
	req.page = filter.Page{ID: q.Get("id"), URL: q.Get("url"), ContentType: r.Header.Get("Content-Type")}
	return req, nil
}

// inSlot waits for a slot and does in it all that costs processor time. It
// also returns the page that was judged, after Content-Encoding.
func (s *Server) inSlot(ctx context.Context, req *pageRequest, wire []byte, acct *account) (*reply, []byte, error) {
	if err := s.slots.acquire(ctx); err != nil {
		return nil, nil, err
	}
	defer s.slots.release()
	// What became ready while the last page was judged comes first: to read or refuse
	// it costs little, and behind a queue of pages it would wait for seconds.
	runtime.Gosched()
	page := wire
	if req.coding != codingIdentity {
		var err error
		if page, err = s.decode(req.coding, wire, acct); err != nil {
			return nil, nil, err
		}
	}
	p := req.page
	p.Body = page
	res, err := s.judge(ctx, p, req.how)
	if err != nil {
		return nil, nil, err
	}
	rep, err := s.reply(req, res)
	if err != nil {
		return nil, nil, err
	}
	held := int64(cap(wire))
	if req.coding != codingIdentity {
		held += int64(cap(page))
	}
	return rep, page, acct.set(held + int64(len(rep.body)))
}

// judge judges one page and counts it.
func (s *Server) judge(ctx context.Context, p filter.Page, how filter.Request) (filter.Result, error) {
	j := s.opts.Judge()
	if j == nil {
		return filter.Result{}, unready()
	}
	defer s.opts.Metrics.PageStarted()()
	start := time.Now()
	res, err := j.CleanWith(ctx, p, how)
	if err != nil {
		return res, err
	}
	s.opts.Metrics.Page(&res, len(p.Body), how.DryRun, time.Since(start))
	s.shadow.offer(p, how, &res)
	return res, nil
}
