// Command colly follows every link of a site and stores its pages as dross leaves them.
//
//	colly -start http://localhost:8000/ -out pages -dross http://127.0.0.1:8866 -on-failure fail_closed
package main

import (
	"errors"
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/gocolly/colly/v2"

	"github.com/drosshq/dross/deploy/crawlers/colly/transport"
)

func main() {
	start := flag.String("start", "", "first page")
	out := flag.String("out", "", "folder for the pages")
	dross := flag.String("dross", "http://127.0.0.1:8866", "where dross listens")
	onFailure := flag.String("on-failure", string(transport.FailClosed), "fail_closed or fail_open")
	retries := flag.Int("retries", 3, "attempts after the first while dross is away or busy")
	flag.Parse()
	t := &transport.Transport{URL: *dross, OnFailure: transport.OnFailure(*onFailure), Retries: *retries}
	if err := crawl(*start, *out, t); err != nil {
		fmt.Fprintln(os.Stderr, "colly:", err)
		os.Exit(1)
	}
}

// crawl stores each page under its path. A page that fails is told of and left out.
func crawl(start, out string, t *transport.Transport) error {
	u, err := url.Parse(start)
	if err != nil {
		return fmt.Errorf("start: %w", err)
	}
	c := colly.NewCollector(colly.AllowedDomains(u.Hostname()), colly.Async(true))
	c.WithTransport(t)
	if err := c.Limit(&colly.LimitRule{DomainGlob: "*", Parallelism: 4}); err != nil {
		return err
	}
	c.OnResponse(func(r *colly.Response) {
		if err := store(out, r); err != nil {
			fmt.Fprintln(os.Stderr, "colly:", err)
		}
	})
	c.OnHTML("a[href]", func(e *colly.HTMLElement) {
		_ = e.Request.Visit(e.Attr("href")) // visited already, or another site
	})
	c.OnError(func(r *colly.Response, err error) {
		if !errors.Is(err, transport.ErrRejected) {
			fmt.Fprintf(os.Stderr, "colly: %s: %v\n", r.Request.URL, err)
		}
	})
	if err := c.Visit(start); err != nil {
		return err
	}
	c.Wait()
	return nil
}

// store writes a page; colly has turned it into UTF-8.
func store(out string, r *colly.Response) error {
	name := filepath.Join(out, filepath.FromSlash(r.Request.URL.Path))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, r.Body, 0o644)
}
