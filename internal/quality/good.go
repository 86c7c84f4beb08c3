package quality

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// forms render a good record; the first line is its title everywhere but in
// "text" and "raw".
var forms = map[string]func(*builder, []string){
	"text":  renderText,
	"raw":   renderText,
	"prose": renderProse,
	"list":  func(b *builder, lines []string) { renderItems(b, lines, "ul", "<li>%</li>\n") },
	"steps": func(b *builder, lines []string) { renderItems(b, lines, "ol", "<li>%</li>\n") },
	"cloud": func(b *builder, lines []string) {
		renderItems(b, words(lines), "div", "<a class=\"tag\" href=\"/tag/#\">%</a>\n")
	},
	"menu": func(b *builder, lines []string) {
		renderItems(b, words(lines), "nav", "<a href=\"/c/#\">%</a> |\n")
	},
	"hidden-menu": func(b *builder, lines []string) {
		renderItems(b, words(lines), "div style=\"display:none\"", "<a href=\"/c/#\">%</a>\n")
	},
	"select": func(b *builder, lines []string) {
		renderItems(b, words(lines), "select name=\"s\"", "<option value=\"#\">%</option>\n")
	},
	"code":  func(b *builder, lines []string) { renderItems(b, lines, "pre", "<code>%</code>\n") },
	"quote": func(b *builder, lines []string) { renderItems(b, lines, "blockquote", "<p>%</p>\n") },
	"table": renderTable,
	"meta":  renderMeta,
}

// loadGood reads "== name kind form" and the lines of a legitimate page.
func loadGood(fsys fs.FS) ([]Case, error) {
	recs, err := readRecords(fsys, "good")
	errs := []error{err}
	var cases []Case
	for _, r := range recs {
		if len(r.words) != 3 || forms[r.words[2]] == nil {
			errs = append(errs, r.fault("want a name, a kind and a form of %s", strings.Join(sortedKeys(forms), ", ")))
			continue
		}
		var b builder
		forms[r.words[2]](&b, r.lines)
		contentType := htmlType
		if r.words[2] == "text" {
			contentType = textType
		}
		cases = append(cases, goodCase("good/"+r.lang()+"/"+r.words[0], r.lang(), r.words[1], contentType, &b))
	}
	return cases, errors.Join(errs...)
}

func renderText(b *builder, lines []string) {
	for _, l := range lines {
		b.legit(l)
		b.raw("\n")
	}
}

func openPage(b *builder, title string) {
	b.raw("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>")
	b.legitHTML(title)
	b.raw("</title></head>\n<body><h1>")
	b.legitHTML(title)
	b.raw("</h1>\n")
}

func closePage(b *builder) { b.raw("</body></html>\n") }

func renderProse(b *builder, lines []string) {
	openPage(b, lines[0])
	for _, l := range lines[1:] {
		b.raw("<p>")
		b.legitHTML(l)
		b.raw("</p>\n")
	}
	closePage(b)
}

// renderItems writes one element of items; % stands for the text, # for a number.
func renderItems(b *builder, lines []string, tag, item string) {
	openPage(b, lines[0])
	b.raw("<" + tag + ">\n")
	before, after, _ := strings.Cut(item, "%")
	for i, l := range lines[1:] {
		b.raw(strings.Replace(before, "#", fmt.Sprint(i+1), 1))
		b.legitHTML(l)
		b.raw(after)
	}
	name, _, _ := strings.Cut(tag, " ")
	b.raw("</" + name + ">\n")
	closePage(b)
}

// words splits the lines after the title at " | ".
func words(lines []string) []string {
	all := lines[:1:1]
	for _, l := range lines[1:] {
		all = append(all, strings.Split(l, " | ")...)
	}
	return all
}

func renderTable(b *builder, lines []string) {
	openPage(b, lines[0])
	b.raw("<table>\n")
	for _, l := range lines[1:] {
		b.raw("<tr>")
		for _, cell := range strings.Split(l, " | ") {
			b.raw("<td>")
			b.legitHTML(cell)
			b.raw("</td>")
		}
		b.raw("</tr>\n")
	}
	b.raw("</table>\n")
	closePage(b)
}

// renderMeta takes title, keywords, description, and paragraphs.
func renderMeta(b *builder, lines []string) {
	b.raw("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>")
	b.legitHTML(lines[0])
	b.raw("</title>\n")
	for i, name := range []string{"keywords", "description"} {
		if i+1 < len(lines) {
			b.raw(`<meta name="` + name + `" content="`)
			b.legitHTML(lines[i+1])
			b.raw("\">\n")
		}
	}
	b.raw("</head>\n<body>\n")
	for _, l := range lines[min(3, len(lines)):] {
		b.raw("<p>")
		b.legitHTML(l)
		b.raw("</p>\n")
	}
	closePage(b)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
