package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCompose(t *testing.T) {
	const service = "services:\n  a:\n    image: a\n    cap_drop: [ALL]\n"
	cases := map[string]struct{ text, want string }{
		"sound":              {service + "    ports: ['127.0.0.1:1:1']\n    volumes: ['./here:/x:ro']\n", ""},
		"misspelt field":     {service + "    red_only: true\n", "red_only"},
		"missing file":       {service + "    volumes: ['./nowhere:/x:ro']\n", "nowhere"},
		"open port":          {service + "    ports: ['1:1']\n", "open to the network"},
		"capabilities":       {"services:\n  a:\n    image: a\n", "has capabilities"},
		"unknown config":     {service + "    configs: [b]\n", "undefined config"},
		"unknown dependency": {service + "    depends_on: [b]\n", "depends on undefined"},
		"broken config":      {service + "    configs: [b]\nconfigs:\n  b:\n    content: '[}'\n", "no YAML"},
		"no Dockerfile":      {service + "    build: .\n", "Dockerfile"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, "compose.yaml")
			for path, text := range map[string]string{file: "name: t\n" + c.text, filepath.Join(dir, "here"): ""} {
				if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			err := run(t.Context(), &bytes.Buffer{}, []string{file})
			if c.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}
