package readme

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const root = "../.."

// block is a fenced block of a document with the comment above it.
type block struct {
	line    int    // of the comment, from 1
	kind    string // run, output or example
	options map[string]string
	text    string
}

// blocks returns the marked blocks of a document. A comment that no block
// follows, or that is none of ours, is a fault: it would test nothing.
func blocks(doc string) ([]block, error) {
	var out []block
	lines := strings.Split(doc, "\n")
	for i := 0; i < len(lines); i++ {
		mark, ok := strings.CutPrefix(lines[i], "<!-- ")
		if !ok {
			continue
		}
		b := block{line: i + 1, options: map[string]string{}}
		words := strings.Fields(strings.TrimSuffix(mark, "-->"))
		for _, w := range words[1:] {
			key, value, _ := strings.Cut(w, "=")
			b.options[key] = value
		}
		if b.kind = words[0]; b.kind != "run" && b.kind != "output" && b.kind != "example" {
			return nil, fmt.Errorf("line %d: unknown mark %q", b.line, b.kind)
		}
		if i++; i >= len(lines) || !strings.HasPrefix(lines[i], "```") {
			return nil, fmt.Errorf("line %d: no block follows the mark", b.line)
		}
		from := i + 1
		for i++; i < len(lines) && lines[i] != "```"; i++ {
		}
		if i >= len(lines) {
			return nil, fmt.Errorf("line %d: the block does not end", b.line)
		}
		b.text = strings.Join(lines[from:i], "\n") + "\n"
		out = append(out, b)
	}
	return out, nil
}

func TestBlocks(t *testing.T) {
	got, err := blocks("a\n<!-- run exit=3 with=service -->\n```sh\nx\ny\n```\nb\n<!-- output -->\n```text\nz\n```\n")
	if err != nil || len(got) != 2 {
		t.Fatalf("%d blocks, %v; want 2", len(got), err)
	}
	if b := got[0]; b.line != 2 || b.kind != "run" || b.text != "x\ny\n" || b.options["exit"] != "3" || b.options["with"] != "service" {
		t.Errorf("the first is %+v", b)
	}
	if b := got[1]; b.kind != "output" || b.text != "z\n" {
		t.Errorf("the second is %+v", b)
	}
	for _, bad := range []string{"<!-- rum -->\n```\n```", "<!-- run -->\ntext", "<!-- run -->", "<!-- run -->\n```\nx\n"} {
		if _, err := blocks(bad); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}

// readmeBlocks returns the marked blocks of README.md of one kind.
func readmeBlocks(t *testing.T) []block {
	t.Helper()
	out, err := blocks(read(t, "README.md"))
	if err != nil {
		t.Fatalf("README.md: %v", err)
	}
	if len(out) == 0 {
		t.Fatal("README.md has no marked block")
	}
	return out
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
