package server

import (
	"context"
	"log/slog"
	"net/http"
	"sync/atomic"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/internal/metrics"
	"github.com/drosshq/dross/lists"
)

// Judge judges pages with one set of lists; *filter.Filter is one.
type Judge interface {
	CleanWith(ctx context.Context, p filter.Page, req filter.Request) (filter.Result, error)
	Lists() *lists.Set
}

// Options are the parts a Server is made of. Judge, Metrics and Logger are required.
type Options struct {
	// Judge returns the judge of this moment, nil before lists are in.
	Judge func() Judge
	// Shadow returns the judge that only counts differences; nil, or a nil judge: none.
	Shadow func() Judge
	// Reload reads lists and settings again; nil: POST /-/reload is not served.
	// Its error is logged by the server and shown to the client.
	Reload func(ctx context.Context, force bool) error
	// Metrics counts, and Gatherer is what GET /metrics shows; nil: not served.
	Metrics  *metrics.Metrics
	Gatherer prometheus.Gatherer
	// Logger takes one line a request at debug, and faults at error.
	Logger *slog.Logger
	// Limits bound what clients can ask for.
	Limits Limits
}

// Server answers HTTP requests. Make one with New; it is safe for concurrent use.
type Server struct {
	opts     Options
	limits   Limits
	routes   map[string]route
	slots    *limiter
	batches  chan struct{}
	memory   *budget
	codecs   codecs
	shadow   *shadow
	draining atomic.Bool
}

// New makes a server. Close ends its background work.
func New(opts Options) *Server {
	s := &Server{opts: opts, limits: opts.Limits.withDefaults()}
	s.slots = newLimiter(s.limits.Concurrency, s.limits.Queue, s.limits.QueueTimeout)
	s.batches = make(chan struct{}, s.limits.Batches)
	s.memory = &budget{max: s.limits.BodyMemory, observe: opts.Metrics.BodyMemory}
	s.shadow = newShadow(s)
	s.routes = s.table()
	return s
}

// Drain turns readiness off; requests are answered as before.
func (s *Server) Drain() { s.draining.Store(true) }

// Close ends the background work. No request may be under way.
func (s *Server) Close() { s.shadow.close() }

// handler answers a request, or returns an error to be answered as a problem.
type handler func(w *response, r *http.Request) error

type route struct {
	// name is the value of the handler label.
	name string
	// methods maps a method to its handler; HEAD is served as GET.
	methods map[string]handler
}

func (s *Server) table() map[string]route {
	get := func(name string, h handler) route { return route{name, map[string]handler{http.MethodGet: h}} }
	post := func(name string, h handler) route { return route{name, map[string]handler{http.MethodPost: h}} }
	t := map[string]route{
		"/":             get("page", servePage()),
		"/openapi.yaml": get("openapi", serveOpenAPI),
		"/v1/filter":    post("filter", s.filter),
		"/v1/batch":     post("batch", s.batch),
		"/v1/lists":     get("lists", s.lists),
		"/-/healthy":    get("healthy", healthy),
		"/livez":        get("healthy", healthy),
		"/-/ready":      get("ready", s.ready),
		"/readyz":       get("ready", s.ready),
	}
	if s.opts.Gatherer != nil {
		t["/metrics"] = get("metrics", s.metrics())
	}
	if s.opts.Reload != nil {
		t["/-/reload"] = post("reload", s.reload)
	}
	return t
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	rt, known := s.routes[r.URL.Path]
	if !known {
		rt = route{name: "none"}
	}
	s.answer(rw, r, rt, known)
}
