// Package grafana reads the dashboard beside it, for its tests: there is no
// Grafana in them, so every promise of the file is checked by its text and, by
// the live test, by the answers of a real Prometheus.
package grafana

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

// Dashboard is the part of Grafana's model that is checked.
type Dashboard struct {
	UID, Title string
	Panels     []Panel
	Templating struct{ List []Variable }
	// Annotations are events drawn over the panels.
	Annotations struct {
		List []struct{ Name, Expr string }
	}
}

// Variable is a choice at the top of the dashboard.
type Variable struct {
	Name, Type string
	Query      json.RawMessage
}

// Panel is a panel or the head of a row.
type Panel struct {
	ID          int
	Type, Title string
	Description string
	Datasource  struct{ Type, UID string }
	FieldConfig struct {
		Defaults struct{ Unit string }
	}
	GridPos struct{ H, W, X, Y int }
	Targets []struct {
		RefID      string
		Expr       string
		Datasource struct{ Type, UID string }
	}
}

// Read reads a dashboard.
func Read(path string) (*Dashboard, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the dashboard: %w", err)
	}
	d := &Dashboard{}
	if err := json.Unmarshal(b, d); err != nil {
		return nil, fmt.Errorf("reading the dashboard: %s: %w", path, err)
	}
	return d, nil
}

// Expr is a query and where it stands.
type Expr struct{ Where, Text string }

// Exprs returns all queries as written.
func (d *Dashboard) Exprs() []Expr {
	var out []Expr
	for _, p := range d.Panels {
		for _, t := range p.Targets {
			out = append(out, Expr{p.Title + " " + t.RefID, t.Expr})
		}
	}
	return out
}

// Fill puts values in the place of Grafana's variables.
func Fill(expr, job, window string) string {
	return strings.NewReplacer("$job", job, "$instance", ".*", "$__rate_interval", window, "$__interval", window, "$__range", window).Replace(expr)
}
