package filter_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/drosshq/dross/filter"
)

var update = flag.Bool("update", false, "rewrite the expected pages in testdata/golden")

// leastOf is how many pages every technique has at least.
const (
	leastAttacks  = 3
	leastInnocent = 2
)

// TestGolden holds every page of testdata/golden/<technique> to the page beside it
// that ends in .want: attack pages lose their block, good pages that look like
// them come back as they are. Run it with -update after a change, and read the
// difference before it is committed.
func TestGolden(t *testing.T) {
	folders, err := os.ReadDir(filepath.Join("testdata", "golden"))
	if err != nil {
		t.Fatal(err)
	}
	f := shippedFilter(t)
	ran := 0
	for _, folder := range folders {
		if !folder.IsDir() {
			continue
		}
		t.Run(folder.Name(), func(t *testing.T) {
			attacks, innocent := 0, 0
			pages, err := filepath.Glob(filepath.Join("testdata", "golden", folder.Name(), "*.html"))
			if err != nil {
				t.Fatal(err)
			}
			for _, path := range pages {
				if strings.HasPrefix(filepath.Base(path), "good-") {
					innocent++
				} else {
					attacks++
				}
				t.Run(filepath.Base(path), func(t *testing.T) { golden(t, f, path) })
			}
			if attacks < leastAttacks || innocent < leastInnocent {
				t.Errorf("%d attack and %d good pages, want %d and %d", attacks, innocent, leastAttacks, leastInnocent)
			}
			ran += len(pages)
		})
	}
	if ran < 100 {
		t.Fatalf("only %d pages ran", ran)
	}
}

// golden filters one page and compares it with the one that is expected in full,
// so that a reader can see what went.
func golden(t *testing.T, f *filter.Filter, path string) {
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	p := filter.Page{ContentType: "text/html", Body: body}
	res, err := keep(f, p)
	if err != nil {
		t.Fatal(err)
	}
	good := strings.HasPrefix(filepath.Base(path), "good-")
	if good != (res.Verdict == filter.Clean) {
		t.Errorf("verdict %s, %d bytes removed\n%s", res.Verdict, res.RemovedBytes, show(p, res))
	}
	if good {
		return // comes back as it is: keep holds that
	}
	want := strings.TrimSuffix(path, ".html") + ".want"
	if *update {
		if err := os.WriteFile(want, res.Content, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	expected, err := os.ReadFile(want)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(res.Content, expected) {
		t.Errorf("cut to\n%s\nwant\n%s", res.Content, expected)
	}
}
