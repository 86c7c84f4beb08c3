package main

import (
	"fmt"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// verdict is what should become of a page.
type verdict string

const (
	clean    verdict = "clean"
	stripped verdict = "stripped"
	rejected verdict = "rejected"
)

// page is one made page: what is served, and what should be stored.
type page struct {
	path    string // "/p/017.html"
	charset string // of served and want
	verdict verdict
	served  []byte
	want    []byte // nil when rejected
}

// makePages makes n pages. The i-th links to the pages 2i+1 and 2i+2, so all
// can be found from the first; blocks link to traps, which are no pages.
func makePages(n int) ([]page, error) {
	texts, err := articles()
	if err != nil {
		return nil, err
	}
	about, err := spam()
	if err != nil {
		return nil, err
	}
	out := make([]page, n)
	for i := range out {
		if out[i], err = makePage(i, n, texts[i%len(texts)], about[i/5%len(about)]); err != nil {
			return nil, fmt.Errorf("page %d: %w", i, err)
		}
	}
	return out, nil
}

// makePage makes the i-th page. The ones that end in 3 and 8 have blocks; of
// those every tenth is nothing else, and always a page without links onwards.
func makePage(i, n int, text article, about topic) (page, error) {
	p := page{path: path(i), charset: "utf-8", verdict: clean}
	if text.lang == "zh" && i%2 == 1 {
		p.charset = "gbk"
	}
	b := &builder{}
	switch {
	case i%5 != 3:
		b.article(i, n, p.charset, text, blocks{})
	case i%50 == 48 && 2*i+1 >= n:
		p.verdict = rejected
		p.charset = "utf-8"
		b.onlySpam(i, about)
	default:
		p.verdict = stripped
		b.article(i, n, p.charset, text, makeBlocks(i, about))
	}
	var err error
	if p.served, err = encode(p.charset, b.served.String()); err == nil && p.verdict != rejected {
		p.want, err = encode(p.charset, b.want.String())
	}
	return p, err
}

func path(i int) string { return fmt.Sprintf("/p/%03d.html", i) }

// encode gives text in a charset; characters that it lacks become references,
// as an editor would do.
func encode(charset, text string) ([]byte, error) {
	if charset != "gbk" {
		return []byte(text), nil
	}
	b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(text))
	if err != nil {
		return nil, fmt.Errorf("encoding as %s: %w", charset, err)
	}
	return b, nil
}

// decode undoes encode.
func decode(charset string, b []byte) ([]byte, error) {
	if charset != "gbk" {
		return b, nil
	}
	return simplifiedchinese.GBK.NewDecoder().Bytes(b)
}

// builder writes a page twice: as served, and without its blocks.
type builder struct{ served, want strings.Builder }

func (b *builder) both(format string, args ...any) {
	s := fmt.Sprintf(format, args...)
	b.served.WriteString(s)
	b.want.WriteString(s)
}

// block writes what should go; the line end after it stays.
func (b *builder) block(s string) {
	if s != "" {
		b.served.WriteString(s)
		b.both("\n")
	}
}
