package filter

import (
	"maps"
	"math"
	"mime"
	"slices"
	"strings"

	"github.com/drosshq/dross/internal/cut"
	"github.com/drosshq/dross/internal/page"
	"github.com/drosshq/dross/lists"
)

// result writes down what was found in a page's own bytes and cuts it.
func (f *Filter) result(p Page, blocks []found, req Request) Result {
	res := Result{ID: p.ID, URL: p.URL, Verdict: Clean, Content: p.Body, Lists: f.set.Revision(), Blocks: make([]Block, 0, len(blocks)), Categories: []lists.Category{}}
	for _, b := range blocks {
		res.Blocks = append(res.Blocks, *b.block)
		last := &res.Blocks[len(res.Blocks)-1]
		last.Start, last.End = b.at.Start, b.at.End
		if b.block.Action == Removed && !slices.Contains(res.Categories, b.block.Category) {
			res.Categories = append(res.Categories, b.block.Category)
		}
	}
	slices.Sort(res.Categories)
	ranges := removedRanges(blocks)
	if len(ranges) == 0 {
		return res
	}
	res.Verdict, res.RemovedBytes = Stripped, cut.Bytes(ranges)
	if !req.DryRun {
		res.Content = cut.Apply(p.Body, ranges)
	}
	return res
}

// locate maps blocks of the decoded text to the bytes they were decoded from. A
// block may fall into several ranges there.
func locate(dec page.Decoded, blocks []found) ([]found, error) {
	if len(blocks) == 0 {
		return nil, nil
	}
	var out []found
	for _, a := range []Action{Removed, Kept} { // kept blocks may overlap removed ones
		var some []found
		var ranges []page.Range
		for _, b := range blocks {
			if b.block.Action == a {
				some = append(some, b)
				ranges = append(ranges, b.at)
			}
		}
		at, err := dec.Locate(ranges)
		if err != nil {
			return nil, err
		}
		for i, b := range some {
			for _, r := range at[i] {
				b.at = r
				out = append(out, b)
			}
		}
	}
	return merge(out), nil
}

// contentType returns the type that a result goes out with: the one that came in,
// with the charset that was read where it had none or another.
func contentType(given string, kind page.Kind, charset string) string {
	media, params, err := page.ParseMedia(given)
	if err != nil || media == "" || media == "application/octet-stream" {
		media, params = "text/plain", nil
		if kind == page.KindHTML {
			media = "text/html"
		}
	}
	if page.SameCharset(params["charset"], charset) {
		return given
	}
	own := map[string]string{}
	maps.Copy(own, params)
	own["charset"] = charset
	if s := mime.FormatMediaType(media, own); s != "" {
		return s
	}
	return strings.TrimSpace(given)
}

func round2(v float64) float64 { return math.Round(v*100) / 100 }
