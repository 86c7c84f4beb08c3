package server

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/internal/metrics"
)

// smallBody is not worth compressing.
const smallBody = 512

// pageRequest is a request to POST /v1/filter once its head is understood.
type pageRequest struct {
	page    filter.Page // without its body
	how     filter.Request
	coding  string // of the body
	answer  string // coding of the answer
	json    bool
	minimal bool
}

// reply is an answer that is ready to be written.
type reply struct {
	status  int
	body    []byte
	result  filter.Result
	request *pageRequest
	coding  string
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
	rep.write(w)
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
	if req.how, err = query(r); err != nil {
		return nil, err
	}
	req.json = wantsJSON(r.Header, media)
	req.page = filter.Page{ID: r.URL.Query().Get("id"), URL: r.URL.Query().Get("url"), ContentType: r.Header.Get("Content-Type")}
	return req, nil
}

// inSlot waits for a slot and does in it all that costs processor time. It
// also returns the page that was judged, after Content-Encoding.
func (s *Server) inSlot(ctx context.Context, req *pageRequest, wire []byte, acct *account) (*reply, []byte, error) {
	if err := s.slots.acquire(ctx); err != nil {
		return nil, nil, err
	}
	defer s.slots.release()
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

// reply makes the answer's bytes.
func (s *Server) reply(req *pageRequest, res filter.Result) (*reply, error) {
	rep := &reply{status: http.StatusOK, request: req, result: res, coding: codingIdentity}
	if req.minimal && res.Verdict == filter.Clean {
		rep.status = http.StatusNoContent
		return rep, nil
	}
	rep.body = res.Content
	if req.json {
		b, err := res.MarshalJSON()
		if err != nil {
			return nil, err
		}
		rep.body = append(b, '\n')
	}
	if req.answer != codingIdentity && len(rep.body) >= smallBody {
		b, err := s.codecs.compress(req.answer, rep.body)
		if err != nil {
			return nil, err
		}
		rep.body, rep.coding = b, req.answer
	}
	return rep, nil
}

// write sends the answer. A client that left is noticed by the connection.
func (rep *reply) write(w *response) {
	h, res := w.Header(), &rep.result
	names := make([]string, len(res.Categories))
	for i, c := range res.Categories {
		names[i] = string(c)
	}
	h.Set("Dross-Verdict", string(res.Verdict))
	h.Set("Dross-Removed-Bytes", strconv.Itoa(res.RemovedBytes))
	h.Set("Dross-Blocks", strconv.Itoa(removedBlocks(res)))
	h.Set("Dross-Categories", strings.Join(names, ","))
	h.Set("Dross-Lists", res.Lists)
	h.Set("Vary", "Accept, Accept-Encoding, Prefer")
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	if rep.request.minimal {
		h.Set("Preference-Applied", "return=minimal")
	}
	if rep.status == http.StatusNoContent {
		w.WriteHeader(rep.status)
		return
	}
	h.Set("Content-Type", res.ContentType)
	if rep.request.json {
		h.Set("Content-Type", typeJSON)
	}
	if rep.coding != codingIdentity {
		h.Set("Content-Encoding", rep.coding)
	}
	h.Set("Content-Length", strconv.Itoa(len(rep.body)))
	w.WriteHeader(rep.status)
	_, _ = w.Write(rep.body)
}

func removedBlocks(res *filter.Result) int {
	n := 0
	for i := range res.Blocks {
		if res.Blocks[i].Action == filter.Removed {
			n++
		}
	}
	return n
}
