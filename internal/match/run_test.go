package match

import (
	"slices"
	"testing"
)

// TestSpacedRuns: words whose letters stand apart are found where they stand, with
// what parts them; letters that stand apart for other reasons make no word.
func TestSpacedRuns(t *testing.T) {
	var patterns []Pattern
	for _, s := range []string{"casino", "free spins", "seo", "bet365", "เงินด่วน", "카지노", "토토", "казино", "无码", "no"} {
		patterns = append(patterns, Pattern{Term: s})
	}
	cases := []struct {
		text string
		want []string
	}{
		{"c a s i n o_s e o", []string{"0:c a s i n o", "2:s e o"}},
		{"c♤a♤s♤i♤n♤o,s♤e♤o", []string{"0:c♤a♤s♤i♤n♤o", "2:s♤e♤o"}},
		{"f*r*e*e s*p*i*n*s n*o", []string{"1:f*r*e*e s*p*i*n*s", "9:n*o"}},
		{"s e o | c a s i n o", []string{"2:s e o", "0:c a s i n o"}},
		{"b e t   3 6 5_b e t 3 6 5   o k", []string{"3:b e t 3 6 5"}},
		{"เ งิ น ด่ ว น", []string{"4:เ งิ น ด่ ว น"}},
		{"카 지 노  토 토  사 이 트", []string{"5:카 지 노", "6:토 토"}},
		{"к-а-з-и-н-о 无・码・片・子", []string{"7:к-а-з-и-н-о", "8:无・码"}},
		{"no c a s i n o no", []string{"9:no", "0:c a s i n o", "9:no"}},
		{"s e o", nil},
		{"s.e.o, c, a, s, i, n, o", nil},
		{"c | a | s | i | n | o", nil},
		{"C. A. S. I. N. O. Smith", nil},
		{"c a si n o n o t", nil},
		{"c a s i n", nil},
	}
	for _, c := range cases {
		if got := find(t, patterns, c.text); !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

// TestDropped: the haystack tells which separators it left out.
func TestDropped(t *testing.T) {
	m, err := New([]Pattern{{Term: "abcd"}})
	if err != nil {
		t.Fatal(err)
	}
	h := new(Haystack)
	text := []byte("xx a♤b♤c♤d, e♤f")
	m.AppendAt(h, text, 0, len(text))
	var got []string
	for _, r := range h.Dropped() {
		got = append(got, string(text[r[0]:r[1]]))
	}
	if want := []string{"♤", "♤", "♤", "♤"}; !slices.Equal(got, want) {
		t.Errorf("dropped %q, want %q", got, want)
	}
}
