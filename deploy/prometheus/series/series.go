// Package series says which time series queries ask for and which there are:
// those that the service shows and those that the recording rules make.
package series

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"gopkg.in/yaml.v3"

	"github.com/drosshq/dross/internal/metrics"
)

var (
	asked    = regexp.MustCompile(`\b(?:dross|process|go)_[a-z0-9_]+|\bjob(?:_[a-z]+)?:[a-z0-9_]+:[a-z0-9_]+|\bup\b`)
	fqName   = regexp.MustCompile(`fqName: "([^"]+)"`)
	ofHisto  = regexp.MustCompile(`_(?:bucket|sum|count)$`)
	quotedRe = regexp.MustCompile(`"[^"]*"`)
)

// Asked returns the names of the series that a query asks for, sorted.
func Asked(expr string) []string {
	names := asked.FindAllString(quotedRe.ReplaceAllString(expr, ""), -1)
	slices.Sort(names)
	return slices.Compact(names)
}

// Known is a set of series names.
type Known map[string]bool

// Service returns the names of the collectors of the service.
func Service() (Known, error) {
	r := &recorder{names: Known{"up": true}}
	if _, err := metrics.New(r); err != nil {
		return nil, fmt.Errorf("making the collectors: %w", err)
	}
	return r.names, nil
}

// Has reports whether a series exists. The names of the Go and process
// collectors are taken on trust; a live test meets them.
func (k Known) Has(name string) bool {
	return k[name] || k[ofHisto.ReplaceAllString(name, "")] || strings.HasPrefix(name, "go_") || strings.HasPrefix(name, "process_")
}

// AddRecorded adds what the recording rules of a file make.
func (k Known) AddRecorded(path string) error {
	f, err := ReadRules(path)
	if err != nil {
		return err
	}
	for _, r := range f.Rules() {
		if r.Record != "" {
			k[r.Record] = true
		}
	}
	return nil
}

// RuleFile is a file of Prometheus rules.
type RuleFile struct {
	Groups []struct {
		Name  string
		Rules []Rule
	}
}

// Rule is a recording rule or an alert.
type Rule struct {
	Record, Alert, Expr, For string
	Labels, Annotations      map[string]string
}

// ReadRules reads a file of rules.
func ReadRules(path string) (*RuleFile, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading rules: %w", err)
	}
	f := &RuleFile{}
	if err := yaml.Unmarshal(b, f); err != nil {
		return nil, fmt.Errorf("reading rules: %s: %w", path, err)
	}
	return f, nil
}

// Rules returns the rules of all groups.
func (f *RuleFile) Rules() []Rule {
	var out []Rule
	for _, g := range f.Groups {
		out = append(out, g.Rules...)
	}
	return out
}

// recorder is a registerer that only takes down names.
type recorder struct{ names Known }

func (r *recorder) Register(c prometheus.Collector) error {
	ch := make(chan *prometheus.Desc)
	go func() {
		c.Describe(ch)
		close(ch)
	}()
	for d := range ch {
		if m := fqName.FindStringSubmatch(d.String()); m != nil {
			r.names[m[1]] = true
		}
	}
	return nil
}

func (r *recorder) MustRegister(cs ...prometheus.Collector) {
	for _, c := range cs {
		_ = r.Register(c) // never fails
	}
}

func (r *recorder) Unregister(prometheus.Collector) bool { return false }
