package main

import (
	"fmt"
	"strings"
)

// blocks are the injected parts of a page; an empty one is not there.
type blocks struct{ head, middle, foot string }

// makeBlocks gives the i-th page one of five shapes, as hacked sites have them:
// a line of phrases on top, hidden links in the middle, a line at the end,
// hidden links at the end, and two of them together.
func makeBlocks(i int, about topic) blocks {
	head := func() string { return line("p", ", ", about.take(i, 8+i%7)) }
	hidden := func() string { return hiddenLinks(i, about.take(i+2, 10)) }
	switch i / 5 % 5 {
	case 0:
		return blocks{head: head()}
	case 1:
		return blocks{middle: hidden()}
	case 2:
		return blocks{foot: line("div", " | ", about.take(i, 10+i%5))}
	case 3:
		return blocks{foot: hidden()}
	}
	return blocks{head: head(), foot: hidden()}
}

func line(tag, separator string, phrases []string) string {
	return fmt.Sprintf("<%s>%s</%s>", tag, strings.Join(phrases, separator), tag)
}

func hiddenLinks(i int, phrases []string) string {
	var b strings.Builder
	b.WriteString(`<div style="display:none">`)
	for k, p := range phrases {
		fmt.Fprintf(&b, `<a href="/trap/%03d-%d.html">%s</a> `, i, k, p)
	}
	b.WriteString("</div>")
	return b.String()
}

// article writes a page around a harmless text.
func (b *builder) article(i, n int, charset string, text article, inject blocks) {
	b.both("<!DOCTYPE html>\n<html lang=\"%s\">\n<head><meta charset=\"%s\"><title>%s</title></head>\n<body>\n", text.lang, charset, text.title)
	b.block(inject.head)
	b.both("<h1>%s</h1>\n<p>No. %d</p>\n", text.title, i+1)
	for k := range text.sentences {
		if k == 2 {
			b.block(inject.middle)
		}
		b.both("<p>%s</p>\n", text.sentences[(i+k)%len(text.sentences)])
	}
	for _, next := range []int{2*i + 1, 2*i + 2} {
		if next < n {
			b.both("<a href=\"%s\">%03d</a>\n", path(next), next)
		}
	}
	b.block(inject.foot)
	b.both("</body>\n</html>\n")
}

// onlySpam writes a page of which nothing is worth keeping.
func (b *builder) onlySpam(i int, about topic) {
	phrases := about.take(i, 18)
	b.both("<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\">")
	b.block(line("title", ", ", phrases[:8]))
	b.both("</head>\n<body>\n")
	b.block(line("p", ", ", phrases))
	b.block(hiddenLinks(i, phrases[:10]))
	b.both("</body>\n</html>\n")
}
