package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/lists"
)

func made(t *testing.T) []page {
	t.Helper()
	pages, err := makePages(200)
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// TestPagesAreWhatTheySay holds the made pages and the filter against each other.
func TestPagesAreWhatTheySay(t *testing.T) {
	f, err := filter.New(lists.Default(), filter.Options{})
	if err != nil {
		t.Fatal(err)
	}
	count, gbk := map[verdict]int{}, 0
	for _, p := range made(t) {
		count[p.verdict]++
		if p.charset == "gbk" {
			gbk++
		}
		res, err := f.Clean(context.Background(), filter.Page{ContentType: "text/html; charset=" + p.charset, Body: p.served})
		if err != nil {
			t.Fatal(err)
		}
		if string(res.Verdict) != string(p.verdict) {
			t.Errorf("%s: %s, made to be %s\n%s", p.path, res.Verdict, p.verdict, p.served)
			continue
		}
		if p.verdict != rejected && !bytes.Equal(res.Content, p.want) {
			t.Errorf("%s: what is left differs from what was made without blocks:\n%s\nblocks %+v", p.path, res.Content, res.Blocks)
		}
	}
	if count[stripped]+count[rejected] != 40 || count[clean] != 160 || count[rejected] == 0 || gbk == 0 {
		t.Errorf("%v pages, %d of them GBK; want 160 clean, 40 with blocks, some of each kind", count, gbk)
	}
}

func TestEveryPageIsFound(t *testing.T) {
	var links strings.Builder
	pages := made(t)
	for _, p := range pages {
		links.Write(p.want)
	}
	for _, p := range pages[1:] {
		if !strings.Contains(links.String(), `"`+p.path+`"`) {
			t.Errorf("%s: no page that is kept links to it", p.path)
		}
	}
	if strings.Contains(links.String(), "/trap/") {
		t.Error("a trap is linked outside of blocks")
	}
}

func TestCompareFindsDifferences(t *testing.T) {
	pages := made(t)
	dir := t.TempDir()
	if err := write(dir, pages); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	right := comparison{got: filepath.Join(dir, "expected"), want: "filtered"}
	if err := right.run(&out, pages); err != nil || !strings.Contains(out.String(), "expected 198, got 198 (160 clean, 38 with blocks), 0 differ") {
		t.Fatalf("%q, %v", out.String(), err)
	}
	for name, c := range map[string]comparison{
		"unfiltered":  {got: filepath.Join(dir, "served"), want: "filtered"},
		"filtered":    {got: right.got, want: "served"},
		"something":   {got: right.got, want: "none"},
		"charset":     {got: right.got, want: "filtered", utf8: true},
		"no such":     {got: right.got, want: "nonsense"},
		"other files": {got: dir, want: "none"},
	} {
		if err := c.run(&out, pages); err == nil {
			t.Errorf("%s: no difference found", name)
		}
	}
	if err := os.Remove(filepath.Join(right.got, "p", "007.html")); err != nil {
		t.Fatal(err)
	}
	if err := right.run(&out, pages); err == nil || !strings.Contains(err.Error(), "007.html: not stored") {
		t.Errorf("a missing page: %v", err)
	}
}
