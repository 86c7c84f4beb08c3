package lists_test

import (
	"slices"
	"strings"
	"testing"
)

func TestChoices(t *testing.T) {
	cases := []struct {
		term string
		want []string
	}{
		{"{big|small} word", []string{"big word", "small word"}},
		{"big {word|thing} here", []string{"big word here", "big thing here"}},
		{"word{|s}", []string{"word", "words"}},
		{"{|big }word{s|ing}", []string{"words", "wording", "big words", "big wording"}},
		{"{大|小}{车|船}", []string{"大车", "大船", "小车", "小船"}},
		{"win{bet|game}<d2-4>", []string{"winbet<d2-4>", "wingame<d2-4>"}},
	}
	for _, c := range cases {
		l := parse(t, "l.txt", head+"firm=2.5 "+c.term+" # a comment")
		var got []string
		for _, e := range l.Entries {
			got = append(got, e.Term)
			if e.Line != 3 || e.Weight != 2.5 || e.Pattern != strings.Contains(e.Term, "<") {
				t.Errorf("%s: %+v", c.term, e)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s stands for %q, want %q", c.term, got, c.want)
		}
	}
}
