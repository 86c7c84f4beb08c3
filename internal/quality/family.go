package quality

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/lists"
)

// Content types of composed pages.
const (
	textType = "text/plain; charset=utf-8"
	htmlType = "text/html; charset=utf-8"
)

// family is a group of phrases around the same few words, and the recipes
// that make pages of it.
type family struct {
	record
	id       string
	category lists.Category
	heldOut  bool
	recipes  []recipe
	phrases  []string
}

var categories = []lists.Category{
	lists.Adult, lists.Gambling, lists.Pharma, lists.Counterfeit, lists.Loans, lists.Documents,
	lists.Surrogacy, lists.Essays, lists.Games, lists.Grey,
}

func loadFamilies(fsys fs.FS, dir string, heldOut bool) ([]family, error) {
	recs, err := readRecords(fsys, dir)
	errs := []error{err}
	var families []family
	for _, r := range recs {
		f, err := newFamily(r, heldOut)
		if err != nil || len(r.lines) == 0 {
			errs = append(errs, err)
			continue
		}
		families = append(families, f)
	}
	return families, errors.Join(errs...)
}

// newFamily reads "== name recipe..." and one phrase a line.
func newFamily(r record, heldOut bool) (family, error) {
	category, _, _ := strings.Cut(path.Base(r.file), ".")
	f := family{record: r, category: lists.Category(category), heldOut: heldOut}
	f.id = category + "." + r.lang() + "." + r.words[0]
	var errs []error
	if !known(f.category) {
		errs = append(errs, r.fault("unknown category %q", category))
	}
	if len(r.words) < 2 {
		errs = append(errs, r.fault("family %s has no recipe", f.id))
	}
	for _, name := range r.words[1:] {
		rec, ok := findRecipe(name)
		if !ok {
			errs = append(errs, r.fault("unknown recipe %q", name))
			continue
		}
		f.recipes = append(f.recipes, rec)
	}
	for i, line := range r.lines {
		if strings.ContainsAny(line, "<>&\"\\") || strings.TrimSpace(line) != line || line == "" {
			errs = append(errs, &SourceError{Name: r.file, Line: r.line + 1 + i, Msg: "a phrase is empty, has blanks around it or holds one of < > & \" \\"})
		}
	}
	f.phrases = r.lines
	return f, errors.Join(errs...)
}

func known(c lists.Category) bool {
	for _, k := range categories {
		if k == c {
			return true
		}
	}
	return false
}

// material is what pages are made of beside phrases, by language.
type material struct {
	bodies  map[string][]body
	fillers map[string][]string
}

// compose builds one page per recipe.
func (f *family) compose(m material) ([]Case, error) {
	if len(m.bodies[f.lang()]) == 0 {
		return nil, f.fault("no body in language %q", f.lang())
	}
	if len(m.fillers[f.lang()]) == 0 {
		return nil, f.fault("no filler in language %q", f.lang())
	}
	var cases []Case
	for _, rec := range f.recipes {
		id := f.id + "/" + rec.name
		c := &composer{family: f, material: m, dice: newDice(id)}
		c.body = pick(c.dice, m.bodies[f.lang()])
		rec.build(c)
		built, err := c.finish(id, rec)
		if err != nil {
			return nil, f.fault("recipe %s: %v", rec.name, err)
		}
		cases = append(cases, built)
	}
	return cases, nil
}

// composer builds one page.
type composer struct {
	builder
	material
	family *family
	dice   *dice
	body   body
	next   int
	sep    string
	// charset is the label of the page's charset, empty for UTF-8.
	charset string
}

func (c *composer) finish(id string, rec recipe) (Case, error) {
	built := Case{
		ID: id, Lang: c.family.lang(), Category: c.family.category, Family: c.family.id,
		Shape: rec.shape, Zone: rec.zone, HeldOut: c.family.heldOut, text: rec.text,
		Page:  filter.Page{ID: id, ContentType: htmlType, Body: []byte(c.buf.String())},
		spans: c.spans,
	}
	if rec.text {
		built.Page.ContentType = textType
	}
	if c.charset == "" {
		return built, nil
	}
	built.Page.ContentType = strings.Replace(built.Page.ContentType, "utf-8", c.charset, 1)
	var err error
	built.Page.Body, built.spans, err = inCharset(c.buf.String(), c.spans, c.charset)
	return built, err
}

// phrase returns the family's phrases in turn, from a start of the page's own.
func (c *composer) phrase() string {
	if c.next == 0 {
		c.next = 1 + c.dice.n(len(c.family.phrases))
	}
	p := c.family.phrases[(c.next-1)%len(c.family.phrases)]
	c.next++
	return p
}

// block writes n phrases with a separator between them.
func (c *composer) block(n int, sep string, enc encoding) {
	for i := range n {
		if i > 0 {
			c.raw(sep)
		}
		p := c.phrase()
		c.spam(p, enc(p))
	}
}

// header writes a header list: 5 to 16 phrases, the separator by the page.
func (c *composer) header(enc encoding) { c.block(5+c.dice.n(12), c.separator(), enc) }

// separator picks one for the page and stays with it.
func (c *composer) separator() string {
	if c.sep == "" {
		c.sep = pick(c.dice, separators(c.family.lang()))
	}
	return c.sep
}

// separators are those that header lists of a language use.
func separators(lang string) []string {
	switch lang {
	case "zh", "zh-Hant", "ja":
		return []string{"_", "_", ",", "-", "|", "、", "，", " "}
	case "th":
		return []string{" ", " ", ",", ", ", "|", "_"}
	}
	return []string{", ", " | ", " - ", ",", "_", " · "}
}

// link writes a link to a made-up host with a phrase as its text.
func (c *composer) link(enc encoding) {
	p := c.phrase()
	c.raw(fmt.Sprintf(`<a href="http://w%d.example/">`, 100+c.dice.n(900)))
	c.spam(p, enc(p))
	c.raw("</a>")
}
