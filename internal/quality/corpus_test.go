package quality

import (
	"bytes"
	"html"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

var languages = []string{"zh", "zh-Hant", "en", "ja", "ko", "id", "vi", "th", "ru", "tr", "es", "pt", "de", "fr", "it", "sv"}

// TestCorpusCoverage holds the floors that the table's numbers rest on.
func TestCorpusCoverage(t *testing.T) {
	corpus := load(t)
	families := map[string]bool{}
	seen := map[string]int{}
	for _, c := range corpus.Spam {
		families[c.Family] = c.HeldOut
		for _, key := range []string{"lang " + c.Lang, "category " + string(c.Category), "zone " + string(c.Zone), "recipe " + c.ID[strings.LastIndexByte(c.ID, '/')+1:]} {
			seen[key]++
		}
		if c.HeldOut {
			seen["held out lang "+c.Lang]++
			seen["held out category "+string(c.Category)]++
		}
	}
	hard := 0
	for _, c := range corpus.Good {
		seen["good lang "+c.Lang]++
		if c.Kind != "ordinary" && !strings.HasPrefix(c.Kind, "allow-") {
			hard++
		}
	}
	if len(corpus.Spam) < 400 || hard < 400 {
		t.Errorf("%d spam and %d hard good pages, want 400 of each", len(corpus.Spam), hard)
	}
	held := 0
	for _, out := range families {
		if out {
			held++
		}
	}
	if share := float64(held) / float64(len(families)); share < 0.3 || share > 0.4 {
		t.Errorf("%d of %d families are held out, want a third", held, len(families))
	}
	for _, lang := range languages {
		if seen["lang "+lang] < 10 || seen["held out lang "+lang] == 0 || seen["good lang "+lang] < 15 {
			t.Errorf("language %s: %d spam pages, %d held out, %d good pages", lang, seen["lang "+lang], seen["held out lang "+lang], seen["good lang "+lang])
		}
	}
	for _, c := range categories {
		if seen["category "+string(c)] < 15 || seen["held out category "+string(c)] == 0 {
			t.Errorf("category %s: %d spam pages, %d held out", c, seen["category "+string(c)], seen["held out category "+string(c)])
		}
	}
	for _, table := range recipeTables() {
		for _, r := range table {
			if seen["recipe "+r.name] == 0 {
				t.Errorf("no page of recipe %s", r.name)
			}
		}
	}
}

// TestLabels checks that spans lie in order inside their page and that every page carries what its labels promise.
func TestLabels(t *testing.T) {
	corpus := load(t)
	for _, c := range append(corpus.Spam, corpus.Good...) {
		at, spam, legit := 0, 0, 0
		for _, s := range c.spans {
			if s.start < at || s.end < s.start || s.end > len(c.Page.Body) {
				t.Fatalf("%s: span %d-%d after %d", c.ID, s.start, s.end, at)
			}
			at = s.end
			if s.spam {
				spam++
			} else {
				legit += s.chars
			}
		}
		whole := c.Shape == "prose" || c.Shape == "wholly"
		isSpam := c.Kind == ""
		if isSpam != (spam > 0) || (legit == 0) != whole {
			t.Errorf("%s: %d phrases, %d legitimate characters", c.ID, spam, legit)
		}
		if strings.HasSuffix(c.Page.ContentType, "utf-8") && !utf8.Valid(c.Page.Body) {
			t.Errorf("%s: not UTF-8", c.ID)
		}
	}
}

// TestCharsets: a page in another charset decodes to the phrases of its labels.
func TestCharsets(t *testing.T) {
	ran := 0
	for _, c := range load(t).Spam {
		_, label, _ := strings.Cut(c.Page.ContentType, "charset=")
		if label == "utf-8" {
			continue
		}
		ran++
		enc, err := htmlindex.Get(label)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range c.spans {
			text, err := enc.NewDecoder().Bytes(c.Page.Body[s.start:s.end])
			if err != nil || s.spam && countLetters(string(text)) != s.chars {
				t.Errorf("%s: span %d-%d does not decode from %s", c.ID, s.start, s.end, label)
			}
		}
	}
	if ran < 20 {
		t.Fatalf("only %d pages in other charsets", ran)
	}
}

// TestSplitsShareNoPhrase: a phrase of the held-out families is in no other.
func TestSplitsShareNoPhrase(t *testing.T) {
	owner := map[string]string{}
	for _, dir := range []string{"spam", "heldout"} {
		families, err := loadFamilies(Embedded(), dir, dir == "heldout")
		if err != nil || len(families) == 0 {
			t.Fatalf("%d families in %s: %v", len(families), dir, err)
		}
		for _, f := range families {
			for _, p := range f.phrases {
				key := f.lang() + " " + strings.ToLower(p)
				if other, ok := owner[key]; ok {
					t.Errorf("%s:%d: a phrase of family %s is in %s too", f.file, f.line, f.id, other)
				}
				owner[key] = f.id
			}
		}
	}
}

// TestSameBytes: composing twice gives the same pages.
func TestSameBytes(t *testing.T) {
	a, b := load(t), load(t)
	for i := range a.Spam {
		if !bytes.Equal(a.Spam[i].Page.Body, b.Spam[i].Page.Body) {
			t.Errorf("%s differs between two loads", a.Spam[i].ID)
		}
	}
}

// TestEncodings: what a reader sees of an encoded phrase is the phrase.
func TestEncodings(t *testing.T) {
	const phrase = "无码 av 99 slot"
	strip := func(cut ...string) func(string) string {
		return func(s string) string {
			for _, c := range cut {
				s = strings.ReplaceAll(s, c, "")
			}
			return s
		}
	}
	for _, tc := range []struct {
		name   string
		enc    encoding
		decode func(string) string
		want   string
	}{
		{"decimal", decimalRefs, html.UnescapeString, phrase},
		{"hex", hexRefs, html.UnescapeString, phrase},
		{"symbols", between("・"), strip("・"), phrase},
		{"zero width", between("\u200b"), strip("\u200b"), phrase},
		{"spaced", between(" "), strip(" "), "无码av99slot"},
		{"split", split, strip("<b>", "</b>"), phrase},
		{"json", jsonEscape, strip(), `\u65e0\u7801 av 99 slot`},
		{"slug", slug, strip(), "%E6%97%A0%E7%A0%81-av-99-slot"},
		{"wide", wide, strip(), "无码 ａｖ ９９ ｓｌｏｔ"},
		{"case", upperMix, strings.ToLower, phrase},
	} {
		t.Run(tc.name, func(t *testing.T) {
			enc := tc.enc(phrase)
			if enc == phrase {
				t.Error("the encoding changed nothing")
			}
			if got := tc.decode(enc); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// source is a small sound corpus; tests put faults into it.
func source() fstest.MapFS {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return fstest.MapFS{
		"spam/adult.en.txt":       file("# note\n== a t-tail links\none two three\nfour five six\n"),
		"heldout/gambling.en.txt": file("== b title\nseven eight\n"),
		"body/en.txt":             file("== b\nSite\nTitle\nHome | News\nFirst paragraph.\nSecond paragraph.\n"),
		"filler/en.txt":           file("== q\nweather\n"),
		"good/en.txt":             file("== g law list\nTitle\nItem\n"),
		"allow/en.txt":            file("== n\nWe saw % there.\nEssex\n"),
	}
}

func TestLoadSmall(t *testing.T) {
	corpus, err := Load(source())
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(corpus.Spam), 3; got != want {
		t.Errorf("%d spam pages, want %d", got, want)
	}
	if got, want := len(corpus.Good), 1+2+3; got != want {
		t.Errorf("%d good pages, want %d", got, want)
	}
	if c := corpus.Spam[2]; c.ID != "gambling.en.b/title" || !c.HeldOut || c.Lang != "en" || c.Zone != "title" || !c.HTML() {
		t.Errorf("got %+v", c)
	}
}

func TestLoadFaults(t *testing.T) {
	for _, tc := range []struct{ file, text, want string }{
		{"spam/adult.en.txt", "== a no-such\none two\n", `spam/adult.en.txt:1: unknown recipe "no-such"`},
		{"spam/advert.en.txt", "== a t-tail\none two\n", `spam/advert.en.txt:1: unknown category "advert"`},
		{"spam/adult.en.txt", "== a\none two\n", "family adult.en.a has no recipe"},
		{"spam/adult.en.txt", "== a t-tail\none <two\n", "spam/adult.en.txt:2: a phrase"},
		{"spam/adult.en.txt", "== a t-tail t-tail\none two\n", `two pages have the id "adult.en.a/t-tail"`},
		{"spam/adult.xx.txt", "== a t-tail\none two\n", `no body in language "xx"`},
		{"spam/adult.en.txt", "stray\n== a t-tail\none two\n", "spam/adult.en.txt:1: text before the first record"},
		{"spam/adult.en.txt", "== a t-tail\n", "record a is empty"},
		{"body/en.txt", "== b\nSite\n", "body b needs site"},
		{"good/en.txt", "== g law nosuch\nTitle\n", "want a name, a kind and a form"},
		{"allow/en.txt", "== n\nno place here\nEssex\n", "want a sentence with one %"},
	} {
		t.Run(tc.want, func(t *testing.T) {
			fsys := source()
			fsys[tc.file] = &fstest.MapFile{Data: []byte(tc.text)}
			_, err := Load(fsys)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error %v, want %q in it", err, tc.want)
			}
		})
	}
}

func TestLoadEmptyFolder(t *testing.T) {
	for _, dir := range []string{"spam/adult.en.txt", "heldout/gambling.en.txt", "body/en.txt", "filler/en.txt", "good/en.txt", "allow/en.txt"} {
		fsys := source()
		delete(fsys, dir)
		if _, err := Load(fsys); err == nil {
			t.Errorf("no error without %s", dir)
		}
	}
}
