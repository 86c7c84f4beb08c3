package filter_test

import (
	"fmt"
	"html"
	"math/rand"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/lists"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
)

// shipped is the filter of the shipped lists with the zero options, compiled once.
var shipped = sync.OnceValues(func() (*filter.Filter, error) {
	return filter.New(lists.Default(), filter.Options{})
})

func shippedFilter(t testing.TB) *filter.Filter {
	t.Helper()
	f, err := shipped()
	if err != nil {
		t.Fatalf("compile the shipped lists: %v", err)
	}
	return f
}

// paragraphs are legitimate texts by language, written for these tests.
var paragraphs = map[string][]string{
	"zh": {
		"市图书馆将于下周一恢复开放，读者凭借书证即可入馆，周末开放时间延长到晚上九点。",
		"该公司去年的销售额比前年增长了百分之六，主要来自水泵和阀门的出口。",
		"专家提醒，雨季行车应当减速，遇到积水路段不要强行通过，以免车辆熄火。",
		"本届年会讨论了行业标准的修订，与会代表就检测方法交换了意见。",
		"这座石桥建于清代，三十年前修过一次，如今仍是村民往来两岸的必经之路。",
	},
	"en": {
		"The council approved the new timetable on Tuesday, and buses will run every twenty minutes from spring.",
		"Her second novel follows a family of glass makers through three wars and one long winter.",
		"To replace the filter, switch off the pump, open the valve slowly and wait until the pressure has dropped.",
		"Members of the society may borrow up to six volumes at a time; overdue items cost ten pence a day.",
	},
	"ru": {
		"В субботу в городском парке откроется выставка садовых растений, вход для детей бесплатный.",
		"Завод объявил о ремонте линии, который продлится до конца октября и не скажется на поставках.",
	},
	"ja": {
		"市の歴史博物館では、江戸時代の地図を集めた展示が来月から始まります。",
		"会議の資料は事務局で受け取ることができますので、前日までにご連絡ください。",
	},
	"ko": {
		"시립 도서관은 다음 주부터 저녁 아홉 시까지 문을 열고, 주말에는 어린이 강좌를 진행한다.",
		"이번 조사는 전국의 농가를 대상으로 하였으며 결과는 가을에 발표할 예정이다.",
	},
	"th": {"ห้องสมุดของเมืองจะเปิดให้บริการในวันเสาร์ และมีกิจกรรมสำหรับเด็กที่ลานด้านหน้า"},
	"vi": {"Thư viện thành phố sẽ mở cửa trở lại vào thứ hai và phục vụ bạn đọc đến chín giờ tối."},
	"tr": {"Belediye kütüphanesi pazartesi günü yeniden açılıyor ve akşam dokuza kadar hizmet verecek."},
}

// charsetsOf are the legacy charsets that pages of a language come in.
var charsetsOf = map[string][]string{
	"zh": {"gbk", "gb18030", "big5", "utf-16le"}, "en": {"windows-1252", "utf-16be", "iso-8859-15"}, "ru": {"windows-1251", "koi8-r"},
	"ja": {"shift_jis", "euc-jp", "iso-2022-jp"}, "ko": {"euc-kr"}, "th": {"windows-874"}, "vi": {"windows-1258"}, "tr": {"windows-1254"},
}

// trade is the shipped vocabulary of one category and language.
type trade struct{ hard, soft []string }

// trades are read from the shipped lists, so that the tests go with them.
var trades = sync.OnceValue(func() map[string][]trade {
	soft := map[string][]string{}
	hard := map[string][]string{}
	for e := range lists.Default().Entries() {
		switch key := e.Lang + " " + string(e.Category); {
		case e.Pattern || e.Strength == lists.Allow:
		case e.Strength == lists.Soft:
			soft[e.Lang] = append(soft[e.Lang], e.Term)
		default:
			hard[key] = append(hard[key], e.Term)
		}
	}
	out := map[string][]trade{}
	for _, key := range sortedKeys(hard) {
		if lang, _, _ := strings.Cut(key, " "); len(hard[key]) >= 8 {
			out[lang] = append(out[lang], trade{hard[key], soft[lang]})
		}
	}
	return out
})

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// gen makes pages; the same seed makes the same pages.
type gen struct {
	*rand.Rand
	lang  string
	buf   strings.Builder
	n     int // elements so far
	depth int
	good  bool // the page holds no spam
}

func newGen(seed int64) *gen {
	g := &gen{Rand: rand.New(rand.NewSource(seed))}
	g.lang = pick(g, sortedKeys(paragraphs))
	return g
}

func pick[T any](g *gen, of []T) T { return of[g.Intn(len(of))] }

func (g *gen) legit() string { return pick(g, paragraphs[g.lang]) }

// spam returns a list of phrases, as kits write them.
func (g *gen) spam(phrases int) string {
	if g.good {
		return g.legit()
	}
	lang := g.lang
	if g.Intn(3) == 0 || len(trades()[lang]) == 0 {
		lang = pick(g, []string{"zh", "en"})
	}
	tr := pick(g, trades()[lang])
	sep := pick(g, []string{",", "，", "_", " ", "|", "-", "、", " | ", " - ", "\t"})
	var out []string
	for range phrases {
		p := pick(g, tr.hard)
		if len(tr.soft) > 0 && g.Intn(2) == 0 {
			glue := " "
			if lang == "zh" || lang == "ja" || lang == "th" {
				glue = ""
			}
			p += glue + pick(g, tr.soft)
		}
		out = append(out, p)
	}
	return strings.Join(out, sep)
}

// text makes a plain text page: paragraphs with blocks among them.
func (g *gen) text() string {
	brk := pick(g, []string{"\n", "\r\n", "\n\n", "\r\n\r\n", "\r"})
	var out []string
	for range 1 + g.Intn(8) {
		switch g.Intn(8) {
		case 0, 1:
			out = append(out, g.spam(1+g.Intn(9)))
		case 2:
			for range 2 + g.Intn(6) {
				out = append(out, g.spam(1)+",")
			}
		case 3:
			out = append(out, g.legit()+" "+g.spam(1+g.Intn(4)))
		default:
			out = append(out, g.legit())
		}
	}
	return strings.Join(out, brk) + pick(g, []string{"", "\n", "\r\n", "  "})
}

// document makes a well-formed HTML page; every element has a number of its own.
func (g *gen) document() string {
	g.buf.Reset()
	g.n = 0
	g.raw("<!DOCTYPE html>\n")
	g.element("html", "", func() {
		g.element("head", "", func() {
			g.element("title", "", func() { g.words(g.legit()); g.maybeSpam(3) })
			if g.Intn(2) == 0 {
				g.void("meta", ` name="keywords" content="`+html.EscapeString(g.spam(1+g.Intn(6)))+`"`)
			}
			if g.Intn(2) == 0 {
				g.element("style", "", func() { g.raw(".x9{display:none}") })
			}
		})
		g.element("body", "", func() {
			for range 2 + g.Intn(8) {
				g.block()
			}
		})
	})
	return g.buf.String()
}

func (g *gen) raw(s string) { g.buf.WriteString(s) }

func (g *gen) words(s string) { g.raw(html.EscapeString(s)) }

func (g *gen) maybeSpam(of int) {
	if g.Intn(of) == 0 {
		g.words(pick(g, []string{" ", "_", " - ", ""}) + g.spam(1+g.Intn(6)))
	}
}

func (g *gen) start(name, attrs string) {
	g.raw(fmt.Sprintf(`<%s data-n="%d"%s>`, name, g.n, attrs))
	g.n++
}

func (g *gen) void(name, attrs string) { g.start(name, attrs) }

func (g *gen) element(name, attrs string, inner func()) {
	g.start(name, attrs)
	inner()
	g.raw("</" + name + ">" + pick(g, []string{"", "", "\n", " "}))
}

// block writes one piece of the body.
func (g *gen) block() {
	g.depth++
	defer func() { g.depth-- }()
	hide := pick(g, []string{"", "", ` style="display:none"`, ` class="x9"`, ` hidden`, ` style="position:absolute;left:-9999px"`})
	switch g.Intn(12) {
	case 0:
		g.element("div", hide, func() { g.words(g.spam(1 + g.Intn(9))) })
	case 1:
		g.element("ul", hide, func() {
			for range 1 + g.Intn(6) {
				g.element("li", "", func() { g.element("a", ` href="/`+fmt.Sprint(g.Intn(99))+`"`, func() { g.words(g.spam(1)) }) })
			}
		})
	case 2:
		g.element("h1", "", func() { g.words(g.legit()); g.maybeSpam(2) })
	case 3:
		g.void("img", ` src="a.png" alt="`+html.EscapeString(g.spam(1+g.Intn(4)))+`"`)
	case 4:
		g.raw("<!-- " + strings.ReplaceAll(g.spam(2), "--", "") + " -->")
	case 5:
		g.element("table", "", func() {
			g.element("tbody", "", func() {
				for range 1 + g.Intn(3) {
					g.element("tr", "", func() {
						g.element("td", "", func() { g.words(g.legit()) })
						g.element("td", "", func() { g.words(g.spam(1)) })
					})
				}
			})
		})
	case 6:
		g.element("p", "", func() {
			for i, s := range []string{g.legit(), g.spam(3), g.legit()} {
				if i > 0 {
					g.void("br", "")
				}
				g.words(s)
			}
		})
	case 7:
		g.element("div", hide, func() {
			if g.depth < 4 {
				g.block()
				g.block()
			}
		})
	case 8:
		g.element("p", "", func() {
			s := g.spam(3)
			g.words(s[:0])
			g.element("b", "", func() { g.words(g.spam(2)) })
			g.words(" " + s)
		})
	default:
		g.element("p", "", func() { g.words(g.legit()); g.element("em", "", func() { g.words(g.legit()) }) })
	}
}

// mangle damages a page: pieces go, come twice, or are torn.
func (g *gen) mangle(s string) string {
	junk := []string{"<", ">", "</div>", "<div style=display:none>", "<!--", "-->", "<table><a>", "</p>", "<b><i>", "<b></i>", "\x00", "&#", "&#x4e", "<script>", "</script>",
		"<noscript>", "<textarea>", "<title>", "<svg><p>", "<select><b>", "<template>", "\x1a", "\x1a0\x1a", "<?\x1a-1\x1a>", "<!\x1a9999\x1a>", "\"", "'", "<a href='", "<plaintext>", "\xff", "\xe4\xb8", "</body>", "</html>", "<frameset>", "<li><li>", "<body data-dross-tag=1>", "<p data-dross-tag=0>"}
	for range 1 + g.Intn(6) {
		i := g.Intn(len(s) + 1)
		j := min(len(s), i+g.Intn(60))
		switch g.Intn(4) {
		case 0:
			s = s[:i] + s[j:]
		case 1:
			s = s[:j] + s[i:]
		default:
			s = s[:i] + pick(g, junk) + s[i:]
		}
	}
	return s
}

// page makes any page: text or HTML, sound or damaged, in any charset.
func (g *gen) page() filter.Page {
	g.good = g.Intn(8) == 0
	kind, body := "text/plain", ""
	if g.Intn(3) > 0 {
		kind, body = "text/html", g.document()
	} else {
		body = g.text()
	}
	if g.Intn(3) == 0 {
		body = g.mangle(body)
	}
	if g.Intn(2) == 0 {
		return filter.Page{ContentType: kind, Body: []byte(body)}
	}
	name := pick(g, charsetsOf[g.lang])
	return filter.Page{ContentType: kind + "; charset=" + name, Body: encode(name, body, kind == "text/html")}
}

// encode writes text in a charset; what it lacks becomes a reference or a mark.
func encode(name, text string, isHTML bool) []byte {
	enc, canonical := charset.Lookup(name)
	e := encoding.ReplaceUnsupported(enc.NewEncoder())
	if isHTML && !strings.HasPrefix(canonical, "utf-16") {
		e = encoding.HTMLEscapeUnsupported(enc.NewEncoder())
	}
	out, err := e.Bytes([]byte(strings.ToValidUTF8(text, "?")))
	if err != nil {
		panic(fmt.Sprintf("encode %s: %v", name, err))
	}
	return out
}
