package filter_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/lists"
)

func BenchmarkSharedX(b *testing.B) {
	var pages [][]byte
	n := 0
	fs, _ := filepath.Glob("/work/shared/eval/clean/*.gz")
	for _, p := range fs {
		f, _ := os.Open(p)
		z, _ := gzip.NewReader(f)
		x, _ := io.ReadAll(z)
		pages = append(pages, x)
		n += len(x)
	}
	f, err := filter.New(lists.Default(), filter.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("goquery", func(b *testing.B) {
		b.SetBytes(int64(n))
		for b.Loop() {
			for _, p := range pages {
				goquery.NewDocumentFromReader(bytes.NewReader(p))
			}
		}
	})
	b.Run("dross", func(b *testing.B) {
		b.SetBytes(int64(n))
		for b.Loop() {
			for _, p := range pages {
				f.Clean(context.Background(), filter.Page{ContentType: "text/html", Body: p})
			}
		}
	})
}
