package server

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/internal/metrics"
	"github.com/drosshq/dross/lists"
)

// The names that a query may hold. Others are faults: with a misspelt dry_run
// or categories the page would be judged otherwise than was meant.
var (
	filterQuery = []string{"dry_run", "explain", "categories", "id", "url"}
	batchQuery  = []string{"dry_run", "explain", "categories"}
	reloadQuery = []string{"force"}
)

// query reads the query of a request, which holds names of known only.
func query(r *http.Request, known []string) (url.Values, error) {
	if r.URL.RawQuery == "" {
		return nil, nil
	}
	q, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, badQuery("the query cannot be read: %v", err)
	}
	for name := range q {
		if !slices.Contains(known, name) {
			return nil, badQuery("unknown query parameter %q, known are %s", clip(name), strings.Join(known, ", "))
		}
	}
	return q, nil
}

func badQuery(format string, args ...any) error {
	return problemf(http.StatusBadRequest, metrics.ReasonRequest, format, args...)
}

// flag reads a switch, off where it is not given.
func flag(q url.Values, name string) (bool, error) {
	if !q.Has(name) {
		return false, nil
	}
	on, err := strconv.ParseBool(q.Get(name))
	if err != nil {
		return false, badQuery("%s=%q is not 1 or 0", name, clip(q.Get(name)))
	}
	return on, nil
}

// how reads how a page is to be judged.
func how(q url.Values) (req filter.Request, err error) {
	if req.DryRun, err = flag(q, "dry_run"); err != nil {
		return req, err
	}
	if req.Explain, err = flag(q, "explain"); err != nil {
		return req, err
	}
	for _, v := range q["categories"] {
		for name := range strings.SplitSeq(v, ",") {
			c, err := lists.ParseCategory(strings.TrimSpace(name))
			if err != nil || c == lists.Any {
				return req, badQuery("unknown category %q", clip(name))
			}
			req.Categories = append(req.Categories, c)
		}
	}
	return req, nil
}
