package lists_test

import (
	"os"
	"strings"
	"testing"

	"github.com/drosshq/dross/lists"
)

// TestReadme holds the README to what the package does: its example parses,
// and every category has a line.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	var example strings.Builder
	for line := range strings.Lines(string(text)) {
		code, indented := strings.CutPrefix(line, "    ")
		if !indented && example.Len() > 0 {
			break
		}
		if indented {
			example.WriteString(code)
		}
	}
	l := parse(t, "README.md", example.String())
	if len(l.Entries) != 10 || l.Entries[1].Weight != 4 || !l.Entries[5].Pattern || l.Entries[9].Term != "order loans" {
		t.Errorf("the example holds %+v", l.Entries)
	}
	for _, c := range lists.AllCategories() {
		if !strings.Contains(string(text), "| `"+string(c)+"` |") {
			t.Errorf("category %s is not described", c)
		}
	}
}
