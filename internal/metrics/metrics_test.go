package metrics

import (
	"fmt"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/lists"
)

func newMetrics(t *testing.T) (*Metrics, *prometheus.Registry) {
	t.Helper()
	reg := prometheus.NewRegistry()
	m, err := New(reg)
	if err != nil {
		t.Fatal(err)
	}
	return m, reg
}

// touchAll makes every collector show itself, and the vectors with hostile labels.
func touchAll(m *Metrics) {
	m.Build("test")
	m.ListsLoaded(lists.Default(), time.Unix(1, 0))
	m.ShadowLoaded(lists.Default())
	m.Shadow(ShadowMore, 3)
	m.Shed()
	m.Panic()
	m.BodyMemory(1)
	m.Request("filter", 200, time.Millisecond)
	m.PageStarted()()
	m.Page(&filter.Result{Verdict: filter.Stripped, Blocks: []filter.Block{
		{Start: 0, End: 5, Action: filter.Removed, Zone: "made up", Category: "made up"},
		{Start: 5, End: 9, Action: filter.Kept, Zone: filter.ZoneText, Category: lists.Adult},
	}}, 10, false, time.Millisecond)
}

func TestNamesAndHelpAreClean(t *testing.T) {
	m, reg := newMetrics(t)
	touchAll(m)
	problems, err := testutil.GatherAndLint(reg)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
	n, err := testutil.GatherAndCount(reg)
	if err != nil || n < 20 {
		t.Fatalf("gathered %d series, %v", n, err)
	}
}

func TestSeriesAtRest(t *testing.T) {
	m, reg := newMetrics(t)
	reg.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.Build("test")
	m.ListsLoaded(lists.Default(), time.Now())
	families, err := reg.Gather()
	if err != nil {
		t.Fatal(err)
	}
	series := 0
	for _, f := range families {
		for _, x := range f.GetMetric() {
			series++
			if h := x.GetHistogram(); h != nil {
				series += len(h.GetBucket()) + 2
			}
		}
	}
	t.Logf("%d series at rest", series)
	if series >= 300 {
		t.Errorf("%d series at rest, want fewer than 300", series)
	}
}

func TestLabelsStayBounded(t *testing.T) {
	m, reg := newMetrics(t)
	for i := range 500 {
		b := filter.Block{End: 1, Action: filter.Removed, Zone: filter.Zone(fmt.Sprint("z", i)), Category: lists.Category(fmt.Sprint("c", i))}
		m.Page(&filter.Result{Verdict: filter.Stripped, Blocks: []filter.Block{b}}, 1, false, 0)
	}
	if n, _ := testutil.GatherAndCount(reg, "dross_blocks_removed_total"); n != 1 {
		t.Errorf("500 unknown zones and categories made %d series, want 1", n)
	}
	if got := testutil.ToFloat64(m.blocks.WithLabelValues("other", "other")); got != 500 {
		t.Errorf("counted %v blocks, want 500", got)
	}
	var ls []*lists.List
	for i := range MaxLists + 50 {
		ls = append(ls, &lists.List{Name: fmt.Sprintf("l%03d.txt", i), Entries: []lists.Entry{
			{Term: fmt.Sprintf("zorblat%d", i), Category: lists.Games, Strength: lists.Firm, Lang: "en", Source: "test", Line: 1}}})
	}
	set, err := lists.NewSet(ls...)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		m.ListsLoaded(set, time.Now())
		if n, _ := testutil.GatherAndCount(reg, "dross_lists_entries"); n != MaxLists+1 {
			t.Errorf("%d list series, want %d", n, MaxLists+1)
		}
	}
	m.ListsLoaded(lists.Default(), time.Now())
	if n, _ := testutil.GatherAndCount(reg, "dross_lists_info"); n != 1 {
		t.Errorf("%d revisions shown after a reload, want 1", n)
	}
}

func TestDryRunRemovesNothing(t *testing.T) {
	m, _ := newMetrics(t)
	res := &filter.Result{Verdict: filter.Stripped, Blocks: []filter.Block{{End: 5, Action: filter.Removed, Zone: filter.ZoneLine, Category: lists.Adult}}}
	m.Page(res, 10, true, 0)
	if got := testutil.CollectAndCount(m.removed); got != 0 {
		t.Errorf("a dry run shows %d series of removed bytes", got)
	}
	m.Page(res, 10, false, 0)
	if got := testutil.ToFloat64(m.removed.WithLabelValues("adult")); got != 5 {
		t.Errorf("removed bytes are %v, want 5", got)
	}
	if got := testutil.ToFloat64(m.pages.WithLabelValues("stripped")); got != 2 {
		t.Errorf("stripped pages are %v, want 2", got)
	}
}

func TestHistogramsAreClassicAndNative(t *testing.T) {
	m, reg := newMetrics(t)
	touchAll(m)
	families, err := reg.Gather()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, f := range families {
		for _, x := range f.GetMetric() {
			h := x.GetHistogram()
			if h == nil {
				continue
			}
			seen++
			if len(h.GetBucket()) == 0 || h.Schema == nil || len(h.GetPositiveSpan()) == 0 {
				t.Errorf("%s: %d classic buckets, native %v", f.GetName(), len(h.GetBucket()), h.GetPositiveSpan())
			}
		}
	}
	if seen != 3 {
		t.Errorf("%d histograms, want 3", seen)
	}
}
