// Package metrics holds the collectors of the service. They are made on a
// registerer that the caller gives, so that two services live in one process.
// No label ever holds a keyword, URL, host or anything else that a client
// chooses: the values come from fixed sets or from the names of lists.
package metrics

import (
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/lists"
)

const namespace = "dross"

// Metrics counts what the service does. Its methods are safe for concurrent use.
type Metrics struct {
	pages         *prometheus.CounterVec
	errors        *prometheus.CounterVec
	blocks        *prometheus.CounterVec
	input         prometheus.Counter
	removed       *prometheus.CounterVec
	duration      prometheus.Histogram
	size          prometheus.Histogram
	inFlight      prometheus.Gauge
	shed          prometheus.Counter
	listEntries   *prometheus.GaugeVec
	listInfo      *prometheus.GaugeVec
	reloadOK      prometheus.Gauge
	reloadTime    prometheus.Gauge
	buildInfo     *prometheus.GaugeVec
	requests      *prometheus.CounterVec
	requestTime   *prometheus.HistogramVec
	panics        prometheus.Counter
	bodyMemory    prometheus.Gauge
	shadowPages   *prometheus.CounterVec
	shadowInfo    *prometheus.GaugeVec
	shadowRemoved prometheus.Counter

	mu                   sync.Mutex // over the two maps, which hold what the gauges show
	listNames, revisions map[string]float64
}

// New makes the collectors and registers them. It fails when the registerer
// has one of them already.
func New(reg prometheus.Registerer) (*Metrics, error) {
	m := &Metrics{
		pages:         counters("pages_total", "Pages judged, by verdict.", "verdict"),
		errors:        counters("page_errors_total", "Pages that could not be judged, by reason.", "reason"),
		blocks:        counters("blocks_removed_total", "Blocks removed, by category and zone.", "category", "zone"),
		input:         counter("input_bytes_total", "Bytes of the pages judged, after Content-Encoding."),
		removed:       counters("removed_bytes_total", "Bytes removed from pages, by category.", "category"),
		duration:      histogram("page_duration_seconds", "Time to judge a page, without the wait for its turn.", prometheus.ExponentialBuckets(0.0001, 4, 9)),
		size:          histogram("page_size_bytes", "Size of the pages judged, after Content-Encoding.", prometheus.ExponentialBuckets(1024, 4, 9)),
		inFlight:      gauge("pages_in_flight", "Pages being judged now."),
		shed:          counter("pages_shed_total", "Pages refused with 503 because of overload."),
		listEntries:   gauges("lists_entries", "Entries of a list in use.", "list"),
		listInfo:      gauges("lists_info", "Always 1; names the revision of the lists in use.", "revision"),
		reloadOK:      gauge("lists_last_reload_successful", "Whether the last load of lists and settings succeeded."),
		reloadTime:    gauge("lists_last_reload_success_timestamp_seconds", "When lists and settings were last loaded with success."),
		buildInfo:     gauges("build_info", "Always 1; names the build.", "version", "revision", "goversion"),
		requests:      counters("http_requests_total", "HTTP requests answered, by handler and status code.", "handler", "code"),
		requestTime:   requestHistogram(),
		panics:        counter("panics_total", "Panics that were caught."),
		bodyMemory:    gauge("body_memory_bytes", "Memory held for request and response bodies."),
		shadowPages:   counters("shadow_pages_total", "Pages judged with the shadow lists too, by how the outcome differs.", "outcome"),
		shadowInfo:    gauges("shadow_lists_info", "Always 1; names the revision of the shadow lists.", "revision"),
		shadowRemoved: counter("shadow_removed_bytes_total", "Bytes that the shadow lists would have removed."),
	}
	for _, c := range m.all() {
		if err := reg.Register(c); err != nil {
			return nil, err
		}
	}
	for _, v := range []filter.Verdict{filter.Clean, filter.Stripped, filter.Rejected} {
		m.pages.WithLabelValues(string(v))
	}
	for _, r := range Reasons() {
		m.errors.WithLabelValues(string(r))
	}
	return m, nil
}

func (m *Metrics) all() []prometheus.Collector {
	return []prometheus.Collector{
		m.pages, m.errors, m.blocks, m.input, m.removed, m.duration, m.size, m.inFlight, m.shed,
		m.listEntries, m.listInfo, m.reloadOK, m.reloadTime, m.buildInfo, m.requests, m.requestTime,
		m.panics, m.bodyMemory, m.shadowPages, m.shadowInfo, m.shadowRemoved,
	}
}

func counter(name, help string) prometheus.Counter {
	return prometheus.NewCounter(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help})
}

func counters(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, labels)
}

func gauge(name, help string) prometheus.Gauge {
	return prometheus.NewGauge(prometheus.GaugeOpts{Namespace: namespace, Name: name, Help: help})
}

func gauges(name, help string, labels ...string) *prometheus.GaugeVec {
	return prometheus.NewGaugeVec(prometheus.GaugeOpts{Namespace: namespace, Name: name, Help: help}, labels)
}

// nativeHistogram is a classic histogram that is native too, where the scraper
// asks for it.
func nativeHistogram(name, help string, buckets []float64) prometheus.HistogramOpts {
	return prometheus.HistogramOpts{
		Namespace: namespace, Name: name, Help: help, Buckets: buckets,
		NativeHistogramBucketFactor:     1.1,
		NativeHistogramMaxBucketNumber:  100,
		NativeHistogramMinResetDuration: time.Hour,
	}
}

func histogram(name, help string, buckets []float64) prometheus.Histogram {
	return prometheus.NewHistogram(nativeHistogram(name, help, buckets))
}

func requestHistogram() *prometheus.HistogramVec {
	opts := nativeHistogram("http_request_duration_seconds", "Time from a request's head to the end of its answer, by handler and status code.",
		[]float64{0.001, 0.01, 0.1, 1, 10})
	return prometheus.NewHistogramVec(opts, []string{"handler", "code"})
}

// category is the label of a category: one of the known ones, or "other".
func category(c lists.Category) string {
	if _, err := lists.ParseCategory(string(c)); err != nil && c != filter.Site {
		return "other"
	}
	return string(c)
}

// zone is the label of a zone: one of the known ones, or "other".
func zone(z filter.Zone) string {
	switch z {
	case filter.ZoneTitle, filter.ZoneMeta, filter.ZoneHeading, filter.ZoneText, filter.ZoneLink, filter.ZoneAttribute,
		filter.ZoneHidden, filter.ZoneNoscript, filter.ZoneComment, filter.ZoneScript, filter.ZoneLine:
		return string(z)
	}
	return "other"
}
