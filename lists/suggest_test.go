package lists_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/drosshq/dross/lists"
)

type pair struct{ removed, clean string }

func suggest(pairs []pair, listed func(string) bool, opts lists.SuggestOptions) string {
	got := lists.Suggest(func(yield func(string, string) bool) {
		for _, p := range pairs {
			if !yield(p.removed, p.clean) {
				return
			}
		}
	}, listed, opts)
	var out []string
	for _, s := range got {
		out = append(out, fmt.Sprintf("%s %d/%d", s.Term, s.Blocks, s.Count))
	}
	return strings.Join(out, "; ")
}

func TestSuggest(t *testing.T) {
	listed := func(term string) bool { return term == "现金" }
	cases := []struct {
		name  string
		pairs []pair
		want  string
	}{
		{"nothing", nil, ""},
		{"the longest, counted by blocks first", []pair{{"大卡车_大卡车", ""}, {"小|大卡车", ""}, {"大卡车", ""}}, "大卡车 3/4"},
		{"the shorter where it stands alone too", []pair{{"大卡车_卡车", ""}, {"大卡车", ""}, {"大卡车", ""}}, "卡车 3/4; 大卡车 3/3"},
		{"script and width are folded", []pair{{"大卡車", ""}, {"大卡车", ""}, {"ｂｉｇ 大卡车", ""}}, "大卡车 3/3"},
		{"clean text wins", []pair{{"大卡车", "新卡車"}, {"大卡车", ""}, {"大卡车", ""}}, "大卡车 3/3"},
		{"clean text of another page", []pair{{"big truck", ""}, {"big truck", ""}, {"big truck", ""}, {"", "A Big Truck."}}, ""},
		{"listed is left out", []pair{{"现金", ""}, {"现金", ""}, {"现金", ""}}, ""},
		{"too few blocks", []pair{{"大卡车 大卡车 大卡车", ""}, {"大卡车", ""}}, ""},
		{"words", []pair{{"Buy big trucks now, cheap", ""}, {"big trucks", ""}, {"big trucks | x", ""}}, "big trucks 3/3"},
		{"no words across marks or lines", []pair{{"red,blue", ""}, {"red\nblue", ""}, {"red|blue", ""}}, "blue 3/3; red 3/3"},
		{"no numbers, no shortest words", []pair{{"12345 ab x", ""}, {"12345 ab", ""}, {"12345,ab", ""}}, ""},
		{"six characters at most", []pair{{"一二三四五六七", ""}, {"一二三四五六七", ""}, {"一二三四五六七", ""}}, "一二三四五六 3/3; 二三四五六七 3/3"},
	}
	for _, c := range cases {
		if got := suggest(c.pairs, listed, lists.SuggestOptions{}); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestSuggestOptions(t *testing.T) {
	pairs := []pair{{"red,blue,green", ""}, {"red,blue", ""}, {"red", ""}}
	if got := suggest(pairs, nil, lists.SuggestOptions{MinBlocks: 1, Most: 2}); got != "red 3/3; blue 2/2" {
		t.Errorf("got %s", got)
	}
	if got := suggest(pairs, nil, lists.SuggestOptions{MinBlocks: 2}); got != "red 3/3; blue 2/2" {
		t.Errorf("got %s", got)
	}
}

func TestSuggestIsDeterministic(t *testing.T) {
	var pairs []pair
	for i := range 40 {
		pairs = append(pairs, pair{fmt.Sprintf("alpha%d beta%d gamma%d", i%7, i%5, i%3), fmt.Sprintf("beta%d", i%2)})
	}
	first := suggest(pairs, nil, lists.SuggestOptions{})
	if first == "" {
		t.Fatal("no suggestion to compare")
	}
	slices.Reverse(pairs)
	for range 5 {
		if again := suggest(pairs, nil, lists.SuggestOptions{}); again != first {
			t.Fatalf("got %s, then %s", first, again)
		}
	}
}

func ExampleSuggest() {
	removed := []string{"lucky spins, cash", "cash | lucky spins", "lucky spins", "cash"}
	pairs := func(yield func(string, string) bool) {
		for _, text := range removed {
			if !yield(text, "He paid in cash.") {
				return
			}
		}
	}
	for _, s := range lists.Suggest(pairs, nil, lists.SuggestOptions{}) {
		fmt.Println(s.Term, s.Blocks, s.Count)
	}
	// Output: lucky spins 3 3
}
