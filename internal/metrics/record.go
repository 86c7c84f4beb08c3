package metrics

import (
	"runtime"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/lists"
)

// Reason says why a page could not be judged; it is a label.
type Reason string

// The reasons.
const (
	ReasonRequest     Reason = "bad_request"
	ReasonRecord      Reason = "bad_record"
	ReasonContentType Reason = "content_type"
	ReasonEncoding    Reason = "content_encoding"
	ReasonTooLarge    Reason = "too_large"
	ReasonTimeout     Reason = "timeout"
	ReasonCanceled    Reason = "canceled"
	ReasonUnready     Reason = "not_ready"
	ReasonOverload    Reason = "overload"
	ReasonPanic       Reason = "panic"
	ReasonInternal    Reason = "internal"
)

// Reasons returns all reasons.
func Reasons() []Reason {
	return []Reason{
		ReasonRequest, ReasonRecord, ReasonContentType, ReasonEncoding, ReasonTooLarge, ReasonTimeout,
		ReasonCanceled, ReasonUnready, ReasonOverload, ReasonPanic, ReasonInternal,
	}
}

// PageError counts a page that could not be judged.
func (m *Metrics) PageError(r Reason) { m.errors.WithLabelValues(string(r)).Inc() }

// Shed counts a page refused because of overload.
func (m *Metrics) Shed() {
	m.shed.Inc()
	m.PageError(ReasonOverload)
}

// Panic counts a panic that was caught.
func (m *Metrics) Panic() { m.panics.Inc() }

// PageStarted counts a page as being judged until the returned function is called.
func (m *Metrics) PageStarted() (done func()) {
	m.inFlight.Inc()
	return m.inFlight.Dec
}

// BodyMemory adds n bytes, or takes them off when n is below 0.
func (m *Metrics) BodyMemory(n int64) { m.bodyMemory.Add(float64(n)) }

// Page counts a judged page of size bytes. Nothing counts as removed in a dry run.
func (m *Metrics) Page(res *filter.Result, size int, dryRun bool, took time.Duration) {
	m.pages.WithLabelValues(string(res.Verdict)).Inc()
	m.input.Add(float64(size))
	m.size.Observe(float64(size))
	m.duration.Observe(took.Seconds())
	if dryRun {
		return
	}
	for i := range res.Blocks {
		b := &res.Blocks[i]
		if b.Action != filter.Removed {
			continue
		}
		m.blocks.WithLabelValues(category(b.Category), zone(b.Zone)).Inc()
		m.removed.WithLabelValues(category(b.Category)).Add(float64(b.End - b.Start))
	}
}

// Request counts an answered HTTP request. Handler is the name of a route.
func (m *Metrics) Request(handler string, code int, took time.Duration) {
	c := strconv.Itoa(code)
	m.requests.WithLabelValues(handler, c).Inc()
	m.requestTime.WithLabelValues(handler, c).Observe(took.Seconds())
}

// MaxLists is the most lists that have a series of their own; the entries of
// the others are counted together under "other".
const MaxLists = 100

// ListsLoaded names the set in use from now on.
func (m *Metrics) ListsLoaded(set *lists.Set, at time.Time) {
	entries := map[string]float64{}
	for i, l := range set.Lists() {
		name := l.Name
		if i >= MaxLists {
			name = "other"
		}
		entries[name] += float64(len(l.Entries))
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	setAll(m.listEntries, &m.listNames, entries)
	setAll(m.listInfo, &m.revisions, map[string]float64{set.Revision(): 1})
	m.reloadOK.Set(1)
	m.reloadTime.Set(float64(at.UnixNano()) / 1e9)
}

// setAll gives a gauge exactly the series of values, without a moment in which
// one that stays is missing.
func setAll(g *prometheus.GaugeVec, had *map[string]float64, values map[string]float64) {
	for name, v := range values {
		g.WithLabelValues(name).Set(v)
	}
	for name := range *had {
		if _, stays := values[name]; !stays {
			g.DeleteLabelValues(name)
		}
	}
	*had = values
}

// ReloadFailed says that the last load failed; what was in use stays.
func (m *Metrics) ReloadFailed() { m.reloadOK.Set(0) }

// ShadowLoaded names the shadow lists in use from now on; nil means none.
func (m *Metrics) ShadowLoaded(set *lists.Set) {
	m.shadowInfo.Reset()
	if set != nil {
		m.shadowInfo.WithLabelValues(set.Revision()).Set(1)
	}
}

// Outcome compares the shadow lists' judgement of a page with the one in use.
type Outcome string

// The outcomes.
const (
	// ShadowSame: the same bytes would go.
	ShadowSame Outcome = "same"
	// ShadowMore, ShadowLess: more or fewer bytes would go.
	ShadowMore Outcome = "more"
	ShadowLess Outcome = "less"
	// ShadowOther: as many bytes, but not the same, or another verdict.
	ShadowOther Outcome = "other"
	// ShadowError: the shadow lists did not judge the page.
	ShadowError Outcome = "error"
	// ShadowSkipped: the service was too busy to judge it twice.
	ShadowSkipped Outcome = "skipped"
)

// Shadow counts one page that the shadow lists judged, with the bytes they would remove.
func (m *Metrics) Shadow(o Outcome, removed int) {
	m.shadowPages.WithLabelValues(string(o)).Inc()
	m.shadowRemoved.Add(float64(removed))
}

// Build sets build_info from version and what the binary knows of itself.
func (m *Metrics) Build(version string) {
	revision := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				revision = s.Value
			}
		}
	}
	m.buildInfo.WithLabelValues(version, revision, runtime.Version()).Set(1)
}
