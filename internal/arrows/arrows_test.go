package arrows_test

import (
	"os/exec"
	"strings"
	"testing"
)

const module = "github.com/drosshq/dross/"

// allowed says what each package may import of this module. A package that is
// missing here fails the test: a new one takes its place in the picture first.
var allowed = map[string]string{
	"internal/arrows":    "",
	"internal/readme":    "",
	"internal/normalize": "",
	"lists":              "internal/normalize",
	"internal/page":      "",
	"internal/match":     "internal/normalize lists",
	"internal/judge":     "internal/page lists",
	"internal/cut":       "internal/page",
	"filter":             "lists internal/page internal/match internal/judge internal/cut internal/normalize",
	"filter/client":      "filter lists",
	"internal/quality":   "filter lists",
	"internal/ndjson":    "filter lists",
	"internal/warc":      "filter",
	"internal/metrics":   "filter lists",
	"internal/config":    "filter lists",
	"internal/server":    "filter lists internal/ndjson internal/metrics internal/config",
	"internal/app":       "filter lists internal/server internal/metrics internal/config internal/ndjson",
	"internal/chaos":     "filter filter/client lists internal/app internal/server internal/config internal/metrics internal/ndjson",
	"internal/cli":       "filter lists internal/normalize internal/app internal/config internal/ndjson internal/warc internal/quality internal/server internal/metrics",
	"cmd/dross":          "internal/cli",
}

// banned says what a package must not reach, however far down.
var banned = map[string][]string{
	"filter": {"net/http/httptest", "log/slog", "github.com/prometheus/client_golang", "github.com/alecthomas/kong"},
	"lists":  {"net/http", "log/slog", "golang.org/x/net/html", "github.com/cloudflare/ahocorasick"},
}

// onlyImporter names the one package that may import a dependency.
var onlyImporter = map[string]string{
	"github.com/cloudflare/ahocorasick": "internal/match",
	"github.com/alecthomas/kong":        "internal/cli",
}

func TestArrows(t *testing.T) {
	packages := golist(t, "-f", "{{.ImportPath}}|{{join .Imports \" \"}}", module+"...")
	if len(packages) < 10 {
		t.Fatalf("go list found %d packages: too few to mean anything", len(packages))
	}
	for _, line := range packages {
		name, imports, _ := strings.Cut(line, "|")
		name = strings.TrimPrefix(name, module)
		may, known := allowed[name]
		if !known && !strings.Contains(name, "/gen") && !strings.Contains(name, "apitest") && !strings.HasPrefix(name, "deploy/") {
			t.Errorf("%s: not in the picture of this test", name)
			continue
		}
		for _, imp := range strings.Fields(imports) {
			if own, ok := strings.CutPrefix(imp, module); ok && known && !strings.Contains(" "+may+" ", " "+own+" ") {
				t.Errorf("%s imports %s: the arrow is not allowed", name, own)
			}
			if only, ok := onlyImporter[imp]; ok && only != name {
				t.Errorf("%s imports %s: only %s may", name, imp, only)
			}
		}
	}
}

func TestBannedDependencies(t *testing.T) {
	for name, list := range banned {
		deps := " " + strings.Join(golist(t, "-deps", module+name), " ") + " "
		for _, b := range list {
			if strings.Contains(deps, " "+b+" ") {
				t.Errorf("%s depends on %s", name, b)
			}
		}
	}
}

func golist(t *testing.T, args ...string) []string {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list"}, args...)...)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list %s: %v", strings.Join(args, " "), err)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}
