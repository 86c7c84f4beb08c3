package lists_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/drosshq/dross/lists"
)

func parse(t *testing.T, name, text string) *lists.List {
	t.Helper()
	l, err := lists.Parse(name, strings.NewReader(text))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return l
}

func newSet(t *testing.T, ls ...*lists.List) *lists.Set {
	t.Helper()
	set, err := lists.NewSet(ls...)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func terms(set *lists.Set) string {
	var all []string
	for e := range set.Entries() {
		all = append(all, e.Term)
	}
	return strings.Join(all, ",")
}

func TestWithAddsAndReplaces(t *testing.T) {
	b := parse(t, "b.txt", "@category grey\nfirm one\nfirm two")
	set := newSet(t, b, parse(t, "a.txt", "@category games\nfirm zero"))
	if got := terms(set); got != "zero,one,two" || set.Len() != 3 {
		t.Fatalf("terms %s, Len %d", got, set.Len())
	}
	more, err := set.With(parse(t, "b.txt", "@category grey\nfirm three"), parse(t, "c.txt", "@category loans\nfirm four"))
	if err != nil {
		t.Fatal(err)
	}
	if got := terms(more); got != "zero,three,four" || more.Len() != 3 {
		t.Errorf("terms %s, Len %d", got, more.Len())
	}
	if got := terms(set); got != "zero,one,two" {
		t.Errorf("With changed the set it was called on: %s", got)
	}
	b.Entries[0].Term = "changed"
	if got := terms(set); got != "zero,one,two" {
		t.Errorf("the caller's list changed the set: %s", got)
	}
	off, err := set.With(parse(t, "b.txt", "# nothing"))
	if err != nil || terms(off) != "zero" {
		t.Errorf("an empty list does not switch off: %s, %v", terms(off), err)
	}
}

func TestNewSetFaults(t *testing.T) {
	bad := &lists.List{Name: "bad.txt", Entries: []lists.Entry{
		{Term: "fine word", Category: lists.Grey, Strength: lists.Firm},
		{Term: "word", Category: "advertz", Strength: lists.Firm, Line: 7},
		{Term: "two  blanks", Category: lists.Grey, Strength: lists.Firm, Line: 8},
		{Term: "#tag", Category: lists.Grey, Strength: lists.Firm, Line: 9},
		{Term: "line\nbreak", Category: lists.Grey, Strength: lists.Firm, Line: 10},
		{Term: "word", Category: lists.Grey, Strength: 9, Line: 11},
		{Term: "word", Category: lists.Grey, Strength: lists.Firm, Weight: 7, Line: 12},
		{Term: "word", Category: lists.Grey, Strength: lists.Firm, Source: "a # b", Line: 13},
		{Term: strings.Repeat("a", 999), Category: lists.Grey, Strength: lists.Firm, Line: 14},
		{Term: "a<b", Category: lists.Grey, Strength: lists.Firm, Line: 15},
	}}
	a := parse(t, "a.txt", "@category grey\nfirm one")
	_, err := lists.NewSet(a, bad, a)
	want := `bad.txt:7: unknown category "advertz"
bad.txt:8: term holds a comment or blanks that do not survive in a file
bad.txt:9: term holds a comment or blanks that do not survive in a file
bad.txt:10: term holds a comment or blanks that do not survive in a file
bad.txt:11: unknown strength 9
bad.txt:12: bad weight 7: want 0.5 to 6
bad.txt:13: source holds a comment or blanks that do not survive in a file
bad.txt:14: entry makes a line of 1004 bytes, the limit is 1000
bad.txt:15: bad pattern class: '<' without '>'
two lists are named "a.txt"`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestNewSetCompletesEntriesMadeByHand(t *testing.T) {
	set := newSet(t, &lists.List{Name: "own", Entries: []lists.Entry{{Term: "win<d2-3>", Category: lists.Grey, Strength: lists.Strong}}})
	for e := range set.Entries() {
		if e.Weight != 3 || !e.Pattern || e.List != "own" {
			t.Errorf("got %+v", e)
		}
	}
}

func TestSetLimits(t *testing.T) {
	many := func(name string, n, size int) *lists.List {
		l := &lists.List{Name: name}
		for i := range n {
			term := fmt.Sprintf("%s %d", strings.Repeat("a", size), i)
			l.Entries = append(l.Entries, lists.Entry{Term: term, Category: lists.Grey, Strength: lists.Firm})
		}
		return l
	}
	full := newSet(t, many("full", lists.MaxEntries, 3))
	cases := map[string]func() (*lists.Set, error){
		"set of lists: 80001 entries, the limit is 80000":   func() (*lists.Set, error) { return full.With(many("one", 1, 3)) },
		"set of lists: 8922443 bytes, the limit is 8388608": func() (*lists.Set, error) { return lists.NewSet(many("a", 9_999, 887), many("b", 5, 887)) },
	}
	for want, try := range cases {
		set, err := try()
		if err == nil || err.Error() != want || !errors.Is(err, lists.ErrLimit) || set != nil {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestOnly(t *testing.T) {
	set := newSet(t,
		parse(t, "any.en.txt", "@category any\nsoft cheap\nallow any ware"),
		parse(t, "grey.en.txt", "@category grey\nfirm followers\nallow grey ware"),
		parse(t, "loans.en.txt", "@category loans\nstrong payday"),
		parse(t, "games.en.txt", "@category games\nstrong game cheats"))
	if got := set.Categories(); !slices.Equal(got, []lists.Category{lists.Games, lists.Grey, lists.Loans}) {
		t.Errorf("Categories: %v", got)
	}
	only := set.Only(lists.Loans)
	if got := terms(only); got != "cheap,any ware,grey ware,payday" || only.Len() != 4 {
		t.Errorf("Only(loans): %s, Len %d", got, only.Len())
	}
	if got := only.Categories(); !slices.Equal(got, []lists.Category{lists.Loans}) {
		t.Errorf("Only(loans): categories %v", got)
	}
	if len(only.Lists()) != 3 || only.Revision() == set.Revision() {
		t.Errorf("Only(loans): %d lists, revision %s", len(only.Lists()), only.Revision())
	}
	if set.Only() != set {
		t.Error("Only without categories is not the set")
	}
}

func TestRevision(t *testing.T) {
	rev := func(ls ...*lists.List) string { return newSet(t, ls...).Revision() }
	base := rev(parse(t, "a.txt", "@category grey\n@lang en\nfirm one\nsoft two"))
	if !strings.HasPrefix(base, "sha256:") || len(base) != len("sha256:")+64 {
		t.Fatalf("revision %q", base)
	}
	same := map[string]string{
		"comments": "# c\n@category grey\n@lang en\nfirm one # c\n\nsoft two",
		"order":    "@category grey\n@lang en\nsoft two\nfirm one",
		"source":   "@category grey\n@lang en\n@source notes\nfirm one\nsoft two",
		"weight":   "@category grey\n@lang en\nfirm=2 one\nsoft=1.0 two",
	}
	for what, text := range same {
		if rev(parse(t, "a.txt", text)) != base {
			t.Errorf("%s change the revision", what)
		}
	}
	if rev(parse(t, "x.txt", "@category grey\n@lang en\nsoft two"), parse(t, "b.txt", "@category grey\n@lang en\nfirm one")) != base {
		t.Error("the division into files changes the revision")
	}
	other := map[string]string{
		"category": "@category loans\n@lang en\nfirm one\nsoft two",
		"language": "@category grey\n@lang de\nfirm one\nsoft two",
		"strength": "@category grey\n@lang en\nfirm one\nfirm two",
		"weight":   "@category grey\n@lang en\nfirm=2.5 one\nsoft two",
		"term":     "@category grey\n@lang en\nfirm one\nsoft twos",
		"less":     "@category grey\n@lang en\nfirm one",
	}
	for what, text := range other {
		if rev(parse(t, "a.txt", text)) == base {
			t.Errorf("another %s does not change the revision", what)
		}
	}
	var zero lists.Set
	if zero.Revision() != rev() || zero.Len() != 0 {
		t.Error("the zero Set is not the empty set")
	}
}

func TestStrengthText(t *testing.T) {
	for _, s := range []lists.Strength{lists.Allow, lists.Soft, lists.Firm, lists.Strong} {
		text, err := s.MarshalText()
		var back lists.Strength
		if err != nil || back.UnmarshalText(text) != nil || back != s {
			t.Errorf("%v: %q, %v, back as %v", s, text, err, back)
		}
	}
	if _, err := lists.Strength(9).MarshalText(); err == nil || lists.Strength(9).String() != "strength(9)" {
		t.Error("an unknown strength has a text")
	}
}
