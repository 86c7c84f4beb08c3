// Package client talks to a dross service.
//
//	c, err := client.New("http://dross:8866", client.Options{})
//	res, err := c.Clean(ctx, filter.Page{ContentType: "text/html", Body: body})
//
// Clean gives the same Result as filter.Filter, so that a program can move from
// the library to the service and back.
//
// # Retries
//
// A service at its capacity says 503 and when to come back, a proxy before it
// may say 429; the client does, up to Options.Retries times, and no sooner than it was told. Broken
// connections are tried again too: judging a page twice does no harm. The
// context ends waiting and trying at once.
//
// # Concurrency
//
// A Client never changes; any number of goroutines may share it.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/drosshq/dross/filter"
)

// Options change how a client works. The zero value is the documented default.
type Options struct {
	// HTTPClient sends the requests; nil means one of its own, with room for
	// 64 idle connections to the service.
	HTTPClient *http.Client
	// Retries is how often a request is tried again; 0 means 4, below 0 never.
	Retries int
	// Backoff is the wait before the first retry where the service does not
	// say; it doubles each time. 0 means 100 ms.
	Backoff time.Duration
	// MaxWait is the longest wait before a retry; a service that asks for more
	// is not tried again. 0 means 30 s.
	MaxWait time.Duration
	// MaxAnswer is the largest answer that is read, in bytes; 0 means 512 MiB.
	MaxAnswer int64
}

// Client sends pages to one service. Make one with New.
type Client struct {
	base *url.URL
	opts Options
}

// New makes a client of the service at base, such as "http://127.0.0.1:8866".
func New(base string, opts Options) (*Client, error) {
	u, err := url.Parse(base)
	if err != nil {
		return nil, fmt.Errorf("address of the service: %w", err)
	}
	if u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("address of the service: %q is not http://HOST:PORT or https://HOST:PORT", base)
	}
	u.Path = strings.TrimSuffix(u.Path, "/")
	if opts.HTTPClient == nil {
		opts.HTTPClient = &http.Client{Transport: transport()}
	}
	setDefault(&opts.Retries, 4)
	setDefault(&opts.Backoff, 100*time.Millisecond)
	setDefault(&opts.MaxWait, 30*time.Second)
	setDefault(&opts.MaxAnswer, 512<<20)
	return &Client{base: u, opts: opts}, nil
}

func transport() http.RoundTripper {
	t, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return http.DefaultTransport
	}
	own := t.Clone()
	own.MaxIdleConnsPerHost = 64
	return own
}

func setDefault[T int | int64 | time.Duration](p *T, def T) {
	if *p == 0 {
		*p = def
	}
}

// Clean has the service judge one page. See CleanWith.
func (c *Client) Clean(ctx context.Context, p filter.Page) (filter.Result, error) {
	return c.CleanWith(ctx, p, filter.Request{})
}

// CleanWith has the service judge one page as the request says. Errors are a
// *StatusError where the service refused, the context's, or the transport's.
func (c *Client) CleanWith(ctx context.Context, p filter.Page, how filter.Request) (filter.Result, error) {
	resp, err := c.do(ctx, func() (*http.Request, error) {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.address(p, how), bytes.NewReader(p.Body))
		if err != nil {
			return nil, err
		}
		if p.ContentType != "" {
			r.Header.Set("Content-Type", p.ContentType)
		}
		r.Header.Set("Accept", "application/json")
		return r, nil
	})
	if err != nil {
		return filter.Result{}, fmt.Errorf("filtering a page: %w", err)
	}
	var res filter.Result
	if err := json.Unmarshal(resp, &res); err != nil {
		return filter.Result{}, fmt.Errorf("filtering a page: reading the answer: %w", err)
	}
	return res, nil
}

// address is that of POST /v1/filter with its query.
func (c *Client) address(p filter.Page, how filter.Request) string {
	q := url.Values{}
	set := func(name, value string, ok bool) {
		if ok {
			q.Set(name, value)
		}
	}
	set("id", p.ID, p.ID != "")
	set("url", p.URL, p.URL != "")
	set("dry_run", "1", how.DryRun)
	set("explain", "1", how.Explain)
	names := make([]string, len(how.Categories))
	for i, cat := range how.Categories {
		names[i] = string(cat)
	}
	set("categories", strings.Join(names, ","), len(names) > 0)
	u := *c.base
	u.Path += "/v1/filter"
	u.RawQuery = q.Encode()
	return u.String()
}

// Ready reports whether the service takes pages now; the error says why not.
// It is asked once.
func (c *Client) Ready(ctx context.Context) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base.String()+"/-/ready", nil)
	if err != nil {
		return fmt.Errorf("asking whether the service is ready: %w", err)
	}
	if _, err := c.once(r); err != nil {
		return fmt.Errorf("asking whether the service is ready: %w", err)
	}
	return nil
}

// once sends a request and reads the whole answer.
func (c *Client) once(r *http.Request) ([]byte, error) {
	resp, err := c.opts.HTTPClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, c.opts.MaxAnswer+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading the answer: %w", err)
	case int64(len(body)) > c.opts.MaxAnswer:
		return nil, fmt.Errorf("%w of %d bytes", errAnswerSize, c.opts.MaxAnswer)
	case resp.StatusCode != http.StatusOK:
		return nil, statusError(resp, body)
	}
	return body, nil
}

var errAnswerSize = errors.New("the answer is over the limit")
