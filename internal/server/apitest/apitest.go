// Package apitest holds live requests and answers against the description of
// the service. Only tests import it.
package apitest

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
)

// Transport is a RoundTripper that fails a request whose answer is not as the
// description says: status, headers, type and body. A request that is not
// described must be answered with a problem. It reads whole bodies.
type Transport struct {
	base    http.RoundTripper
	doc     *openapi3.T
	router  routers.Router
	checked atomic.Int64
}

// New checks the description itself and returns a transport over base.
func New(spec []byte, base http.RoundTripper) (*Transport, error) {
	loader := openapi3.NewLoader()
	doc, err := loader.LoadFromData(spec)
	if err != nil {
		return nil, fmt.Errorf("reading the description: %w", err)
	}
	if err := doc.Validate(loader.Context); err != nil {
		return nil, fmt.Errorf("checking the description: %w", err)
	}
	router, err := legacy.NewRouter(doc)
	if err != nil {
		return nil, fmt.Errorf("routes of the description: %w", err)
	}
	for _, ct := range []string{
		"text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/x-ndjson",
		"application/openmetrics-text", "application/vnd.google.protobuf",
	} {
		openapi3filter.RegisterBodyDecoder(ct, plain)
	}
	return &Transport{base: base, doc: doc, router: router}, nil
}

func plain(r io.Reader, _ http.Header, _ *openapi3.SchemaRef, _ openapi3filter.EncodingFn) (any, error) {
	b, err := io.ReadAll(r)
	return string(b), err
}

// Checked counts the answers that were held against the description.
func (t *Transport) Checked() int64 { return t.checked.Load() }

// RoundTrip sends the request and checks request and answer.
func (t *Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	in, route, badRequest := t.request(r)
	resp, err := t.base.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	t.checked.Add(1)
	if badRequest != nil {
		if resp.StatusCode < 400 {
			return nil, fmt.Errorf("%s %s: answered %d, but the request is not as described: %w", r.Method, r.URL, resp.StatusCode, badRequest)
		}
		return resp, t.problem(r, resp, body)
	}
	if err := t.response(r, in, route, resp, body); err != nil {
		return nil, fmt.Errorf("%s %s: answer %d is not as described: %w", r.Method, r.URL, resp.StatusCode, err)
	}
	return resp, nil
}

// request checks a copy of the request without its body, which is bytes of any kind.
func (t *Transport) request(r *http.Request) (*openapi3filter.RequestValidationInput, *routers.Route, error) {
	c := r.Clone(r.Context())
	c.Body, c.GetBody = nil, nil
	if c.Method == http.MethodHead {
		c.Method = http.MethodGet
	}
	c.URL.Scheme, c.URL.Host = "", ""
	route, params, err := t.router.FindRoute(c)
	if err != nil {
		return nil, nil, err
	}
	in := &openapi3filter.RequestValidationInput{
		Request: c, PathParams: params, Route: route,
		Options: &openapi3filter.Options{ExcludeRequestBody: true, IncludeResponseStatus: true, MultiError: true},
	}
	return in, route, openapi3filter.ValidateRequest(r.Context(), in)
}

func (t *Transport) response(r *http.Request, in *openapi3filter.RequestValidationInput, route *routers.Route, resp *http.Response, body []byte) error {
	if resp.Header.Get("X-Request-Id") == "" {
		return errors.New("no X-Request-Id")
	}
	if r.Method == http.MethodHead {
		if len(body) > 0 {
			return errors.New("an answer to HEAD has a body")
		}
		return nil
	}
	decoded := body
	if resp.Header.Get("Content-Encoding") != "" {
		if resp.Header.Get("Content-Encoding") != "gzip" {
			return nil // bytes that tests look at themselves
		}
		zr, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return err
		}
		if decoded, err = io.ReadAll(zr); err != nil {
			return err
		}
	}
	out := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: in, Status: resp.StatusCode, Header: resp.Header, Options: in.Options,
	}
	if err := openapi3filter.ValidateResponse(r.Context(), out.SetBodyBytes(decoded)); err != nil {
		return err
	}
	if route.Path == "/v1/batch" && resp.StatusCode == http.StatusOK {
		return t.Lines(decoded)
	}
	return nil
}

// problem checks the answer to a request that is not described.
func (t *Transport) problem(r *http.Request, resp *http.Response, body []byte) error {
	if r.Method == http.MethodHead {
		return nil
	}
	if ct := resp.Header.Get("Content-Type"); ct != "application/problem+json" {
		return fmt.Errorf("%s %s: answer %d has type %q", r.Method, r.URL, resp.StatusCode, ct)
	}
	return t.schema("Problem", body)
}

// Lines checks the answer of a batch, line by line.
func (t *Transport) Lines(body []byte) error {
	n := 0
	for line := range bytes.Lines(body) {
		n++
		var head struct{ Error json.RawMessage }
		if err := json.Unmarshal(line, &head); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		name := "Result"
		if head.Error != nil {
			name = "RecordError"
		}
		if err := t.schema(name, line); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return nil
}

func (t *Transport) schema(name string, body []byte) error {
	ref, ok := t.doc.Components.Schemas[name]
	if !ok {
		return fmt.Errorf("the description has no schema %s", name)
	}
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		return err
	}
	if err := ref.Value.VisitJSON(v, openapi3.EnableJSONSchema2020()); err != nil {
		return fmt.Errorf("not a %s: %w", name, err)
	}
	return nil
}
