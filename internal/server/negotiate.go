package server

import (
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/htmlindex"

	"github.com/drosshq/dross/internal/metrics"
)

const typeJSON = "application/json"

// pageTypes are the types that the filter judges.
var pageTypes = []string{"text/html", "application/xhtml+xml", "text/plain", "text/markdown"}

// pageType checks the Content-Type of a page before its body is read. It
// returns the bare type; empty means that it is to be sniffed.
func pageType(contentType string) (string, error) {
	if contentType == "" {
		return "", nil
	}
	media, params, err := mime.ParseMediaType(contentType)
	if err != nil || !slices.Contains(pageTypes, media) {
		return "", wrongType(contentType, pageTypes)
	}
	if cs := params["charset"]; cs != "" {
		if _, err := htmlindex.Get(cs); err != nil {
			return "", problemf(http.StatusUnsupportedMediaType, metrics.ReasonContentType, "charset %q is not one that browsers know", clip(cs))
		}
	}
	return media, nil
}

// wrongType says which types a request may have, in words and in Accept.
func wrongType(got string, types []string) error {
	all := strings.Join(types, ", ")
	e := problemf(http.StatusUnsupportedMediaType, metrics.ReasonContentType, "content type %q is not one of %s", clip(got), all)
	e.header = map[string]string{"Accept": all}
	return e
}

// preference is one element of an Accept header.
type preference struct {
	name string
	q    float64
}

// preferences reads an Accept-like header; faulty elements count as refused.
func preferences(values []string) []preference {
	var out []preference
	for e := range strings.SplitSeq(strings.Join(values, ","), ",") {
		name, params, _ := strings.Cut(e, ";")
		p := preference{strings.ToLower(strings.TrimSpace(name)), 1}
		for param := range strings.SplitSeq(params, ";") {
			if k, v, ok := strings.Cut(param, "="); ok && strings.EqualFold(strings.TrimSpace(k), "q") {
				q, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
				if err != nil || !(q >= 0 && q <= 1) {
					q = 0
				}
				p.q = q
			}
		}
		if p.name != "" {
			out = append(out, p)
		}
	}
	return out
}

// quality is the q of the first of names that the header has; names go from
// the closest to the loosest.
func quality(prefs []preference, names ...string) (float64, bool) {
	for _, n := range names {
		for _, p := range prefs {
			if p.name == n {
				return p.q, true
			}
		}
	}
	return 0, false
}

// wantsJSON reports whether the client asks for the result object: it must
// name JSON, and like it no less than the page itself.
func wantsJSON(h http.Header, page string) bool {
	prefs := preferences(h.Values("Accept"))
	asJSON, named := quality(prefs, typeJSON)
	if !named || asJSON == 0 {
		return false
	}
	major, _, _ := strings.Cut(page, "/")
	asPage, _ := quality(prefs, page, major+"/*", "*/*")
	return asJSON >= asPage
}

// answerCoding chooses the coding of an answer.
func answerCoding(h http.Header) string {
	prefs := preferences(h.Values("Accept-Encoding"))
	best, bestQ := codingIdentity, 0.0
	for _, c := range []string{codingZstd, codingGzip, codingBrotli} {
		if q, _ := quality(prefs, c, "*"); q > bestQ {
			best, bestQ = c, q
		}
	}
	if q, named := quality(prefs, codingIdentity); named && q > bestQ {
		return codingIdentity
	}
	return best
}

// wantsMinimal reports whether the client asks for no body where nothing was removed.
func wantsMinimal(h http.Header) bool {
	for e := range strings.SplitSeq(strings.Join(h.Values("Prefer"), ","), ",") {
		name, _, _ := strings.Cut(e, ";")
		k, v, _ := strings.Cut(name, "=")
		if strings.EqualFold(strings.TrimSpace(k), "return") && strings.EqualFold(strings.Trim(strings.TrimSpace(v), `"`), "minimal") {
			return true
		}
	}
	return false
}
