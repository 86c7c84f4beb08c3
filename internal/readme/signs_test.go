package readme

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var signRow = regexp.MustCompile("\\| `([A-Za-z]+)` \\| ([-+x])([0-9.]+) \\|")

// TestSigns holds the table of signs in DESIGN.md to the constants of the judge:
// each row gives the value that counts, and no sign is left out.
func TestSigns(t *testing.T) {
	values := constants(t, "internal/judge")
	told := map[string]bool{}
	for _, m := range signRow.FindAllStringSubmatch(read(t, "DESIGN.md"), -1) {
		name, sign, number := m[1], m[2], m[3]
		told[name] = true
		if (sign == "-") != strings.HasPrefix(name, "malus") || (sign == "x") != strings.HasSuffix(name, "Share") {
			t.Errorf("DESIGN.md: %s%s is the wrong way round for %s", sign, number, name)
		}
		if values[name] != number {
			t.Errorf("DESIGN.md: %s is %s, in the code it is %q", name, number, values[name])
		}
	}
	signs := 0
	for name := range values {
		if strings.HasPrefix(name, "bonus") || strings.HasPrefix(name, "malus") {
			signs++
			if !told[name] {
				t.Errorf("DESIGN.md: the table of signs lacks %s", name)
			}
		}
	}
	if signs < 10 {
		t.Fatalf("found %d signs in the judge: the test looks in the wrong place", signs)
	}
}

// constants returns the constants of a package that are plain numbers, as written.
func constants(t *testing.T, dir string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %d files, %v", dir, len(files), err)
	}
	out := map[string]string{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if v, ok := n.(*ast.ValueSpec); ok && len(v.Values) == len(v.Names) {
				for i, value := range v.Values {
					if lit, ok := value.(*ast.BasicLit); ok {
						out[v.Names[i].Name] = lit.Value
					}
				}
			}
			return true
		})
	}
	return out
}
