package lists

import (
	"fmt"
	"testing"
)

// TestTallyForgetsTheRarest holds the memory bound of Suggest.
func TestTallyForgetsTheRarest(t *testing.T) {
	tl := newTally()
	for i := range 50 {
		tl.block(fmt.Sprintf("often,rare%d,scarce%d", i, i), 20)
		if len(tl.grams) > 20 {
			t.Fatalf("block %d: %d n-grams kept", i, len(tl.grams))
		}
	}
	if n := tl.grams["often"]; n.blocks != 50 || n.count != 50 {
		t.Errorf("the frequent one: %+v", n)
	}
}

// TestFinderBorders holds where entries may stand, script by script.
func TestFinderBorders(t *testing.T) {
	cases := []struct {
		term, text string
		want       int
	}{
		{"promo", "promo, a promo; promotion compromo promo2", 2},
		{"казино", "казино, неказино казинос", 1},
		{"现金", "大现金卡现金", 2},
		{"พนัน", "การพนันออนไลน์", 1},
		{"카드", "카드사 신용카드", 1},
		{"신용카드", "내신용카드사", 1},
		{"av女优", "看av女优 java女优", 1},
		{"big promo", "big promo big promos", 1},
	}
	for _, c := range cases {
		f := newFinder()
		if err := f.add(0, Entry{Term: c.term}); err != nil {
			t.Fatal(err)
		}
		text, got := fold(c.text), map[hit]bool{}
		for _, h := range f.find(text) {
			got[h] = true
			if text[h.start:h.end] != fold(c.term) {
				t.Errorf("%s: hit %q", c.term, text[h.start:h.end])
			}
		}
		if len(got) != c.want {
			t.Errorf("%s in %q: %d hits, want %d", c.term, c.text, len(got), c.want)
		}
	}
}
