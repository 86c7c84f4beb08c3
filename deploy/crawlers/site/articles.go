package main

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed articles.txt
var articlesText string

// article is one harmless text.
type article struct {
	lang, title string
	sentences   []string
}

// articles reads the texts: "== LANG", a title, then a sentence a line.
func articles() ([]article, error) {
	var out []article
	for part := range strings.SplitSeq(articlesText, "== ") {
		lines := strings.Split(strings.TrimSpace(part), "\n")
		if part == "" {
			continue
		}
		if len(lines) < 4 {
			return nil, fmt.Errorf("article %q: too short", lines[0])
		}
		out = append(out, article{lines[0], lines[1], lines[2:]})
	}
	if len(out) < 5 {
		return nil, fmt.Errorf("only %d articles", len(out))
	}
	return out, nil
}
