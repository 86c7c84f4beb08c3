package grafana

import (
	"strings"
	"testing"

	"github.com/drosshq/dross/deploy/prometheus/series"
)

func read(t *testing.T) *Dashboard {
	t.Helper()
	d, err := Read("dross.json")
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// units are those that Grafana knows and the panels use.
var units = map[string]bool{
	"suffix: pages/s": true, "suffix: blocks/s": true, "reqps": true, "Bps": true, "bytes": true, "s": true,
	"percentunit": true, "short": true, "none": true,
}

var rows = []string{"Traffic", "Verdicts", "Removals by category and zone", "Latency", "Lists", "Resources"}

func TestDashboardIsSound(t *testing.T) {
	d := read(t)
	ids, titles, heads := map[int]bool{}, map[string]bool{}, []string{}
	for _, p := range d.Panels {
		if p.ID <= 0 || ids[p.ID] || p.Title == "" || titles[p.Title] {
			t.Errorf("panel %d %q: id or title is missing or taken", p.ID, p.Title)
		}
		ids[p.ID], titles[p.Title] = true, true
		if p.Type == "row" {
			heads = append(heads, p.Title)
			continue
		}
		if !units[p.FieldConfig.Defaults.Unit] {
			t.Errorf("%s: unit %q", p.Title, p.FieldConfig.Defaults.Unit)
		}
		if p.Description == "" || len(p.Targets) == 0 || p.Datasource.UID != "${datasource}" {
			t.Errorf("%s: description, query or data source variable is missing", p.Title)
		}
		refs := map[string]bool{}
		for _, q := range p.Targets {
			if refs[q.RefID] || q.Datasource.UID != "${datasource}" || !strings.Contains(q.Expr, `job=~"$job"`) {
				t.Errorf("%s %s: the id is taken, or the variables are not used", p.Title, q.RefID)
			}
			refs[q.RefID] = true
		}
	}
	if strings.Join(heads, "|") != strings.Join(rows, "|") {
		t.Errorf("rows are %q, want %q", heads, rows)
	}
	if len(d.Templating.List) < 2 || d.Templating.List[0].Name != "datasource" || d.Templating.List[0].Type != "datasource" {
		t.Error("the first variable is not the data source")
	}
}

func TestPanelsDoNotOverlap(t *testing.T) {
	taken := map[[2]int]string{}
	for _, p := range read(t).Panels {
		g := p.GridPos
		if g.W <= 0 || g.H <= 0 || g.X+g.W > 24 {
			t.Errorf("%s: place %+v", p.Title, g)
		}
		for x := g.X; x < g.X+g.W; x++ {
			for y := g.Y; y < g.Y+g.H; y++ {
				if other, ok := taken[[2]int{x, y}]; ok {
					t.Fatalf("%s lies over %s", p.Title, other)
				}
				taken[[2]int{x, y}] = p.Title
			}
		}
	}
}

// TestEverySeries: the dashboard asks only for what exists, and shows all that
// the service counts.
func TestEverySeries(t *testing.T) {
	service, err := series.Service()
	if err != nil {
		t.Fatal(err)
	}
	known, err := series.Service()
	if err == nil {
		err = known.AddRecorded("../prometheus/rules/recording.yml")
	}
	if err != nil {
		t.Fatal(err)
	}
	d := read(t)
	exprs := d.Exprs()
	for _, a := range d.Annotations.List {
		exprs = append(exprs, Expr{a.Name, a.Expr})
	}
	if len(exprs) < 30 {
		t.Fatalf("%d queries: too few to mean anything", len(exprs))
	}
	all := ""
	for _, e := range exprs {
		all += e.Text + "\n"
		for _, name := range series.Asked(e.Text) {
			if !known.Has(name) {
				t.Errorf("%s asks for %s, which does not exist", e.Where, name)
			}
		}
	}
	for name := range service {
		if name != "up" && !strings.Contains(all, name) {
			t.Errorf("%s is on no panel", name)
		}
	}
}
