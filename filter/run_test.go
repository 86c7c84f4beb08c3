package filter_test

import (
	"context"
	"strings"
	"testing"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/lists"
)

// TestRunOfFewWords holds that texts of a run that is no block as a whole, since
// too few of them hold a firm or strong entry, are still judged each alone.
func TestRunOfFewWords(t *testing.T) {
	l, err := lists.Parse("own.txt", strings.NewReader(
		"@category gambling\n@lang en\nstrong zorblat casino\nstrong quibble slots\nsoft grommet\nsoft widget\nsoft sprocket\n"))
	if err != nil {
		t.Fatal(err)
	}
	set, err := lists.NewSet(l)
	if err != nil {
		t.Fatal(err)
	}
	f := newFilter(t, set)
	prose := "The council met on Tuesday and agreed that the bridge will be painted before the winter, which is when the river rises."
	body := prose + "\n\nzorblat casino grommet\ngrommet\nwidget\nsprocket\nquibble slots widget\n\n" + prose + "\n"
	res, err := f.Clean(context.Background(), filter.Page{ContentType: "text/plain", Body: []byte(body)})
	if err != nil {
		t.Fatal(err)
	}
	for _, gone := range []string{"zorblat", "quibble"} {
		if strings.Contains(string(res.Content), gone) {
			t.Errorf("%q stayed:\n%s", gone, res.Content)
		}
	}
	if strings.Count(string(res.Content), prose) != 2 {
		t.Errorf("the page's own text was hurt:\n%s", res.Content)
	}
}
