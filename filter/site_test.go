package filter_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/internal/page"
	"github.com/drosshq/dross/lists"
)

func ruled(t *testing.T, rules ...filter.SiteRule) *filter.Filter {
	t.Helper()
	f, err := filter.New(lists.Default(), filter.Options{Rules: rules})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

const spamList = "slot online, online casino, no deposit bonus, crypto casino, betting sites, penny slots"

func TestSiteRules(t *testing.T) {
	const url = "https://www.Example.com:8080/news/1"
	ad := filter.SiteRule{Host: "www.example.com", Strip: "aside.ad, [data-widget=x]"}
	cases := []struct {
		name, url, body, want string
		rules                 []filter.SiteRule
	}{
		{"strips", url, `<body><p>Text of the page.</p><aside class="ad big"><img src=a.png>Words</aside><p>More.</p>`, `<body><p>Text of the page.</p><p>More.</p>`, []filter.SiteRule{ad}},
		{"by attribute", url, `<body><p>Text of the page.</p><div DATA-widget='x'>Words</div>`, `<body><p>Text of the page.</p>`, []filter.SiteRule{ad}},
		{"another host", "https://example.com/", `<body><p>Text of the page.</p><aside class=ad>Words</aside>`, "", []filter.SiteRule{ad}},
		{"no URL", "", `<body><p>Text of the page.</p><aside class=ad>Words</aside>`, "", []filter.SiteRule{ad}},
		{"hosts below", "http://a.b.example.com/", `<body><p>Text of the page.</p><hr id=x>`, `<body><p>Text of the page.</p>`, []filter.SiteRule{{Host: "*.example.com", Strip: "#x"}}},
		{"not the host itself", "http://example.com/", `<body><p>Text of the page.</p><hr id=x>`, "", []filter.SiteRule{{Host: "*.example.com", Strip: "#x"}}},
		{"every page", "", `<body><p>Text of the page.</p><hr id=x>`, `<body><p>Text of the page.</p>`, []filter.SiteRule{{Host: "*", Strip: "#x"}}},
		{"outermost", "", `<body><p>Text of the page.</p><div>a<div>b</div></div>`, `<body><p>Text of the page.</p>`, []filter.SiteRule{{Host: "*", Strip: "div"}}},
		{"no end tag", "", `<body><p>Text of the page.<p class=x>Words<p>More text.`, `<body><p>Text of the page.<p>More text.`, []filter.SiteRule{{Host: "*", Strip: ".x"}}},
		{"keeps a block", "", `<body><p>Text of the page that goes on.</p><p id=k>` + spamList + `</p>`, "", []filter.SiteRule{{Host: "*", Keep: "#k"}}},
		{"keeps in what is stripped", "", `<body><p>Text of the page.</p><div class=x>Words<p id=k>Kept</p><p>Gone</p></div>`, `<body><p>Text of the page.</p><div class=x><p id=k>Kept</p></div>`, []filter.SiteRule{{Host: "*", Strip: ".x"}, {Host: "*", Keep: "#k"}}},
		{"strips nothing in what is kept", "", `<body><p>Text of the page.</p><div id=k><p class=x>Kept</p></div>`, "", []filter.SiteRule{{Host: "*", Strip: ".x"}, {Host: "*", Keep: "#k"}}},
		{"not what the parser puts elsewhere", "", `<body><p>Text of the page.</p><table class=x><tr><td>Words</td></tr><p>Stays</p></table>`, `<body><p>Text of the page.</p><table class=x><tr><td></td></tr><p>Stays</p></table>`, []filter.SiteRule{{Host: "*", Strip: ".x"}}},
		{"never all of it", "", `<body class=x><p>Text of the page.</p>`, "", []filter.SiteRule{{Host: "*", Strip: ".x, html, head"}}},
		{"and judges the rest", "", `<body><p>Text of the page that goes on for more than a few words, as pages do.</p><hr id=x><p>` + spamList + `</p>`, `<body><p>Text of the page that goes on for more than a few words, as pages do.</p>`, []filter.SiteRule{{Host: "*", Strip: "#x"}}},
	}
	for _, c := range cases {
		if c.want == "" {
			c.want = c.body
		}
		p := filter.Page{URL: c.url, ContentType: "text/html; charset=utf-8", Body: []byte(c.body)}
		res, err := keep(ruled(t, c.rules...), p)
		if err != nil || string(res.Content) != c.want {
			t.Errorf("%s: %v\n got %s\nwant %s%s", c.name, err, res.Content, c.want, show(p, res))
		}
	}
}

func TestSiteRuleBlock(t *testing.T) {
	f := ruled(t, filter.SiteRule{Host: "example.com", Strip: ".ad"})
	p := filter.Page{URL: "http://example.com/", ContentType: "text/html", Body: []byte(`<body><p>Text of the page.</p><div class=ad><a href=/x>Words</a></div>`)}
	res := mustClean(t, f, p)
	if len(res.Blocks) != 1 || res.Categories[0] != filter.Site {
		t.Fatalf("blocks %+v, categories %v", res.Blocks, res.Categories)
	}
	b := res.Blocks[0]
	if b.Category != filter.Site || b.Zone != filter.ZoneLink || b.Path != "body > div:nth-child(2)" || b.Reasons[0] != "rule for example.com strips .ad" {
		t.Errorf("block %+v", b)
	}
}

func TestSiteRuleFaults(t *testing.T) {
	_, err := filter.New(lists.Default(), filter.Options{Rules: []filter.SiteRule{
		{Host: "http://example.com", Strip: "p"},
		{Host: "example.com"},
		{Host: "a.example", Strip: "p[", Keep: "p:contains(word)"},
		{Host: "b.example", Keep: "  "},
	}})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		`rule for http://example.com: host is not of the form`,
		`rule for example.com: neither strips nor keeps anything`,
		`rule for a.example: selector "p[": `,
		`selector "p:contains(word)": :contains asks for text, which rules do not see`,
		`rule for b.example: selector is empty`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("lacks %q:\n%v", want, err)
		}
	}
}

// TestSiteRulePromises holds promises 1, 2 and 4 with rules on generated pages.
func TestSiteRulePromises(t *testing.T) {
	f := ruled(t, filter.SiteRule{Host: "*", Strip: "ul, p > b, [hidden], h1 + p, li:first-child, [data-n='7']", Keep: "td, [data-n='9']"})
	stripped := 0
	for seed := range int64(pages(t, 250)) {
		p := newGen(seed).page()
		p.URL = "http://host.example/"
		res, err := keep(f, p)
		if err != nil {
			t.Errorf("seed %d (%s): %v\n%q%s", seed, p.ContentType, err, p.Body, show(p, res))
			continue
		}
		for _, c := range res.Categories {
			if c == filter.Site {
				stripped++
			}
		}
	}
	if stripped < 50 {
		t.Errorf("rules stripped something from %d pages: the pages do not try them", stripped)
	}
}

// TestSiteRuleCost: a selector that could take for ever on a page is refused there,
// and one of the same form is fine on pages as they are.
func TestSiteRuleCost(t *testing.T) {
	rule := filter.SiteRule{Host: "*", Strip: ".zz div div div i"}
	body := strings.Repeat("<div>", 400) + strings.Repeat("<i></i>", 20000) + strings.Repeat("</div>", 400)
	var limit *filter.LimitError
	if _, err := ruled(t, rule).Clean(context.Background(), filter.Page{ContentType: "text/html", Body: []byte(body)}); !errors.As(err, &limit) {
		t.Errorf("got %v, want a limit", err)
	}
	keeps := filter.SiteRule{Host: "*", Keep: rule.Strip}
	if _, err := ruled(t, keeps).Clean(context.Background(), filter.Page{ContentType: "text/html", Body: []byte("<p>" + spamList + "</p>" + body)}); !errors.As(err, &limit) {
		t.Errorf("keep: got %v, want a limit", err)
	}
	p := filter.Page{ContentType: "text/html", Body: []byte(`<body><p>Text of the page.</p><div class=zz><div><div><div><i>Words</i> stay</div></div></div></div>`)}
	if res := mustClean(t, ruled(t, rule), p); strings.Contains(string(res.Content), "Words") || res.RemovedBytes == 0 {
		t.Errorf("left %s", res.Content)
	}
}

// A page with too many tags has no tree: its texts are cut, its elements stay, and
// what it takes is bounded.
func TestTooManyTags(t *testing.T) {
	before := "<!DOCTYPE html><body>" + strings.Repeat("<p>x\n", page.MaxTags)
	block := strings.Join(spamLine(), ", ")
	p := filter.Page{URL: "http://example.com/", ContentType: "text/html; charset=utf-8", Body: []byte(before + "<p>" + block + "</p><p>The end.")}
	f := shippedFilter(t)
	var a, b runtime.MemStats
	runtime.ReadMemStats(&a)
	res := mustClean(t, f, p)
	runtime.ReadMemStats(&b)
	if want := before + "<p></p><p>The end."; string(res.Content) != want {
		t.Errorf("%d blocks, %d bytes are left, want %d", len(res.Blocks), len(res.Content), len(want))
	}
	if took := (b.TotalAlloc - a.TotalAlloc) / uint64(len(p.Body)); took > 100 {
		t.Errorf("%d bytes are allocated for a byte", took)
	}
	var limit *filter.LimitError
	rule := ruled(t, filter.SiteRule{Host: "example.com", Strip: ".x"})
	if _, err := rule.Clean(context.Background(), p); !errors.As(err, &limit) || limit.Max != page.MaxTags || limit.Got <= limit.Max {
		t.Errorf("with a rule: got %v, want the limit of tags", err)
	}
}

func TestSiteRuleOnDeepPage(t *testing.T) {
	body := strings.Repeat("<div>", 600) + "text" + strings.Repeat("</div>", 600)
	f := ruled(t, filter.SiteRule{Host: "example.com", Strip: ".x"})
	var limit *filter.LimitError
	p := filter.Page{URL: "http://example.com/", ContentType: "text/html", Body: []byte(body)}
	if _, err := f.Clean(context.Background(), p); !errors.As(err, &limit) || limit.Max != 511 {
		t.Errorf("got %v, want the limit of nesting", err)
	}
	p.URL = "http://other.example/"
	if _, err := f.Clean(context.Background(), p); err != nil {
		t.Errorf("a page that no rule is for: %v", err)
	}
}
