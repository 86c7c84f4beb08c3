package filter_test

import (
	"fmt"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/internal/page"
)

// charsetOf returns the charset that a page is read in; its label may lie.
func charsetOf(p filter.Page) (string, error) {
	kind, label, err := page.Media(p.ContentType, p.Body)
	if err != nil {
		return "", fmt.Errorf("media type: %w", err)
	}
	dec, err := page.Decode(p.Body, label, kind)
	return dec.Charset, err
}
