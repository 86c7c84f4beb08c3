package page

import (
	"slices"
	"testing"
)

// TestWithout: a text without separators leads back to all of its source, and what
// the source writes in several pieces stays in pieces.
func TestWithout(t *testing.T) {
	var d Doc
	d.ScanHTML([]byte("<p>go c a&#42;s&nbsp;<b>i</b> n</p>"))
	p := d.Plain(d.Segments[0])
	if got := string(p.Text); got != "go c a*s\u00a0i n" {
		t.Fatalf("text %q", got)
	}
	out, moved := p.Without([][2]int{{4, 5}, {6, 7}, {8, 10}, {11, 12}})
	if got := string(out.Text); got != "go casin" {
		t.Errorf("text %q", got)
	}
	for at, want := range map[int]int{0: 0, 3: 3, 4: 4, 5: 4, 7: 5, 12: 7, 13: 8} {
		if got := moved(at); got != want {
			t.Errorf("%d moves to %d, want %d", at, got, want)
		}
	}
	var got []string
	for _, r := range out.Ranges(3, 8) {
		got = append(got, string(d.Src[r.Start:r.End]))
	}
	if want := []string{"c a&#42;s&nbsp;", "i", "n"}; !slices.Equal(got, want) {
		t.Errorf("source %q, want %q", got, want)
	}
	if start, end := out.Of(1); string(out.Text[start:end]) != "i" {
		t.Errorf("run 1 is %q", out.Text[start:end])
	}
}
