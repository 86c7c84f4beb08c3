package match

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/drosshq/dross/lists"
)

// digitPattern is <d1-2>X<d1-2>X, or with one digit class in front only.
func digitPattern(literal string, both bool) Pattern {
	digits := lists.Part{Class: lists.Digits, Min: 1, Max: 2}
	parts := []lists.Part{digits, {Literal: literal}}
	if both {
		parts = append(parts, parts...)
	}
	return Pattern{Parts: parts, Gate: true}
}

// find lists what the patterns match in text, as pattern:source text.
func find(t *testing.T, patterns []Pattern, text string) []string {
	t.Helper()
	m, err := New(patterns)
	if err != nil {
		t.Fatal(err)
	}
	h := new(Haystack)
	m.AppendAt(h, []byte(text), 0, len(text))
	var out []string
	m.Each(h, 0, h.Len(), func(mt Match) bool {
		from, to := h.Source(mt.Start, mt.End)
		out = append(out, fmt.Sprintf("%d:%s", mt.Pattern, text[from:to]))
		return true
	})
	return out
}

func TestBorders(t *testing.T) {
	terms := []string{"cialis", "av", "无码", "포커", "토토사이트", "91", "казино", "buy now", "t.me"}
	var patterns []Pattern
	for _, s := range terms {
		patterns = append(patterns, Pattern{Term: s})
	}
	handle := []lists.Part{{Literal: "加微"}, {Class: lists.Spaces, Max: lists.MaxRun}, {Class: lists.Handle, Min: 4, Max: 8}}
	patterns = append(patterns, Pattern{Parts: handle}, digitPattern("区", true))
	cases := []struct {
		text string
		want []string
	}{
		{"specialist", nil},
		{"Cialis!", []string{"0:Cialis"}},
		{"cialis20mg", []string{"0:cialis"}},
		{"av1", nil},
		{"看av片", []string{"1:av"}},
		{"ｃｉａｌｉｓ", []string{"0:ｃｉａｌｉｓ"}},
		{"有无码头", []string{"2:无码"}},
		{"無\u200b碼", []string{"2:無\u200b碼"}},
		{"포커를", []string{"3:포커"}},
		{"포커스입니다", nil},
		{"온라인포커", nil},
		{"안전토토사이트추천", []string{"4:토토사이트"}},
		{"1991 91% 91号", []string{"5:91", "5:91"}},
		{"КАЗИНО", []string{"6:КАЗИНО"}},
		{"кaзинoв", nil},
		{"buy-now buy  now buynow buy, now", []string{"7:buy-now", "7:buy  now"}},
		{"t.me t me t-me", []string{"8:t.me"}},
		{"b u y n o w c i a l i s", nil},
		{"c.i.a.l.i.s", []string{"0:c.i.a.l.i.s"}},
		{"无★码★片★子", []string{"2:无★码"}},
		{"加微 ABC_12", []string{"9:加微 ABC_12"}},
		{"加微abc", nil},
		{"加微abcdefghi", nil},
		{"1区22区", []string{"10:1区22区"}},
		{"国I无码I产", []string{"2:无码"}},
	}
	for _, c := range cases {
		if got := find(t, patterns, c.text); !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestNewRefusesEmptyPatterns(t *testing.T) {
	for _, term := range []string{"", " ", "\u200b"} {
		_, err := New([]Pattern{{Term: "fine"}, {Term: term}})
		var pe *PatternError
		if !errors.As(err, &pe) || pe.Pattern != 1 || !errors.Is(err, ErrEmpty) {
			t.Errorf("New with %q: %v", term, err)
		}
	}
	if _, err := New([]Pattern{{Parts: []lists.Part{{Class: lists.Digits, Min: 1, Max: 2}}}}); !errors.Is(err, ErrEmpty) {
		t.Errorf("New without a literal: %v", err)
	}
}

func TestNewRefusesTooManyCharacters(t *testing.T) {
	var b strings.Builder
	for r := rune(0x4E00); r < 0x9FFF; r++ {
		b.WriteRune(r)
	}
	if _, err := New([]Pattern{{Term: b.String()}}); err == nil || !strings.Contains(err.Error(), "distinct characters") {
		t.Errorf("New with all of Han: %v", err)
	}
}

func TestNoPatterns(t *testing.T) {
	m, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	h := new(Haystack)
	m.Append(h, []byte("some text"))
	if m.Any(h) || countEach(m, h) != 0 {
		t.Error("a match without patterns")
	}
}

func TestHaystackSegments(t *testing.T) {
	m, err := New([]Pattern{{Term: "ab"}})
	if err != nil {
		t.Fatal(err)
	}
	h := new(Haystack)
	for range 2 { // the second time with reused memory
		h.Reset()
		for _, text := range []string{"x y z w 12", "", "无,a"} {
			h.Break()
			m.AppendAt(h, []byte(text), 0, len(text))
		}
		if h.Segments() != 3 || !h.Mapped() {
			t.Fatalf("%d segments", h.Segments())
		}
		for i, want := range []int{6, 0, 2} {
			start, end := h.Segment(i)
			if got := h.Letters(start, end); got != want {
				t.Errorf("segment %d: %d letters, want %d", i, got, want)
			}
			if got := h.SegmentAt(start); end > start && got != i {
				t.Errorf("SegmentAt(%d) = %d, want %d", start, got, i)
			}
		}
	}
}

func TestEachStopsAndKeepsToItsRange(t *testing.T) {
	m, err := New([]Pattern{{Term: "无码"}})
	if err != nil {
		t.Fatal(err)
	}
	h := new(Haystack)
	m.Append(h, []byte("无码无码无码"))
	n := 0
	m.Each(h, 0, h.Len(), func(Match) bool { n++; return false })
	if n != 1 {
		t.Errorf("%d matches after the first was refused", n)
	}
	n = 0
	m.Each(h, 2, 6, func(mt Match) bool {
		n++
		if mt.Start < 2 || mt.End > 6 {
			t.Errorf("match %v outside of 2 to 6", mt)
		}
		return true
	})
	if n != 1 {
		t.Errorf("%d matches between 2 and 6, want 1", n)
	}
}

func TestMatcherIsShared(t *testing.T) {
	m, err := New(madeUpPatterns(500))
	if err != nil {
		t.Fatal(err)
	}
	text := chineseText(20000)
	want := new(Haystack)
	m.Append(want, text)
	n := countEach(m, want)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			h := new(Haystack)
			for range 5 {
				h.Reset()
				m.Append(h, text)
				if got := countEach(m, h); got != n || m.Any(h) != m.Any(want) {
					t.Errorf("%d matches, want %d", got, n)
				}
			}
		})
	}
	wg.Wait()
	if n == 0 {
		t.Error("no match at all")
	}
}

func TestSpacedAt(t *testing.T) {
	m, err := New([]Pattern{ballast, {Term: "码"}, {Term: strings.Repeat("งิด่", 50000)}})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		"": false, "plain words of text": false, "v i a g r a": true, "xxxxxxxxxx 1.2.3.4": true,
		"码,码,码,码": true, "xxxxxx码,码,码,码": true, "码码,码码,码码,码码": false, "it is so he": false,
		"เ งิ น ด่ ว น": true,
	} {
		h := new(Haystack)
		m.Append(h, []byte(text))
		h.classify(0)
		if got := h.spacedAt(0); got >= 0 != want {
			t.Errorf("spacedAt(%q) = %v", text, got)
		}
	}
}
