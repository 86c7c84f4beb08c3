package page

import "testing"

// TestSwallowOwns holds that an element does not go with what the parser puts
// elsewhere.
func TestSwallowOwns(t *testing.T) {
	cases := map[string]string{
		"<table><tr><td>spam</td></tr></table>":            "<table><tr><td>spam</td></tr></table>",
		"<table><tr><td>spam</td></tr><p>good</p></table>": "<tr><td>spam</td></tr>",
		"<table>good<tr><td>spam</td></tr></table>":        "<tr><td>spam</td></tr>",
		"<div><table><td>spam<p>spam</table></div>":        "<div><table><td>spam<p>spam</table></div>",
		"<ul><li>spam<li>good</ul>":                        "<li>spam",
	}
	for src, want := range cases {
		var doc Doc
		doc.ScanHTML([]byte(src))
		tree, err := NewTree(&doc)
		if err != nil {
			t.Fatal(err)
		}
		at, _ := tree.Swallow(func(run int) bool {
			return string(doc.Src[doc.Runs[run].Start:doc.Runs[run].End]) == "spam"
		}, nil)
		got := ""
		for _, r := range at {
			got += src[r.Start:r.End]
		}
		if got != want {
			t.Errorf("%s: %q goes, want %q", src, got, want)
		}
	}
}
