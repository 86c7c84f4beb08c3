package server

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/drosshq/dross/lists"
)

// listsInfo is the answer of GET /v1/lists.
type listsInfo struct {
	Revision   string                 `json:"revision"`
	Entries    int                    `json:"entries"`
	Categories map[lists.Category]int `json:"categories"`
	Lists      []listInfo             `json:"lists"`
	Shadow     string                 `json:"shadow,omitempty"` // revision
}

type listInfo struct {
	Name    string `json:"name"`
	Entries int    `json:"entries"`
}

// lists serves GET /v1/lists.
func (s *Server) lists(w *response, _ *http.Request) error {
	j := s.opts.Judge()
	if j == nil {
		return unready()
	}
	set := j.Lists()
	info := listsInfo{Revision: set.Revision(), Entries: set.Len(), Categories: map[lists.Category]int{}, Lists: []listInfo{}}
	for e := range set.Entries() {
		info.Categories[e.Category]++
	}
	for _, l := range set.Lists() {
		info.Lists = append(info.Lists, listInfo{l.Name, len(l.Entries)})
	}
	if s.opts.Shadow != nil {
		if sh := s.opts.Shadow(); sh != nil {
			info.Shadow = sh.Lists().Revision()
		}
	}
	return writeJSON(w, info)
}

func writeJSON(w *response, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	writeBytes(w, typeJSON, append(b, '\n'))
	return nil
}

// writeBytes answers 200; net/http drops the body of an answer to HEAD.
func writeBytes(w *response, contentType string, b []byte) {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(b)))
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(b)
}

func healthy(w *response, _ *http.Request) error {
	writeBytes(w, "text/plain; charset=utf-8", []byte("dross is healthy.\n"))
	return nil
}

// ready serves readiness: lists are in and the service is not about to end.
func (s *Server) ready(w *response, _ *http.Request) error {
	switch {
	case s.draining.Load():
		return problemf(http.StatusServiceUnavailable, "", "the service is about to end")
	case s.opts.Judge() == nil:
		return unready()
	}
	writeBytes(w, "text/plain; charset=utf-8", []byte("dross is ready.\n"))
	return nil
}

// reload serves POST /-/reload; ?force=1 takes lists that have shrunk.
func (s *Server) reload(w *response, r *http.Request) error {
	q, err := query(r, reloadQuery)
	if err != nil {
		return err
	}
	force, err := flag(q, "force")
	if err != nil {
		return err
	}
	if err := s.opts.Reload(r.Context(), force); err != nil {
		return problemf(http.StatusUnprocessableEntity, "", "the old lists and settings stay in use: %v", err)
	}
	return s.lists(w, r)
}

func (s *Server) metrics() handler {
	h := promhttp.HandlerFor(s.opts.Gatherer, promhttp.HandlerOpts{EnableOpenMetrics: true})
	return func(w *response, r *http.Request) error {
		h.ServeHTTP(w, r)
		return nil
	}
}
