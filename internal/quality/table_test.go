package quality

import (
	"bytes"
	"strings"
	"testing"
)

func TestTableHasFixedColumns(t *testing.T) {
	corpus := load(t)
	rep, err := Score(t.Context(), corpus, cleanerFunc(keepAll))
	if err != nil {
		t.Fatal(err)
	}
	var table bytes.Buffer
	if err := rep.WriteTable(&table); err != nil {
		t.Fatal(err)
	}
	sections := strings.Split(strings.TrimRight(table.String(), "\n"), "\n\n")
	if len(sections) != 3 {
		t.Fatalf("%d sections, want 3", len(sections))
	}
	for _, section := range sections[1:] {
		lines := strings.Split(section, "\n")
		if len(lines) < 10 {
			t.Errorf("only %d lines below %q", len(lines), lines[0])
		}
		for _, l := range lines {
			if len(l) != len(lines[0]) {
				t.Errorf("line %q is not as wide as its heading", l)
			}
		}
	}
}

// TestMissesNameNoPhrase: the listing goes to logs, so it holds ids only.
func TestMissesNameNoPhrase(t *testing.T) {
	corpus := load(t)
	rep, err := Score(t.Context(), corpus, cleanerFunc(keepAll))
	if err != nil {
		t.Fatal(err)
	}
	var misses bytes.Buffer
	if err := rep.WriteMisses(&misses); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(misses.String(), "\n"); n != len(corpus.Spam) {
		t.Errorf("%d lines for %d missed pages", n, len(corpus.Spam))
	}
	for _, r := range misses.String() {
		if r > 0x7F {
			t.Fatalf("the listing holds %q", r)
		}
	}
}
