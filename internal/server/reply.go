package server

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/drosshq/dross/filter"
)

// smallBody is not worth compressing.
const smallBody = 512

// reply is an answer that is ready to be written.
type reply struct {
	status  int
	body    []byte
	result  filter.Result
	request *pageRequest
	coding  string
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

// Values that many answers share; net/http only reads them.
var (
	varyOfPages  = []string{"Accept, Accept-Encoding, Prefer"}
	pagesSandbox = []string{"sandbox; default-src 'none'"}
	noSniff      = []string{"nosniff"}
	noStore      = []string{"no-store"}
)

// write sends the answer. A client that left is noticed by the connection.
func (rep *reply) write(w *response) {
	h, res := w.Header(), &rep.result
	h["Dross-Verdict"] = []string{string(res.Verdict)}
	h["Dross-Removed-Bytes"] = []string{strconv.Itoa(res.RemovedBytes)}
	h["Dross-Blocks"] = []string{strconv.Itoa(removedBlocks(res))}
	h["Dross-Categories"] = []string{categoryNames(res)}
	h["Dross-Lists"] = []string{res.Lists}
	h["Vary"] = varyOfPages
	h["Content-Security-Policy"] = pagesSandbox
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

func categoryNames(res *filter.Result) string {
	names := make([]string, len(res.Categories))
	for i, c := range res.Categories {
		names[i] = string(c)
	}
	return strings.Join(names, ",")
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
