package filter

import (
	"math"
	"mime"
	"slices"
	"strings"

	"github.com/drosshq/dross/internal/cut"
	"github.com/drosshq/dross/internal/page"
	"github.com/drosshq/dross/lists"
)

// result maps the blocks to the page's own bytes and cuts them.
func (f *Filter) result(p Page, dec page.Decoded, blocks []found, req Request) (Result, error) {
	res := Result{ID: p.ID, URL: p.URL, Verdict: Clean, Content: p.Body, Lists: f.set.Revision(), Blocks: []Block{}, Categories: []lists.Category{}}
	var ranges []page.Range
	for _, b := range blocks {
		at, err := dec.Locate([]page.Range{b.at})
		if err != nil {
			return Result{}, err
		}
		for _, r := range at {
			b.block.Start, b.block.End = r.Start, r.End
			res.Blocks = append(res.Blocks, b.block)
			if b.block.Action == Removed {
				ranges = append(ranges, r)
				if !slices.Contains(res.Categories, b.block.Category) {
					res.Categories = append(res.Categories, b.block.Category)
				}
			}
		}
	}
	slices.Sort(res.Categories)
	ranges = cut.Union(ranges)
	if len(ranges) == 0 {
		return res, nil
	}
	res.Verdict, res.RemovedBytes = Stripped, cut.Bytes(ranges)
	if !req.DryRun {
		res.Content = cut.Apply(p.Body, ranges)
	}
	return res, nil
}

// contentType returns the type that a result goes out with: the one that came in,
// with the charset that was found where it had none.
func contentType(given string, kind page.Kind, charset string) string {
	media, params, err := mime.ParseMediaType(given)
	if err != nil || media == "" || media == "application/octet-stream" {
		media, params = "text/plain", nil
		if kind == page.KindHTML {
			media = "text/html"
		}
	}
	if params["charset"] != "" {
		return given
	}
	if params == nil {
		params = map[string]string{}
	}
	params["charset"] = charset
	if s := mime.FormatMediaType(media, params); s != "" {
		return s
	}
	return strings.TrimSpace(given)
}

func round2(v float64) float64 { return math.Round(v*100) / 100 }
