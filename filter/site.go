package filter

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/drosshq/dross/internal/page"
	"github.com/drosshq/dross/lists"
)

// Site is the category of blocks that a SiteRule removes. No list has it.
const Site lists.Category = "site"

// SiteRule says what of the pages of a host always goes or always stays. Rules are
// for what evidence cannot tell: they come from people who know the site.
type SiteRule struct {
	// Host is the host of Page.URL that the rule is for: "example.com", any host
	// below it as "*.example.com", or every page as "*". Pages without a URL are
	// matched by "*" alone.
	Host string
	// Strip picks elements of HTML pages that go, as a group of CSS selectors. The
	// document, its head and its body are never picked. A rule is applied until it
	// picks nothing more: one that asks for the place of an element among others
	// takes what comes into that place.
	Strip string
	// Keep picks elements in which nothing is removed. It wins over Strip.
	Keep string
}

// String names the rule for error texts and reasons.
func (r SiteRule) String() string { return "rule for " + r.Host }

// siteRule is a compiled rule.
type siteRule struct {
	SiteRule
	host        *regexp.Regexp
	strip, keep []page.Selector
}

var hostForm = regexp.MustCompile(`^(\*|(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*)$`)

// compileRules returns the rules and every fault of them.
func compileRules(rules []SiteRule) ([]siteRule, error) {
	var out []siteRule
	var errs []error
	for _, r := range rules {
		c, err := compileRule(r)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", r, err))
		}
		out = append(out, c)
	}
	return out, errors.Join(errs...)
}

func compileRule(r SiteRule) (siteRule, error) {
	c := siteRule{SiteRule: r}
	if !hostForm.MatchString(r.Host) {
		return c, errors.New(`host is not of the form "example.com", "*.example.com" or "*"`)
	}
	if r.Strip == "" && r.Keep == "" {
		return c, errors.New("neither strips nor keeps anything")
	}
	pattern := strings.ReplaceAll(regexp.QuoteMeta(r.Host), `\*`, `.*`)
	c.host = regexp.MustCompile("^" + pattern + "$")
	var errs []error
	for _, part := range []struct {
		text string
		to   *[]page.Selector
	}{{r.Strip, &c.strip}, {r.Keep, &c.keep}} {
		if part.text == "" {
			continue
		}
		s, err := page.ParseSelector(part.text)
		errs = append(errs, err)
		*part.to = append(*part.to, s)
	}
	return c, errors.Join(errs...)
}

// rulesFor returns the rules for a page.
func (f *Filter) rulesFor(p Page) []siteRule {
	if len(f.rules) == 0 {
		return nil
	}
	host := ""
	if u, err := url.Parse(p.URL); err == nil {
		host = strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	}
	var out []siteRule
	for _, r := range f.rules {
		if r.host.MatchString(host) {
			out = append(out, r)
		}
	}
	return out
}

// strips reports whether rules for the page pick elements that go.
func (w *work) strips() bool {
	for _, r := range w.rules {
		if len(r.strip) > 0 {
			return true
		}
	}
	return false
}

// errTreeless says that a page has no tree to pick elements of.
func (w *work) errTreeless() error {
	if w.doc.Tags > page.MaxTags {
		return &LimitError{Limit: "tags of a page that rules for its site are for", Max: page.MaxTags, Got: w.doc.Tags, Unit: "tags"}
	}
	return &LimitError{Limit: "nesting of a page that rules for its site are for", Max: page.MaxDepth, Unit: "elements"}
}

// errCostly says that a selector could take too long on a page.
func errCostly(r siteRule) error {
	return &LimitError{Limit: fmt.Sprintf("work of the %s on a page that nests so deeply", r), Max: page.MostSteps, Unit: "steps"}
}

// strip removes what rules for the site pick.
func (w *work) strip() ([]found, error) {
	tree := w.tree()
	if tree == nil {
		return nil, w.errTreeless()
	}
	var texts, elements []found
	for _, r := range w.rules {
		for _, s := range r.strip {
			if tree.TooMuch(s) {
				return nil, errCostly(r)
			}
			for _, p := range tree.Picks(s) {
				b := w.siteBlock(r, p)
				for _, run := range p.Runs {
					texts = append(texts, found{b, rangeOf(w.doc.Runs[run])})
				}
				if p.At.Start < p.At.End {
					elements = append(elements, found{b, p.At})
				}
			}
		}
	}
	if len(elements)+len(texts) == 0 {
		return nil, nil
	}
	return w.settle(merge(texts), merge(elements), false, tree), nil
}

func (w *work) siteBlock(r siteRule, p page.Pick) *Block {
	zone := page.Text
	if len(p.Runs) > 0 {
		zone = w.doc.Runs[p.Runs[0]].Zone
	}
	if p.Hidden {
		zone = page.Hidden
	}
	return &Block{Action: Removed, Zone: Zone(zone.String()), Category: Site, Keywords: []string{}, Path: p.Path,
		Reasons: []string{fmt.Sprintf("%s strips %s", r, r.Strip)}}
}

// spare takes from decisions the texts that rules for the site keep.
func (w *work) spare(gone []ruled, tree *page.Tree) []ruled {
	if tree == nil || len(w.rules) == 0 {
		return gone
	}
	out := gone[:0]
	for _, r := range gone {
		left := false
		for k := r.first; k < r.last; k++ {
			if tree.Kept(int(w.doc.Segments[r.c.segments[k]].First)) {
				r.Parts[k-r.first].End = r.Parts[k-r.first].Start
			}
			left = left || r.Parts[k-r.first].Start < r.Parts[k-r.first].End
		}
		if left {
			out = append(out, r)
		}
	}
	return out
}
