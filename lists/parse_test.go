package lists_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/drosshq/dross/lists"
)

const head = "@category grey\n@lang en\n"

// TestParseFaults pairs every fault with its exact message. Each input stands
// below two lines of directives unless it begins with "^".
func TestParseFaults(t *testing.T) {
	long := strings.Repeat("a", lists.MaxLine)
	cases := []struct{ in, want string }{
		{"@kategory adult", `l.txt:3: unknown directive "@kategory"`},
		{"@category advertz", `l.txt:3: unknown category "advertz"`},
		{"@category", `l.txt:3: missing value after @category`},
		{"@category advertz\nstrong word\n@category grey\nstrnog word", "l.txt:3: unknown category \"advertz\"\nl.txt:6: unknown strength \"strnog\""},
		{"@lang", `l.txt:3: missing value after @lang`},
		{"@lang english", `l.txt:3: bad language "english": want a BCP 47 tag such as zh or pt-BR`},
		{"@lang EN", `l.txt:3: bad language "EN": want a BCP 47 tag such as zh or pt-BR`},
		{"bad word", `l.txt:3: unknown strength "bad"`},
		{"Strong word", `l.txt:3: unknown strength "Strong"`},
		{"word", `l.txt:3: unknown strength "word"`},
		{"strong", `l.txt:3: missing term after "strong"`},
		{"strong=4", `l.txt:3: missing term after "strong=4"`},
		{"strong # word", `l.txt:3: missing term after "strong"`},
		{"^strong word\nsoft other", `l.txt:1: no @category before the first entry`},
		{"^\n@lang en\nallow word\nstrnog word", "l.txt:3: no @category before the first entry\nl.txt:4: unknown strength \"strnog\""},
		{"strong wo\xffrd", `l.txt:3: invalid UTF-8 at byte 10 of the line`},
		{"# wo\xffrd", `l.txt:3: invalid UTF-8 at byte 5 of the line`},
		{"strong wo\uFFFDrd", `l.txt:3: replacement character U+FFFD, the text was damaged before`},
		{"strong wo\x00rd", `l.txt:3: NUL character`},
		{"strong wo\x07rd", `l.txt:3: control character U+0007`},
		{"strong wo\rrd", `l.txt:3: control character U+000D`},
		{"strong wo\u0085rd", `l.txt:3: control character U+0085`},
		{"strong wo\u200brd", `l.txt:3: invisible character U+200B`},
		{"strong wo\u202erd", `l.txt:3: invisible character U+202E`},
		{"strong \uFEFFword", `l.txt:3: invisible character U+FEFF`},
		{"strong=9 word", `l.txt:3: bad weight 9: want 0.5 to 6`},
		{"strong=0.4 word", `l.txt:3: bad weight 0.4: want 0.5 to 6`},
		{"strong=0 word", `l.txt:3: bad weight 0: want 0.5 to 6`},
		{"strong= word", `l.txt:3: bad weight "": want a number such as 4 or 1.5`},
		{"strong=NaN word", `l.txt:3: bad weight "NaN": want a number such as 4 or 1.5`},
		{"strong=1e0 word", `l.txt:3: bad weight "1e0": want a number such as 4 or 1.5`},
		{"strong=-1 word", `l.txt:3: bad weight "-1": want a number such as 4 or 1.5`},
		{"strong=4. word", `l.txt:3: bad weight "4.": want a number such as 4 or 1.5`},
		{"allow=2 word", `l.txt:3: bad weight: an allow entry has none`},
		{"strong win<x2-4>", `l.txt:3: bad pattern class <x2-4>: want <dM-N>, <wM-N> or <s>`},
		{"strong win<d2>", `l.txt:3: bad pattern class <d2>: want <dM-N>, <wM-N> or <s>`},
		{"strong win<>", `l.txt:3: bad pattern class <>: want <dM-N>, <wM-N> or <s>`},
		{"strong win<d02-4>", `l.txt:3: bad pattern class <d02-4>: want <dM-N>, <wM-N> or <s>`},
		{"strong win<d4-2>", `l.txt:3: bad pattern class <d4-2>: the range is empty`},
		{"strong win<d0-0>", `l.txt:3: bad pattern class <d0-0>: the range is empty`},
		{"strong win<d2-33>", `l.txt:3: bad pattern class <d2-33>: more than 32 characters`},
		{"strong win<d2-4", `l.txt:3: bad pattern class: '<' without '>'`},
		{"strong win d2-4>", `l.txt:3: bad pattern class: '>' without '<'`},
		{"strong win<d2-4><w2-4>", `l.txt:3: bad pattern: two classes touch, put literal text between them`},
		{"strong win" + strings.Repeat("a<d1-2>", 9), `l.txt:3: bad pattern: 9 classes, the limit is 8`},
		{"strong w<d2-4>", `l.txt:3: bad pattern: the literal part needs at least two letters or digits`},
		{"allow <d2-4>-x", `l.txt:3: bad pattern: the literal part needs at least two letters or digits`},
		{"^@category any\nstrong word\nfirm other\nsoft fine", "l.txt:2: strong entry in category any, which takes soft and allow only\nl.txt:3: firm entry in category any, which takes soft and allow only"},
		{"strong " + long, `l.txt:3: line of 1007 bytes, the limit is 1000`},
		{"# " + long, `l.txt:3: line of 1002 bytes, the limit is 1000`},
		{"firm 赌", `l.txt:3: term too short: a block entry needs at least two letters or digits`},
		{"soft a-", `l.txt:3: term too short: a block entry needs at least two letters or digits`},
		{"strong !!", `l.txt:3: term without a letter or digit`},
		{"allow --", `l.txt:3: term without a letter or digit`},
		{"strong {big|small word", `l.txt:3: '{' without '}'`},
		{"strong big} word", `l.txt:3: '}' without '{'`},
		{"strong {big|{small|tiny}} word", `l.txt:3: '{' within '{'`},
		{"strong {big} word", `l.txt:3: {big} offers no choice`},
		{"strong {a|word}", `l.txt:3: term too short: a block entry needs at least two letters or digits (in "a")`},
		{"strong w{a|b|c|d|e|f|g}{a|b|c|d|e|f|g}{a|b|c|d|e|f}", `l.txt:3: choices make more than 256 terms`},
	}
	for _, c := range cases {
		in, below := strings.CutPrefix(c.in, "^")
		if !below {
			in = head + in
		}
		l, err := lists.Parse("l.txt", strings.NewReader(in))
		if err == nil || err.Error() != c.want {
			t.Errorf("%q:\n got %v\nwant %s", c.in, err, c.want)
		}
		if l != nil {
			t.Errorf("%q: a list came with the error", c.in)
		}
	}
}

func TestParseAccepts(t *testing.T) {
	in := "\uFEFF# whole line\r\n@category\tgambling # why\r\n@lang pt-BR\r\n@source own notes, 2026-11 \r\n\r\n" +
		"  strong   cassino\u3000 online\t# aside\r\nsoft=0.5 c#minor\r\nallow 赌\r\nfirm win<s>bet<d2-4>\r\n@lang und\r\n@source\r\nfirm sorte"
	l, err := lists.Parse("g.txt", strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	e := lists.Entry{Category: lists.Gambling, Lang: "pt-BR", Source: "own notes, 2026-11", List: "g.txt"}
	want := []lists.Entry{e, e, e, e, e}
	want[0].Term, want[0].Strength, want[0].Weight, want[0].Line = "cassino online", lists.Strong, 3, 6
	want[1].Term, want[1].Strength, want[1].Weight, want[1].Line = "c#minor", lists.Soft, 0.5, 7
	want[2].Term, want[2].Strength, want[2].Weight, want[2].Line = "赌", lists.Allow, 0, 8
	want[3].Term, want[3].Strength, want[3].Weight, want[3].Line = "win<s>bet<d2-4>", lists.Firm, 2, 9
	want[3].Pattern = true
	want[4].Term, want[4].Strength, want[4].Weight, want[4].Line = "sorte", lists.Firm, 2, 12
	want[4].Lang, want[4].Source = "", ""
	if len(l.Entries) != len(want) {
		t.Fatalf("%d entries, want %d: %+v", len(l.Entries), len(want), l.Entries)
	}
	for i := range want {
		if l.Entries[i] != want[i] {
			t.Errorf("entry %d:\n got %+v\nwant %+v", i, l.Entries[i], want[i])
		}
	}
}

func TestParseErrorIsTyped(t *testing.T) {
	_, err := lists.Parse("l.txt", strings.NewReader(head+"strong=9 word\n\nfoo bar\n"))
	var all lists.ParseErrors
	if !errors.As(err, &all) || len(all) != 2 {
		t.Fatalf("got %v, want two ParseErrors", err)
	}
	if e := all[1]; e.Name != "l.txt" || e.Line != 5 || e.Text != "foo bar" || e.Err == nil {
		t.Errorf("got %+v", e)
	}
	var one *lists.ParseError
	if !errors.As(err, &one) || one.Line != 3 {
		t.Errorf("errors.As finds %v, want the first fault", one)
	}
}

func TestParseLimits(t *testing.T) {
	many := head + strings.Repeat("soft word\n", lists.MaxEntries+1)
	big := strings.Repeat("# "+strings.Repeat("a", 900)+"\n", lists.MaxBytes/900)
	for want, in := range map[string]string{
		"list l.txt: more than 80000 entries": many,
		"list l.txt: more than 8388608 bytes": big,
	} {
		_, err := lists.Parse("l.txt", strings.NewReader(in))
		if err == nil || err.Error() != want || !errors.Is(err, lists.ErrLimit) {
			t.Errorf("got %.200v, want %s", err, want)
		}
	}
}

func TestParseCountsFaultsPastTheMost(t *testing.T) {
	_, err := lists.Parse("l.txt", strings.NewReader(strings.Repeat("x\n", lists.MaxFaults+7)))
	var all lists.ParseErrors
	if !errors.As(err, &all) || len(all) != lists.MaxFaults+1 {
		t.Fatalf("got %d faults", len(all))
	}
	if got, want := all[lists.MaxFaults].Error(), "l.txt:1007: and 7 more bad lines up to here"; got != want {
		t.Errorf("last fault: got %q, want %q", got, want)
	}
}

func TestParseReadError(t *testing.T) {
	cause := errors.New("disk on fire")
	_, err := lists.Parse("l.txt", iotest.ErrReader(cause))
	if !errors.Is(err, cause) || err.Error() != "read list l.txt: disk on fire" {
		t.Errorf("got %v", err)
	}
}

func TestLongTextIsShortened(t *testing.T) {
	_, err := lists.Parse("l.txt", strings.NewReader(strings.Repeat("赌", 400)))
	var one *lists.ParseError
	if !errors.As(err, &one) || len(one.Text) > 90 || !strings.HasSuffix(one.Text, "赌...") {
		t.Errorf("got %+v", one)
	}
}

func ExampleParse() {
	l, err := lists.Parse("own.en.txt", strings.NewReader(`# our own words
@category grey
@lang en
strong followers for sale
soft cheap
strong=4 promo<d2-4>    # a brand and its numbers
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range l.Entries {
		fmt.Println(e.Line, e.Strength, e.Weight, e.Term)
	}
	// Output:
	// 4 strong 3 followers for sale
	// 5 soft 1 cheap
	// 6 strong 4 promo<d2-4>
}

func ExampleParse_faults() {
	_, err := lists.Parse("adult.zh.txt", strings.NewReader("@category advertz\nstrnog word\n"))
	fmt.Println(err)
	// Output:
	// adult.zh.txt:1: unknown category "advertz"
	// adult.zh.txt:2: unknown strength "strnog"
}
