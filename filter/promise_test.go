package filter_test

import (
	"bytes"
	"context"
	"fmt"
	"mime"
	"reflect"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/drosshq/dross/filter"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/transform"
)

// keep checks the promises that one result can be held against: identity, sound
// ranges, and that filtering the output again removes nothing.
func keep(f *filter.Filter, p filter.Page) (filter.Result, error) {
	body := bytes.Clone(p.Body)
	res, err := f.Clean(context.Background(), p)
	if err != nil {
		return res, fmt.Errorf("clean: %w", err)
	}
	if !bytes.Equal(body, p.Body) {
		return res, fmt.Errorf("the input was written to")
	}
	if err := identical(p, res); err != nil {
		return res, err
	}
	if err := onBorders(p, res); err != nil {
		return res, err
	}
	again, err := f.Clean(context.Background(), filter.Page{URL: p.URL, ContentType: res.ContentType, Body: res.Content})
	if err != nil {
		return res, fmt.Errorf("second pass: %w", err)
	}
	if again.RemovedBytes > 0 {
		return res, fmt.Errorf("second pass removed %d bytes more: %s", again.RemovedBytes, show(filter.Page{Body: res.Content}, again))
	}
	return res, nil
}

// identical: the content is the input less its removed ranges.
func identical(p filter.Page, res filter.Result) error {
	var want []byte
	pos, gone := 0, 0
	for i, b := range res.Blocks {
		if b.Action != filter.Removed {
			return fmt.Errorf("block %d is %s, but nobody asked", i, b.Action)
		}
		if b.Start < pos || b.End <= b.Start || b.End > len(p.Body) {
			return fmt.Errorf("block %d [%d,%d) is empty, outside of %d bytes, or overlaps the one before, which ends at %d", i, b.Start, b.End, len(p.Body), pos)
		}
		want = append(want, p.Body[pos:b.Start]...)
		pos, gone = b.End, gone+b.End-b.Start
		if b.Score < b.Threshold || len(b.Keywords) == 0 && b.Category != filter.Site || len(b.Reasons) == 0 || b.Category == "" || b.Zone == "" {
			return fmt.Errorf("block %d lacks its evidence: %+v", i, b)
		}
	}
	want = append(want, p.Body[pos:]...)
	switch {
	case !bytes.Equal(res.Content, want):
		return fmt.Errorf("content is not the input less the removed ranges")
	case res.RemovedBytes != gone:
		return fmt.Errorf("removed bytes %d, ranges sum up to %d", res.RemovedBytes, gone)
	case (res.Verdict == filter.Clean) != (len(res.Blocks) == 0) && res.Verdict != filter.Rejected:
		return fmt.Errorf("verdict %s with %d blocks", res.Verdict, len(res.Blocks))
	case (res.Verdict == filter.Rejected) != (res.Reason != ""):
		return fmt.Errorf("verdict %s with reason %q", res.Verdict, res.Reason)
	}
	return nil
}

// onBorders: no range begins or ends inside a character of the page's charset.
func onBorders(p filter.Page, res filter.Result) error {
	name := statedCharset(res)
	if name == "" && len(res.Blocks) > 0 {
		return fmt.Errorf("content type %q does not say in what charset the blocks are", res.ContentType)
	}
	for i, b := range res.Blocks {
		for _, off := range []int{b.Start, b.End} {
			if !border(name, p.Body, off) {
				return fmt.Errorf("block %d [%d,%d): %d is inside a character of %s: %q", i, b.Start, b.End, off, name, p.Body[max(0, off-8):min(len(p.Body), off+8)])
			}
		}
	}
	return nil
}

// statedCharset returns the charset that a result says it was read in.
func statedCharset(res filter.Result) string {
	_, params, _ := mime.ParseMediaType(res.ContentType)
	_, name := charset.Lookup(params["charset"])
	return name
}

// border reports whether off is between two characters: a decoder that is told
// more is to come does not stop short of it, or, where a broken character stands
// before it, what is before and after decode by themselves to the same.
func border(name string, body []byte, off int) bool {
	if name == "utf-8" {
		for i := max(0, off-utf8.UTFMax); i < off; i++ {
			if r, n := utf8.DecodeRune(body[i:]); r != utf8.RuneError && i+n > off {
				return false
			}
		}
		return true
	}
	enc, _ := charset.Lookup(name)
	dst := make([]byte, 4*off+64)
	if _, n, err := enc.NewDecoder().Transform(dst, body[:off], false); err != transform.ErrShortSrc && n == off {
		return true
	}
	text := func(b []byte) []byte {
		out, _ := enc.NewDecoder().Bytes(b) // a short decode shows in the comparison
		return out
	}
	return bytes.Equal(append(text(body[:off]), text(body[off:])...), text(body))
}

// show prints what a result removed, for failure messages.
func show(p filter.Page, res filter.Result) string {
	var out bytes.Buffer
	for _, b := range res.Blocks {
		fmt.Fprintf(&out, "\n  [%d,%d) %s %s %.2f %q %q", b.Start, b.End, b.Zone, b.Category, b.Score, p.Body[b.Start:b.End], b.Reasons)
	}
	return out.String()
}

// TestPromises holds promises 1, 2 and 4 on generated pages.
func TestPromises(t *testing.T) {
	f := shippedFilter(t)
	verdicts := map[filter.Verdict]int{}
	for seed := range int64(pages(t, 250)) {
		p := newGen(seed).page()
		res, err := keep(f, p)
		if err != nil {
			t.Errorf("seed %d (%s): %v\n%q%s", seed, p.ContentType, err, p.Body, show(p, res))
			continue
		}
		verdicts[res.Verdict]++
	}
	if verdicts[filter.Stripped] < 20 || verdicts[filter.Clean] < 20 {
		t.Errorf("verdicts %v: the pages do not try the filter", verdicts)
	}
}

// pages is how many pages a property test tries.
func pages(t *testing.T, n int) int {
	if testing.Short() {
		return n / 10
	}
	return n
}

// TestStageOne holds that the first stage never passes what the second would cut.
func TestStageOne(t *testing.T) {
	f := shippedFilter(t)
	cut := 0
	for seed := range int64(pages(t, 250)) {
		g := newGen(seed)
		body := g.text()
		p := filter.Page{ContentType: "text/plain; charset=utf-8", Body: []byte(body)}
		if seed%3 > 0 {
			p = filter.Page{ContentType: "text/html; charset=utf-8", Body: []byte(g.document())}
		}
		res, err := f.Clean(context.Background(), p)
		if err != nil {
			t.Fatal(err)
		}
		all, err := f.RemovedWithoutGate(context.Background(), p)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, r := range all {
			n += r.End - r.Start
		}
		cut += len(all)
		if n > 0 && res.RemovedBytes == 0 {
			t.Errorf("seed %d: without the first stage %d bytes go, with it %d\n%s\n%v%s", seed, n, res.RemovedBytes, p.Body, all, show(p, res))
		}
	}
	if cut < 50 {
		t.Errorf("only %d ranges cut: the pages do not try the filter", cut)
	}
}

// TestConcurrent holds promise 3: the same result whatever else runs.
func TestConcurrent(t *testing.T) {
	f := shippedFilter(t)
	const n = 48
	want := make([]filter.Result, n)
	for seed := range want {
		want[seed] = mustClean(t, f, newGen(int64(seed)).page())
	}
	var wg sync.WaitGroup
	for worker := range 8 {
		wg.Go(func() {
			for i := range n {
				seed := (i*7 + worker*5) % n
				got, err := f.Clean(context.Background(), newGen(int64(seed)).page())
				if err != nil {
					t.Errorf("seed %d: %v", seed, err)
					continue
				}
				got.Seconds = want[seed].Seconds
				if !reflect.DeepEqual(got, want[seed]) {
					t.Errorf("seed %d: got %+v, alone it was %+v", seed, got, want[seed])
				}
			}
		})
	}
	wg.Wait()
}

func mustClean(t testing.TB, f *filter.Filter, p filter.Page) filter.Result {
	t.Helper()
	res, err := f.Clean(context.Background(), p)
	if err != nil {
		t.Fatalf("clean: %v", err)
	}
	return res
}
