package config

import "time"

// Config holds all settings of the service. Its zero value is not useful: get
// one from Default or Load.
type Config struct {
	Listen      string `name:"listen" default:":8866" help:"address to serve on"`
	WebConfig   string `name:"web.config.file" help:"TLS, client certificates and basic auth: a web configuration file of the Prometheus exporter toolkit"`
	Lifecycle   bool   `name:"web.enable-lifecycle" default:"false" help:"serve POST /-/reload"`
	DebugListen string `name:"debug.listen" help:"address of a separate listener with /debug/pprof/; empty: none"`

	DrainDelay   time.Duration `name:"web.drain-delay" default:"0s" help:"time between readiness off and the listener closing on SIGTERM"`
	DrainTimeout time.Duration `name:"web.drain-timeout" default:"25s" help:"time that requests in flight have to end on SIGTERM"`
	Connections  int           `name:"web.max-connections" default:"4096" help:"open connections; more wait in the kernel"`

	ListsDir      []string `name:"lists.dir" help:"folder of keyword lists, *.txt; repeatable; a list replaces an embedded one of its name" reload:"true"`
	ListsEmbedded bool     `name:"lists.embedded" default:"true" help:"use the lists that come with dross" reload:"true"`
	ListsShadow   []string `name:"lists.shadow" help:"folder of lists that judge the same traffic and only count the differences; repeatable" reload:"true"`
	ListsWatch    bool     `name:"lists.watch" default:"true" help:"reload when the list folders or the configuration file change"`
	ListsMinRatio float64  `name:"lists.min-ratio" default:"0.5" help:"refuse a reload that leaves less than this share of a list's entries, unless forced" reload:"true"`

	Categories []string `name:"filter.categories" help:"judge these categories only; empty: all" reload:"true"`
	Thresholds []string `name:"filter.threshold" help:"score a block must reach, for all categories (6) or one (adult=6); repeatable" reload:"true"`
	Strip      []string `name:"filter.strip" split:"lines" help:"elements that always go from HTML pages of a host, as HOST=SELECTOR, with a CSS selector; HOST is example.com, *.example.com or *; repeatable" reload:"true"`
	Keep       []string `name:"filter.keep" split:"lines" help:"elements of a host's pages in which nothing is removed, as HOST=SELECTOR; repeatable" reload:"true"`

	PageSize       Size          `name:"limit.page-size" default:"64MiB" help:"largest page, after Content-Encoding is undone"`
	WireSize       Size          `name:"limit.wire-size" default:"64MiB" help:"largest request body as sent"`
	RecordSize     Size          `name:"limit.record-size" default:"16MiB" help:"largest record of a batch"`
	BodyMemory     Size          `name:"limit.body-memory" default:"0B" help:"memory for all request and response bodies together; 0: a quarter of GOMEMLIMIT, or 512MiB, and no less than two pages"`
	Concurrency    int           `name:"limit.concurrency" default:"0" help:"pages judged at once; 0: GOMAXPROCS"`
	Queue          int           `name:"limit.queue" default:"0" help:"pages that wait for their turn; 0: 64 for each judged at once"`
	QueueTimeout   time.Duration `name:"limit.queue-timeout" default:"1s" help:"longest wait in the queue"`
	RequestTimeout time.Duration `name:"limit.request-timeout" default:"30s" help:"time for one page, from its first byte in to its last byte out"`
	Batches        int           `name:"limit.batches" default:"0" help:"batch streams open at once; 0: 4 for each page judged at once"`
	BatchIdle      time.Duration `name:"limit.batch-idle" default:"60s" help:"longest pause of a batch stream, in or out"`

	LogLevel    string  `name:"log.level" default:"info" help:"debug, info, warn or error; debug logs a line a request" reload:"true"`
	LogFormat   string  `name:"log.format" default:"text" help:"text or json"`
	MemoryRatio float64 `name:"memory.limit-ratio" default:"0.9" help:"share of the container's memory limit that becomes GOMEMLIMIT; 0: leave it"`

	File  string `name:"config.file" help:"YAML file of settings" file:"false"`
	Check bool   `name:"config.check" default:"false" help:"check settings and lists, print what is wrong, and end" file:"false"`
	Print bool   `name:"config.print" default:"false" help:"print the effective settings as a file, and end" file:"false"`
}

// Default returns the settings that hold when nothing is said.
func Default() Config {
	var c Config
	for _, f := range fields(&c) {
		if err := f.setDefault(); err != nil {
			panic("config: default of " + f.Name + ": " + err.Error()) // a fault of the table above; every test meets it
		}
	}
	return c
}
