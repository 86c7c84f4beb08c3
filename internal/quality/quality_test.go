package quality_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/internal/quality"
	"github.com/drosshq/dross/lists"
)

var (
	update = flag.Bool("update", false, "rewrite testdata/golden.txt")
	dump   = flag.String("dump", "", "write the missed, touched and hurt pages to this folder")
)

func loadEmbedded(t *testing.T) quality.Corpus {
	t.Helper()
	corpus, err := quality.Load(quality.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	return corpus
}

// TestGolden scores the shipped lists and compares the table with the committed
// one. Run it with -v for the ids of missed and touched pages, and with -dump
// for the pages themselves.
func TestGolden(t *testing.T) {
	corpus := loadEmbedded(t)
	f, err := filter.New(lists.Default(), filter.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rep, err := quality.Score(t.Context(), corpus, f)
	if err != nil {
		t.Fatal(err)
	}
	if spam, good := rep.Pages(); spam == 0 || good == 0 {
		t.Fatalf("scored %d spam and %d good pages", spam, good)
	}
	var table, misses bytes.Buffer
	if err := rep.WriteTable(&table); err != nil {
		t.Fatal(err)
	}
	if err := rep.WriteMisses(&misses); err != nil {
		t.Fatal(err)
	}
	if testing.Verbose() {
		t.Logf("\n%s\n%s", misses.String(), table.String())
	}
	if *dump != "" {
		dumpPages(t, corpus, rep)
	}
	const golden = "testdata/golden.txt"
	if *update {
		if err := os.WriteFile(golden, table.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, table.Bytes()) {
		t.Errorf("the quality table changed; look at it and rerun with -update\n%s", table.String())
	}
}

// dumpPages writes the pages that went wrong, one file each.
func dumpPages(t *testing.T, corpus quality.Corpus, rep quality.Report) {
	t.Helper()
	wrong := map[string]bool{}
	for _, m := range rep.Misses {
		wrong[m.ID] = true
	}
	for _, list := range [][]quality.Touch{rep.Touched, rep.Hurt} {
		for _, x := range list {
			wrong[x.ID] = true
		}
	}
	if err := os.MkdirAll(*dump, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, c := range slices.Concat(corpus.Spam, corpus.Good) {
		if !wrong[c.ID] {
			continue
		}
		ext := ".txt"
		if c.HTML() {
			ext = ".html"
		}
		name := strings.NewReplacer("/", "_", " ", "_").Replace(c.ID) + ext
		if err := os.WriteFile(filepath.Join(*dump, name), c.Page.Body, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAllowPhrases holds the promise that a longer harmless phrase protects the
// short one inside it: every phrase comes back clean, in all three positions.
func TestAllowPhrases(t *testing.T) {
	f, err := filter.New(lists.Default(), filter.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, c := range loadEmbedded(t).Good {
		if !strings.HasPrefix(c.Kind, "allow-") {
			continue
		}
		ran++
		t.Run(strings.TrimPrefix(c.ID, "allow/"), func(t *testing.T) {
			res, err := f.Clean(t.Context(), c.Page)
			if err != nil {
				t.Fatal(err)
			}
			if res.Verdict != filter.Clean || !bytes.Equal(res.Content, c.Page.Body) {
				t.Errorf("verdict %s, %d bytes removed", res.Verdict, res.RemovedBytes)
			}
		})
	}
	if ran < 600 {
		t.Fatalf("ran %d cases, want 600 or more", ran)
	}
}
