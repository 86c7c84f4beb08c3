package cli

import (
	"context"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"github.com/drosshq/dross/lists"
)

func TestThresholds(t *testing.T) {
	cases := map[string]struct {
		texts []string
		want  map[lists.Category]float64
		fault string
	}{
		"none":             {nil, nil, ""},
		"one":              {[]string{"adult=6", "gambling = 7.5"}, map[lists.Category]float64{lists.Adult: 6, lists.Gambling: 7.5}, ""},
		"one beats all":    {[]string{"adult=6", "4"}, nil, ""},
		"not a number":     {[]string{"NaN"}, nil, "is not a score above 0"},
		"zero":             {[]string{"0"}, nil, "is not a score above 0"},
		"infinite":         {[]string{"inf"}, nil, "is not a score above 0"},
		"unknown category": {[]string{"adultt=4"}, nil, `unknown category "adultt"`},
		"any":              {[]string{"any=4"}, nil, "no kind of spam"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := thresholds(c.texts)
			if c.fault != "" {
				var usage *usageError
				if !errors.As(err, &usage) || !strings.Contains(err.Error(), c.fault) {
					t.Errorf("error %v, want %q", err, c.fault)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if name == "one beats all" {
				if got[lists.Adult] != 6 || got[lists.Grey] != 4 || len(got) != len(lists.AllCategories())-1 {
					t.Errorf("got %v", got)
				}
				return
			}
			if !maps.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestTargets(t *testing.T) {
	cases := map[string]struct{ args, want []string }{
		"one":             {[]string{"a/b.txt"}, []string{"out/b.txt"}},
		"one folder":      {[]string{"a/b.txt", "a/c.txt"}, []string{"out/b.txt", "out/c.txt"}},
		"two folders":     {[]string{"a/b/i.txt", "a/c/i.txt"}, []string{"out/b/i.txt", "out/c/i.txt"}},
		"folder and file": {[]string{"a/b.txt", "a/b/c.txt"}, []string{"out/b.txt", "out/b/c.txt"}},
		"like names":      {[]string{"ab/x.txt", "a/x.txt"}, []string{"out/ab/x.txt", "out/a/x.txt"}},
		"roundabout":      {[]string{"a/../a/b.txt", "./a/c.txt"}, []string{"out/b.txt", "out/c.txt"}},
		"from the root":   {[]string{"/b.txt", "/a/c.txt"}, []string{"out/b.txt", "out/a/c.txt"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := targets("out", inputs(c.args))
			if err != nil {
				t.Fatal(err)
			}
			for i := range c.want {
				if filepath.ToSlash(got[i]) != c.want[i] {
					t.Errorf("%s goes to %s, want %s", c.args[i], got[i], c.want[i])
				}
			}
		})
	}
}

func TestCreateFileIsAllOrNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sub", "page.txt")
	if err := writeFile(path, []byte("first")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	err := createFile(path, func(w io.Writer) error {
		_, _ = io.WriteString(w, "half")
		return broken
	})
	if !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	assertFile(t, path, "first")
	if err := writeFile(path, []byte("second")); err != nil {
		t.Fatal(err)
	}
	assertFile(t, path, "second")
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if err := writeFile(filepath.Dir(path), nil); err == nil {
		t.Error("a folder was written over")
	}
}

func assertFile(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil || string(got) != want {
		t.Errorf("%s holds %q, %v; want %q", path, got, err, want)
	}
	others, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(others) != 1 {
		t.Errorf("%d files in the folder, %v", len(others), err)
	}
}

func TestServiceEnviron(t *testing.T) {
	parser, err := kong.New(&root{})
	if err != nil {
		t.Fatal(err)
	}
	in := []string{
		"PATH=/bin", "DROSS_LISTS=kw", "DROSS_THRESHOLD=6", "DROSS_LISTEN=:1", "DROSS_JSON=1", "DROSS_OUTPUT=x",
		"DROSS_SERVICE_HOST=10.0.0.1", "DROSS_PORT=tcp://10.0.0.1:8866", "DROSS_PORT_8866_TCP=x", "DROSS_NONSENSE=1",
		"DROSS_LIMIT_PAGE_SIZE=1MiB",
	}
	want := "PATH=/bin DROSS_LISTS_DIR=kw DROSS_FILTER_THRESHOLD=6 DROSS_LISTEN=:1 DROSS_NONSENSE=1 DROSS_LIMIT_PAGE_SIZE=1MiB"
	if got := strings.Join(serviceEnviron(in, parser.Model), " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	args := serviceArgs([]string{"--lists", "a", "--threshold=adult=4", "--listen", ":1", "--lists.dir=b", "lists"})
	if got := strings.Join(args, " "); got != "--lists.dir a --filter.threshold=adult=4 --listen :1 --lists.dir=b lists" {
		t.Errorf("got %s", got)
	}
}

func TestEveryFlagHasItsTwin(t *testing.T) {
	parser, err := kong.New(&root{})
	if err != nil {
		t.Fatal(err)
	}
	// What chooses what is shown is no setting.
	plain := map[string]bool{"help": true, "category": true, "lang": true, "misses": true}
	seen := 0
	err = kong.Visit(parser.Model, func(node kong.Visitable, next kong.Next) error {
		flag, ok := node.(*kong.Flag)
		if !ok || plain[flag.Name] {
			return next(nil)
		}
		seen++
		twin := "DROSS_" + strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(flag.Name))
		if len(flag.Envs) == 0 || flag.Envs[0] != twin {
			t.Errorf("--%s has the variables %q, want %s first", flag.Name, flag.Envs, twin)
		}
		return next(nil)
	})
	if err != nil || seen == 0 {
		t.Fatalf("%d flags, %v", seen, err)
	}
}

func TestContextReaderIsLeft(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	in, w := io.Pipe()
	defer w.Close()
	r := &contextReader{ctx: ctx, in: in}
	time.AfterFunc(10*time.Millisecond, cancel)
	if _, err := io.ReadAll(r); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	text := strings.Repeat("some text\n", 100_000)
	got, err := io.ReadAll(&contextReader{ctx: t.Context(), in: strings.NewReader(text)})
	if err != nil || string(got) != text {
		t.Errorf("%d bytes of %d, %v", len(got), len(text), err)
	}
}
