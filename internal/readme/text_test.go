package readme

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestCommands holds the two commands that CI and newcomers rely on.
func TestCommands(t *testing.T) {
	readme, ci := read(t, "README.md"), read(t, ".ci/run")
	for _, command := range []string{"go run ./cmd/dross filter --explain filter/testdata/sample.html", "go test ./..."} {
		if !strings.Contains(readme, "\n"+command+"\n") {
			t.Errorf("README.md does not name %q", command)
		}
		if !strings.Contains(ci, "\n"+command) {
			t.Errorf(".ci/run does not run %q", command)
		}
	}
}

// TestExample holds the Go code to the example that is compiled and checked.
func TestExample(t *testing.T) {
	want := exampleBody(t)
	found := 0
	for _, b := range readmeBlocks(t) {
		if b.kind != "example" {
			continue
		}
		found++
		if b.text != want {
			t.Errorf("README.md:%d: the code is not that of Example in filter/example_test.go, which is\n%s", b.line, want)
		}
	}
	if found != 1 {
		t.Errorf("README.md has %d examples, want 1", found)
	}
}

// exampleBody returns the statements of Example, less their indent and the
// comment on their output.
func exampleBody(t *testing.T) string {
	t.Helper()
	src := read(t, "filter/example_test.go")
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "example_test.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Name.Name != "Example" {
			continue
		}
		body := src[fset.Position(f.Body.Lbrace).Offset+1 : fset.Position(f.Body.Rbrace).Offset]
		body, output, ok := strings.Cut(body, "\t// Output:")
		if !ok || strings.TrimSpace(output) == "" {
			t.Fatal("Example has no output that is checked")
		}
		return strings.ReplaceAll(strings.TrimPrefix(body, "\n\t"), "\n\t", "\n")
	}
	t.Fatal("filter/example_test.go has no Example")
	return ""
}

var link = regexp.MustCompile(`\]\(([^)#:\s]+)(#[^)]*)?\)`)

// TestLinks follows the links between the documents of the repository.
func TestLinks(t *testing.T) {
	followed := 0
	for _, doc := range []string{"README.md", "DESIGN.md", "CONTRIBUTING.md", "CHANGELOG.md", "lists/README.md"} {
		for _, m := range link.FindAllStringSubmatch(read(t, doc), -1) {
			followed++
			if _, err := os.Stat(filepath.Join(root, filepath.Dir(doc), m[1])); err != nil {
				t.Errorf("%s: the link to %s leads nowhere", doc, m[1])
			}
		}
	}
	if followed == 0 {
		t.Fatal("no link was followed")
	}
}
