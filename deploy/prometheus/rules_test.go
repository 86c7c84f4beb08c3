// Package prometheus holds no code but the test of the rules beside it.
package prometheus

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/drosshq/dross/deploy/prometheus/series"
	"github.com/drosshq/dross/internal/metrics"
)

const alertsFile, recordingFile = "rules/alerts.yml", "rules/recording.yml"

func alerts(t *testing.T) []series.Rule {
	t.Helper()
	f, err := series.ReadRules(alertsFile)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Rules()) < 8 {
		t.Fatalf("%d alerts: too few to mean anything", len(f.Rules()))
	}
	return f.Rules()
}

// TestAlertsAreWhole: each has what a person woken by it needs.
func TestAlertsAreWhole(t *testing.T) {
	runbook, err := os.ReadFile("RUNBOOK.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range alerts(t) {
		_, anchor, _ := strings.Cut(a.Annotations["runbook_url"], "deploy/prometheus/RUNBOOK.md#")
		if anchor != strings.ToLower(a.Alert) || !strings.Contains(string(runbook), "\n## "+a.Alert+"\n") {
			t.Errorf("%s: %q is no part of the runbook", a.Alert, a.Annotations["runbook_url"])
		}
		if a.Annotations["summary"] == "" || a.Annotations["description"] == "" || a.For == "" {
			t.Errorf("%s: summary, description or for is missing", a.Alert)
		}
		if s := a.Labels["severity"]; s != "critical" && s != "warning" {
			t.Errorf("%s: severity %q", a.Alert, s)
		}
	}
	if n := strings.Count(string(runbook), "\n## "); n != len(alerts(t)) {
		t.Errorf("the runbook has %d parts, there are %d alerts", n, len(alerts(t)))
	}
}

// TestRulesAskForWhatThereIs: a series that was renamed makes an alert that never fires.
func TestRulesAskForWhatThereIs(t *testing.T) {
	known, err := series.Service()
	if err != nil {
		t.Fatal(err)
	}
	if err := known.AddRecorded(recordingFile); err != nil {
		t.Fatal(err)
	}
	recording, err := series.ReadRules(recordingFile)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range append(recording.Rules(), alerts(t)...) {
		names := series.Asked(r.Expr)
		if len(names) == 0 {
			t.Errorf("%s%s asks for nothing", r.Record, r.Alert)
		}
		for _, n := range names {
			if !known.Has(n) {
				t.Errorf("%s%s asks for %s, which does not exist", r.Record, r.Alert, n)
			}
		}
	}
}

// TestEveryAlertIsTested: promtool runs the cases; here they are counted.
func TestEveryAlertIsTested(t *testing.T) {
	files, err := filepath.Glob("tests/*.yml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no tests: %v", err)
	}
	fires, quiet := map[string]int{}, map[string]int{}
	for _, name := range files {
		var f struct {
			Tests []struct {
				Cases []struct {
					Alert  string      `yaml:"alertname"`
					Expect []yaml.Node `yaml:"exp_alerts"`
				} `yaml:"alert_rule_test"`
			}
		}
		b, err := os.ReadFile(name)
		if err == nil {
			err = yaml.Unmarshal(b, &f)
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, test := range f.Tests {
			for _, c := range test.Cases {
				if len(c.Expect) > 0 {
					fires[c.Alert]++
				} else {
					quiet[c.Alert]++
				}
			}
		}
	}
	for _, a := range alerts(t) {
		if fires[a.Alert] == 0 || quiet[a.Alert] == 0 {
			t.Errorf("%s: %d firing and %d quiet cases, want some of both", a.Alert, fires[a.Alert], quiet[a.Alert])
		}
		delete(fires, a.Alert)
		delete(quiet, a.Alert)
	}
	if len(fires)+len(quiet) > 0 {
		t.Errorf("cases of no alert: %v %v", fires, quiet)
	}
}

var reasonMatch = regexp.MustCompile(`reason=~?"([^"]+)"`)

// TestReasonsAreKnown: a reason that was renamed would leave its alert silent, and a
// new one belongs to an alert, or is named here.
func TestReasonsAreKnown(t *testing.T) {
	f, err := series.ReadRules(recordingFile)
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]int{"canceled": 1, "overload": 1} // the client left; pages_shed_total counts it
	for _, r := range f.Rules() {
		if m := reasonMatch.FindStringSubmatch(r.Expr); m != nil {
			for reason := range strings.SplitSeq(m[1], "|") {
				asked[reason]++
			}
		}
	}
	for _, reason := range metrics.Reasons() {
		if asked[string(reason)] != 1 {
			t.Errorf("the reason %q stands in %d shares, want one", reason, asked[string(reason)])
		}
		delete(asked, string(reason))
	}
	if len(asked) > 0 {
		t.Errorf("reasons that the service does not know: %v", asked)
	}
}
