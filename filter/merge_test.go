package filter_test

import (
	"strings"
	"testing"

	"github.com/drosshq/dross/filter"
)

// Lines that go by one decision are one block, and the page's own lines part blocks.
func TestLinesAreOneBlock(t *testing.T) {
	words := spamLine()
	lines := strings.Join(words[:6], "\n") + "\n"
	own := "The council met on Tuesday and spoke about the new bridge over the river, which many want.\n"
	p := filter.Page{ContentType: "text/plain; charset=utf-8", Body: []byte(lines + own + own + lines)}
	res := mustClean(t, shippedFilter(t), p)
	if string(res.Content) != own+own || len(res.Blocks) != 2 {
		t.Fatalf("%d blocks, %q is left", len(res.Blocks), res.Content)
	}
	if b := res.Blocks[0]; b.Start != 0 || b.End != len(lines) {
		t.Errorf("the first block is [%d, %d), want [0, %d)", b.Start, b.End, len(lines))
	}
}
