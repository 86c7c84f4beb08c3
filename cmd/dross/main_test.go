package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"dross": main})
}

func TestScripts(t *testing.T) {
	scripts, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no script: %v", err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Condition: func(name string) (bool, error) {
			if name == "root" {
				return os.Getuid() == 0, nil
			}
			return false, fmt.Errorf("unknown condition %q", name)
		},
		Setup: func(env *testscript.Env) error {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				return err
			}
			env.Setenv("ADDR", l.Addr().String())
			return l.Close()
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits,
			"fill":  fill,
			"fetch": fetch,
		},
	})
}

// exits runs dross and holds it to an exit code: exits CODE ARG...
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE ARG...")
	}
	// The shell makes the code visible; testscript only tells success from failure.
	script := `"$@"; code=$?; [ $code -eq ` + args[0] + ` ] || { echo "exit code $code, want ` + args[0] + `" >&2; exit 1; }`
	err := ts.Exec("sh", append([]string{"-c", script, "sh", "dross"}, args[1:]...)...)
	if err != nil {
		ts.Fatalf("%v", err)
	}
}

// fetch waits until a service answers and prints what it says, for stdout to
// look at: fetch URL [FILE], which is posted as text.
func fetch(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: fetch URL [FILE]")
	}
	for tries := 0; ; tries++ {
		res, err := request(ts, args)
		if err == nil {
			defer res.Body.Close()
			_, err = io.Copy(ts.Stdout(), res.Body)
			ts.Check(err)
			if res.StatusCode == http.StatusOK {
				return
			}
			err = errors.New(res.Status)
		}
		if tries == 100 {
			ts.Fatalf("%v", err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func request(ts *testscript.TestScript, args []string) (*http.Response, error) {
	if len(args) == 1 {
		return http.Get(args[0])
	}
	return http.Post(args[0], "text/plain", strings.NewReader(ts.ReadFile(args[1])))
}

// fill makes a file of so many bytes of text: fill FILE BYTES
func fill(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: fill FILE BYTES")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	data := make([]byte, n)
	for i := range data {
		data[i] = "words of a page\n"[i%16]
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o600))
}
