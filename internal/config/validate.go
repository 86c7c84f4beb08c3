package config

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/lists"
)

// validate reports every setting that is out of its range. Where some could not
// be read, those that must fit each other are left alone: a default may stand
// in place of what was meant.
func (c *Config) validate(unread bool) []error {
	v := validator{}
	v.check("listen", addressFault(c.Listen))
	if c.DebugListen != "" {
		v.check("debug.listen", addressFault(c.DebugListen))
	}
	for name, n := range map[string]int64{
		"limit.page-size": int64(c.PageSize), "limit.wire-size": int64(c.WireSize),
		"limit.record-size":   int64(c.RecordSize),
		"limit.queue-timeout": int64(c.QueueTimeout), "limit.request-timeout": int64(c.RequestTimeout),
		"limit.batch-idle": int64(c.BatchIdle), "web.drain-timeout": int64(c.DrainTimeout),
		"web.max-connections": int64(c.Connections),
	} {
		v.must(n > 0, name, "must be above 0")
	}
	for name, n := range map[string]int{"limit.concurrency": c.Concurrency, "limit.queue": c.Queue, "limit.batches": c.Batches} {
		v.must(n >= 0, name, "must not be below 0")
	}
	v.must(c.PageSize <= 1<<30, "limit.page-size", "must not be above 1GiB")
	v.must(unread || c.BodyMemory == 0 || c.BodyMemory >= 2*c.PageSize, "limit.body-memory", "must hold two pages of limit.page-size")
	v.must(c.DrainDelay >= 0, "web.drain-delay", "must not be below 0")
	v.must(c.ListsMinRatio >= 0 && c.ListsMinRatio <= 1, "lists.min-ratio", "must be from 0 to 1")
	v.must(c.MemoryRatio >= 0 && c.MemoryRatio <= 1, "memory.limit-ratio", "must be from 0 to 1")
	v.must(unread || c.ListsEmbedded || len(c.ListsDir) > 0, "lists.embedded", "is off and lists.dir names no folder: no list is left")
	v.must(slices.Contains([]string{"text", "json"}, c.LogFormat), "log.format", fmt.Sprintf("%q is not text or json", c.LogFormat))
	_, err := c.Level()
	v.check("log.level", err)
	_, err = c.FilterOptions()
	v.check("filter", err)
	slices.SortFunc(v.faults, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return v.faults
}

type validator struct{ faults []error }

func (v *validator) check(name string, err error) {
	if err != nil {
		v.faults = append(v.faults, &Fault{name, err})
	}
}

func (v *validator) must(ok bool, name, text string) {
	if !ok {
		v.check(name, errors.New(text))
	}
}

func addressFault(s string) error {
	_, port, err := net.SplitHostPort(s)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return fmt.Errorf("%q is not HOST:PORT", s)
	}
	return nil
}

// Level is LogLevel as slog has it.
func (c Config) Level() (slog.Level, error) {
	var l slog.Level
	if err := l.UnmarshalText([]byte(c.LogLevel)); err != nil {
		return 0, fmt.Errorf("%q is not debug, info, warn or error", c.LogLevel)
	}
	return l, nil
}

// Logger writes lines of LogFormat to w at the level, which may change later.
func (c Config) Logger(w io.Writer, level *slog.LevelVar) *slog.Logger {
	opts := &slog.HandlerOptions{Level: level}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, opts))
	}
	return slog.New(slog.NewTextHandler(w, opts))
}

// FilterOptions are the options that pages are judged with.
func (c Config) FilterOptions() (filter.Options, error) {
	opts := filter.Options{MaxBytes: int(c.PageSize)}
	var faults []error
	for _, name := range c.Categories {
		cat, err := parseCategory(name)
		faults = append(faults, err)
		opts.Categories = append(opts.Categories, cat)
	}
	scores, err := thresholds(c.Thresholds)
	faults = append(faults, err)
	opts.Thresholds = scores
	opts.Rules, err = SiteRules(c.Strip, c.Keep)
	return opts, errors.Join(append(faults, err)...)
}

// SiteRules reads rules of the form HOST=SELECTOR; the error joins what is wrong
// with any of them.
func SiteRules(strip, keep []string) ([]filter.SiteRule, error) {
	var rules []filter.SiteRule
	var faults []error
	for i, text := range slices.Concat(strip, keep) {
		host, selector, ok := strings.Cut(text, "=")
		if !ok {
			faults = append(faults, fmt.Errorf("rule %q is not of the form HOST=SELECTOR", text))
			continue
		}
		r := filter.SiteRule{Host: strings.TrimSpace(host)}
		if i < len(strip) {
			r.Strip = strings.TrimSpace(selector)
		} else {
			r.Keep = strings.TrimSpace(selector)
		}
		rules = append(rules, r)
	}
	faults = append(faults, filter.Options{Rules: rules}.Validate())
	return rules, errors.Join(faults...)
}

// maxThreshold is the highest that the filter takes.
const maxThreshold = 100

// thresholds reads "6", which is for every category not named otherwise, and "adult=6".
func thresholds(texts []string) (map[lists.Category]float64, error) {
	var faults []error
	all, named := map[lists.Category]float64{}, map[lists.Category]float64{}
	for _, text := range texts {
		name, number, ok := strings.Cut(text, "=")
		if !ok {
			name, number = "", text
		}
		score, err := parseFloat(strings.TrimSpace(number))
		if err != nil || score <= 0 || score > maxThreshold {
			faults = append(faults, fmt.Errorf("threshold %q is not above 0 and up to 100", text))
			continue
		}
		if name == "" {
			for _, c := range lists.AllCategories() {
				all[c] = score
			}
			continue
		}
		c, err := parseCategory(strings.TrimSpace(name))
		faults = append(faults, err)
		named[c] = score
	}
	maps.Copy(all, named)
	if len(all) == 0 {
		return nil, errors.Join(faults...)
	}
	return all, errors.Join(faults...)
}

// parseCategory returns the category of that name, one that a page can be judged for.
func parseCategory(name string) (lists.Category, error) {
	c, err := lists.ParseCategory(name)
	if err == nil && c == lists.Any {
		err = fmt.Errorf("category %q is not one that pages are judged for", name)
	}
	return c, err
}
