package cli

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/drosshq/dross/filter"
)

// explain shows a person what was found on a page and why.
func explain(w io.Writer, name string, res filter.Result) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s: %s", name, res.Verdict)
	if res.RemovedBytes > 0 {
		fmt.Fprintf(&b, ", %d bytes", res.RemovedBytes)
	}
	if res.Reason != "" {
		fmt.Fprintf(&b, ": %s", res.Reason)
	}
	b.WriteByte('\n')
	for _, block := range res.Blocks {
		explainBlock(&b, block)
	}
	_, _ = w.Write(b.Bytes()) // standard error: there is no other place to say that it failed
}

func explainBlock(b *bytes.Buffer, block filter.Block) {
	fmt.Fprintf(b, "  %s %d-%d: %s in %s, score %.3g of %.3g, density %.0f%%\n",
		block.Action, block.Start, block.End, block.Category, block.Zone, block.Score, block.Threshold, 100*block.Density)
	if block.Path != "" {
		fmt.Fprintf(b, "    at: %s\n", block.Path)
	}
	if len(block.Keywords) > 0 {
		fmt.Fprintf(b, "    entries: %s\n", strings.Join(block.Keywords, ", "))
	}
	for _, reason := range block.Reasons {
		fmt.Fprintf(b, "    - %s\n", reason)
	}
}
