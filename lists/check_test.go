package lists_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/drosshq/dross/lists"
)

// checked joins the findings of lists given as text, name by name.
func checked(t *testing.T, good map[string]string, texts map[string]string) string {
	t.Helper()
	var ls []*lists.List
	for name, text := range texts {
		ls = append(ls, parse(t, name, text))
	}
	var out []string
	for _, f := range lists.Check(newSet(t, ls...), func(yield func(string, string) bool) {
		for _, name := range slices.Sorted(maps.Keys(good)) {
			if !yield(name, good[name]) {
				return
			}
		}
	}) {
		out = append(out, f.String())
	}
	return strings.Join(out, "\n")
}

func TestCheckFindings(t *testing.T) {
	cases := []struct{ name, list, want string }{
		{"sound", "strong followers for sale\nfirm promo\nsoft cheap\nallow promo code", ""},
		{"case", "firm Promo\nfirm promo", "l.txt:3: error: the same after folding as l.txt:2 (duplicate)"},
		{"width", "firm ｐｒｏｍｏ\nsoft promo", "l.txt:3: error: the same after folding as l.txt:2 (duplicate)"},
		{"script", "firm 現金卡\nfirm 现金卡", "l.txt:3: error: the same after folding as l.txt:2 (duplicate)"},
		{"three times", "firm aaaa\nfirm aaaa\nfirm AAAA", "l.txt:3: error: the same after folding as l.txt:2 (duplicate)\n" +
			"l.txt:4: error: the same after folding as l.txt:2 (duplicate)"},
		{"patterns", "firm Win<d2-4>\nfirm win<d2-4>\nfirm win<d2-5>", "l.txt:3: error: the same after folding as l.txt:2 (duplicate)"},
		{"other category", "firm promo\n@category loans\nfirm promo", "l.txt:4: warning: the same after folding as l.txt:2 of category grey (duplicate)"},
		{"other language", "@lang en\nfirm promo\n@lang de\nfirm promo", "l.txt:5: warning: the same after folding as l.txt:3 of language \"en\" (duplicate)"},
		{"block, then allow", "firm promo\nallow Promo", "l.txt:2: error: the same as the allow entry at l.txt:3, so it never counts (allowed)"},
		{"allow, then block", "allow promo\nfirm Promo", "l.txt:3: error: the same as the allow entry at l.txt:2, so it never counts (allowed)"},
		{"allow twice", "firm promo\nallow promo code\n@category loans\nallow promo code", "l.txt:5: error: the same after folding as l.txt:3 (duplicate)"},
		{"shadowed word", "firm promo\nfirm big promo\nsoft big", "l.txt:3: warning: whatever holds it also holds l.txt:2, which weighs as much, and other entries explain the rest (shadowed)"},
		{"shadowed Han", "firm 现金卡\nsoft 大现金卡\n@category loans\nsoft 大现金", "l.txt:3: warning: whatever holds it also holds l.txt:2, which weighs as much, and other entries explain the rest (shadowed)"},
		{"shadowed by pattern", "strong win<d2-4>\nfirm win88", "l.txt:3: warning: whatever holds it also holds l.txt:2, which weighs as much, and other entries explain the rest (shadowed)"},
		{"a word that no other explains", "firm promo\nfirm big promo", ""},
		{"stronger is no shadow", "firm promo\nstrong big promo", ""},
		{"heavier is no shadow", "firm promo\nfirm=2.5 big promo", ""},
		{"no word border, no shadow", "firm promo\nfirm promotion", ""},
		{"allow is no shadow", "allow promo code\nfirm promo\nstrong promo code shop", ""},
		{"other category is no shadow", "firm promo\n@category loans\nfirm big promo", ""},
		{"short Latin", "strong abc", "l.txt:2: warning: strong entry of 3 letters, less than 4 (short)"},
		{"short Hangul", "strong 현금", "l.txt:2: warning: strong entry of 2 letters, less than 3 (short)"},
		{"short Thai", "strong ปา", "l.txt:2: warning: strong entry of 2 letters, less than 3 (short)"},
		{"short firm is fine", "firm abc\nstrong 现金", ""},
		{"unused allow", "firm promo\nallow compromise\nallow 大卡", "l.txt:3: warning: allow entry that protects no block entry (unused-allow)\n" +
			"l.txt:4: warning: allow entry that protects no block entry (unused-allow)"},
		{"allow that a pattern needs", "firm win<d2-4>\nallow nt win95", ""},
		{"allow across categories", "firm promo\n@category loans\nallow promo code", ""},
	}
	for _, c := range cases {
		if got := checked(t, nil, map[string]string{"l.txt": "@category grey\n" + c.list}); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestCheckAgainstGoodTexts(t *testing.T) {
	good := map[string]string{
		"a.txt": "A Big\u00a0SALE of books, and compromise.",
		"b.txt": "The big sale; 成人高考 and 现金卡 at 99现金.",
		"c.txt": "Windows win95 and promo codes.",
	}
	texts := map[string]string{
		"b.zh.txt": "@category adult\nstrong 成人\nstrong 现金卡\nallow 成人高考\nfirm 现金",
		"a.en.txt": "@category grey\nstrong big sale\nstrong promise\nstrong win<d2-4>\nfirm promo codes",
	}
	want := `a.en.txt:2: warning: strong entry in 2 good texts, first in a.txt (common)
a.en.txt:4: warning: strong entry in 1 good texts, first in c.txt (common)
b.zh.txt:3: warning: strong entry in 1 good texts, first in b.txt (common)`
	if got := checked(t, good, texts); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestFindingAsJSON(t *testing.T) {
	text, err := lists.Error.MarshalText()
	if err != nil || string(text) != "error" || lists.Warning.String() != "warning" {
		t.Errorf("got %s, %v", text, err)
	}
}
