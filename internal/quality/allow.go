package quality

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
)

// loadAllow reads "== name" and harmless phrases, the first line of a record
// being a sentence with a % where the phrase goes. Every phrase gives three
// good text pages: alone as a line, in the sentence, and in a list beside the
// navigation labels of an ordinary page.
func loadAllow(fsys fs.FS, bodies map[string][]body) ([]Case, error) {
	recs, err := readRecords(fsys, "allow")
	errs := []error{err}
	var cases []Case
	for _, r := range recs {
		if len(bodies[r.lang()]) == 0 || len(r.lines) < 2 || strings.Count(r.lines[0], "%") != 1 {
			errs = append(errs, r.fault("want a sentence with one %%, phrases, and a body in language %q", r.lang()))
			continue
		}
		phrases := r.lines[1:]
		for _, p := range phrases {
			id := "allow/" + r.lang() + "/" + r.words[0] + "/" + p
			page := pick(newDice(id), bodies[r.lang()])
			for _, form := range []struct{ kind, line string }{
				{"allow-alone", p},
				{"allow-sentence", strings.Replace(r.lines[0], "%", p, 1)},
				{"allow-list", allowList(page.nav, p, r.lang())},
			} {
				c := &composer{body: page}
				c.textPage(tail, func() { c.legit(form.line) })
				cases = append(cases, goodCase(id+"/"+form.kind, r.lang(), form.kind, textType, &c.builder))
			}
		}
	}
	return cases, errors.Join(errs...)
}

// allowList puts the phrase in the middle of ordinary labels.
func allowList(labels []string, phrase, lang string) string {
	mid := len(labels) / 2
	all := slices.Concat(labels[:mid], []string{phrase}, labels[mid:])
	switch lang {
	case "zh", "zh-Hant", "ja":
		return strings.Join(all, "、")
	}
	return strings.Join(all, ", ")
}
