package lists_test

import (
	"slices"
	"testing"

	"github.com/drosshq/dross/lists"
)

func TestParts(t *testing.T) {
	literal := func(s string) lists.Part { return lists.Part{Literal: s} }
	digits := func(low, high int) lists.Part { return lists.Part{Class: lists.Digits, Min: low, Max: high} }
	spaces := lists.Part{Class: lists.Spaces, Max: lists.MaxRun}
	cases := []struct {
		term string
		want []lists.Part
	}{
		{"win<d2-4>", []lists.Part{literal("win"), digits(2, 4)}},
		{"<d1-2>区<d1-2>区", []lists.Part{digits(1, 2), literal("区"), digits(1, 2), literal("区")}},
		{"win<s><d0-3>", []lists.Part{literal("win"), spaces, digits(0, 3)}},
		{"tg: <w5-32>", []lists.Part{literal("tg: "), {Class: lists.Handle, Min: 5, Max: 32}}},
	}
	for _, c := range cases {
		got, err := lists.Entry{Term: c.term, Pattern: true}.Parts()
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: got %+v, %v; want %+v", c.term, got, err, c.want)
		}
	}
	plain, err := lists.Entry{Term: "a < b"}.Parts()
	if err != nil || !slices.Equal(plain, []lists.Part{literal("a < b")}) {
		t.Errorf("a term that is no pattern: got %+v, %v", plain, err)
	}
	if _, err := (lists.Entry{Term: "win<", Pattern: true}).Parts(); err == nil {
		t.Error("a broken pattern made by hand gives no error")
	}
}
