package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Each Dockerfile that breaks a rule must be found to break it, so that silence
// about ours means something.
func TestRules(t *testing.T) {
	cases := map[string]struct{ text, want string }{
		"clean":            {"FROM scratch\nCOPY a /a\nENTRYPOINT [\"/a\"]\n", ""},
		"stage in capital": {"FROM alpine:3 AS Build\nRUN true\n", "StageNameCasing"},
		"shell form":       {"FROM scratch\nCMD dross serve\n", "JSONArgsRecommended"},
		"unset variable":   {"FROM scratch\nCOPY $nowhere /a\n", "UndefinedVar"},
		"secret":           {"FROM scratch\nENV API_TOKEN=x\n", "SecretsUsedInArgOrEnv"},
		"old form":         {"FROM scratch\nENV A b\n", "LegacyKeyValueFormat"},
		"no instruction":   {"FROM scratch\nCOPPY a /a\n", "unknown instruction"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "Dockerfile")
			if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			err := run(t.Context(), &out, []string{file})
			switch {
			case c.want == "" && err != nil:
				t.Errorf("found fault with a clean file: %v\n%s", err, &out)
			case c.want != "" && err == nil:
				t.Errorf("found no fault, want %s", c.want)
			case c.want != "" && !strings.Contains(out.String()+err.Error(), c.want):
				t.Errorf("found %v\n%s\nwant %s", err, &out, c.want)
			}
		})
	}
}

func TestMissingFile(t *testing.T) {
	if err := run(t.Context(), &bytes.Buffer{}, []string{filepath.Join(t.TempDir(), "none")}); err == nil {
		t.Error("no error for a file that is not there")
	}
}
