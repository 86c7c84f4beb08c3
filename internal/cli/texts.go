package cli

import (
	"bytes"
	"fmt"
	"mime"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding/htmlindex"

	"github.com/drosshq/dross/internal/quality"
)

// texts are named texts of legitimate pages.
type texts []namedText

type namedText struct{ name, text string }

// all yields name and text.
func (t texts) all(yield func(name, text string) bool) {
	for _, one := range t {
		if !yield(one.name, one.text) {
			return
		}
	}
}

// goodTexts are the texts of the legitimate pages that come with dross.
func goodTexts() (texts, error) {
	corpus, err := quality.Load(quality.Embedded())
	if err != nil {
		return nil, fmt.Errorf("legitimate pages: %w", err)
	}
	var all texts
	for i := range corpus.Good {
		page := &corpus.Good[i]
		all = append(all, namedText{page.ID, plainText(page.Page.Body, page.Page.ContentType)})
	}
	return all, nil
}

// plainText is what a person reads of a page or a part of one, roughly: enough
// to count words in, not to cut by.
func plainText(body []byte, contentType string) string {
	media, params, err := mime.ParseMediaType(contentType)
	if err == nil && params["charset"] != "" {
		body = decode(body, params["charset"])
	}
	if media != "text/html" && media != "application/xhtml+xml" {
		return string(body)
	}
	return markupText(body)
}

func decode(body []byte, charset string) []byte {
	enc, err := htmlindex.Get(charset)
	if err != nil {
		return body
	}
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return body
	}
	return out
}

// markupText takes the texts and attribute values out of markup, one a line.
func markupText(body []byte) string {
	var b strings.Builder
	tokens := html.NewTokenizer(bytes.NewReader(body))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.Write(tokens.Text())
			b.WriteByte('\n')
		case html.StartTagToken, html.SelfClosingTagToken:
			tokenValues(&b, tokens)
		}
	}
}

// tokenValues takes the attributes that hold words.
func tokenValues(b *strings.Builder, tokens *html.Tokenizer) {
	_, more := tokens.TagName()
	for more {
		var key, value []byte
		key, value, more = tokens.TagAttr()
		switch string(key) {
		case "content", "alt", "title":
			b.Write(value)
			b.WriteByte('\n')
		}
	}
}
