package judge_test

import (
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/drosshq/dross/internal/judge"
	"github.com/drosshq/dross/lists"
)

// entries is a small vocabulary; the words prove nothing by themselves.
var entries = []judge.Entry{
	{Term: "strong one", Category: lists.Adult, Strength: lists.Strong, Weight: 3},
	{Term: "strong two", Category: lists.Adult, Strength: lists.Strong, Weight: 3},
	{Term: "firm one", Category: lists.Gambling, Strength: lists.Firm, Weight: 2},
	{Term: "soft one", Category: lists.Any, Strength: lists.Soft, Weight: 1},
	{Term: "allow one", Category: lists.Any, Strength: lists.Allow},
}

func hit(entry, start, end int) judge.Hit {
	return judge.Hit{Entry: int32(entry), Start: int32(start), End: int32(end)}
}

// safe is a hit inside of an allow hit.
func safe(entry, start, end int) judge.Hit {
	h := hit(entry, start, end)
	h.Safe = true
	return h
}

func TestSplit(t *testing.T) {
	cases := []struct {
		text string
		hits []judge.Hit
		want []string
	}{
		{"", nil, nil},
		{" , | ", nil, nil},
		{"one", nil, []string{"one"}},
		{"one two,three|four", nil, []string{"one two", "three", "four"}},
		{"a, ,, b", nil, []string{"a", "b"}},
		{"1.5 and 2:30. end", nil, []string{"1.5 and 2:30", "end"}},
		{"中文 中文", nil, []string{"中文", "中文"}},
		{"中I文", nil, []string{"中", "文"}},
		{"한국 도서관", nil, []string{"한국 도서관"}},
		{"a-b_c", []judge.Hit{hit(0, 0, 3)}, []string{"a-b", "c"}},
		{"line\nline", nil, []string{"line", "line"}},
	}
	for _, c := range cases {
		var got []string
		for _, it := range judge.Split(entries, []byte(c.text), c.hits) {
			got = append(got, c.text[it.Start:it.End])
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestSplitCounts(t *testing.T) {
	items := judge.Split(entries, []byte("abc def,ghi"), []judge.Hit{hit(3, 0, 3), safe(0, 8, 11)})
	want := []judge.Item{{Start: 0, End: 7, Letters: 6, Covered: 3, Open: 3}, {Start: 8, End: 11, Sep: ',', Letters: 3, Covered: 3, Gated: 3}}
	if !slices.Equal(items, want) {
		t.Errorf("got %+v, want %+v", items, want)
	}
}

func TestProtect(t *testing.T) {
	cases := []struct {
		name         string
		block, allow []judge.Hit
		want         []judge.Hit
	}{
		{"nothing", nil, nil, nil},
		{"no allow entry", []judge.Hit{hit(0, 2, 5)}, nil, []judge.Hit{hit(0, 2, 5)}},
		{"inside an allow entry", []judge.Hit{hit(0, 2, 5)}, []judge.Hit{hit(4, 1, 6)}, []judge.Hit{safe(0, 2, 5)}},
		{"the same place", []judge.Hit{hit(0, 2, 5)}, []judge.Hit{hit(4, 2, 5)}, []judge.Hit{safe(0, 2, 5)}},
		{"half inside", []judge.Hit{hit(0, 2, 7)}, []judge.Hit{hit(4, 1, 6)}, []judge.Hit{hit(0, 2, 7)}},
		{"two allow entries that touch do not join", []judge.Hit{hit(0, 2, 7)}, []judge.Hit{hit(4, 1, 5), hit(4, 5, 9)}, []judge.Hit{hit(0, 2, 7)}},
		{"a long one before a short one", []judge.Hit{hit(0, 6, 8)}, []judge.Hit{hit(4, 0, 9), hit(4, 1, 3)}, []judge.Hit{safe(0, 6, 8)}},
		{"allow inside of block", []judge.Hit{hit(0, 0, 9)}, []judge.Hit{hit(4, 2, 4)}, []judge.Hit{hit(0, 0, 9)}},
		{"a weaker one inside a longer", []judge.Hit{hit(3, 2, 4), hit(0, 0, 9)}, nil, []judge.Hit{hit(0, 0, 9)}},
		{"a stronger one inside a longer", []judge.Hit{hit(0, 2, 4), hit(3, 0, 9)}, nil, []judge.Hit{hit(3, 0, 9), hit(0, 2, 4)}},
		{"unsorted", []judge.Hit{hit(0, 8, 9), hit(1, 1, 3)}, nil, []judge.Hit{hit(1, 1, 3), hit(0, 8, 9)}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := judge.Protect(entries, slices.Clone(c.block), slices.Clone(c.allow)); !slices.Equal(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

// TestProtectOracle holds that exactly the hits inside some allow hit are safe, of hits
// that are not inside of each other.
func TestProtectOracle(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	for range 3000 {
		var block, allow, want []judge.Hit
		for pos := 0; pos < 40; pos += 1 + rng.Intn(6) {
			h := hit(rng.Intn(4), pos, pos+1+rng.Intn(3))
			block = append(block, h)
			pos = h.Part().End
		}
		for range rng.Intn(5) {
			start := rng.Intn(40)
			allow = append(allow, hit(4, start, start+1+rng.Intn(10)))
		}
		for _, b := range block {
			b.Safe = slices.ContainsFunc(allow, func(a judge.Hit) bool { return a.Start <= b.Start && b.End <= a.End })
			want = append(want, b)
		}
		rng.Shuffle(len(block), func(i, j int) { block[i], block[j] = block[j], block[i] })
		if got := judge.Protect(entries, slices.Clone(block), allow); !slices.Equal(got, want) {
			t.Fatalf("block %v, allow %v: got %v, want %v", block, allow, got, want)
		}
	}
}

func TestProse(t *testing.T) {
	prose := []string{
		"The council approved the new timetable on Tuesday, and the buses will run every twenty minutes from spring.",
		"市图书馆将于下周一恢复开放，读者凭借书证即可入馆，这是为了方便附近的居民。",
		"市の歴史博物館では、江戸時代の地図を集めた展示が来月から始まります。",
		"В субботу в парке откроется выставка, и вход для детей на неё не будет платным.",
		"시립 도서관은 다음 주부터 저녁 아홉 시까지 문을 열고 주말에는 강좌를 진행한다.",
	}
	phrases := []string{"garden chairs cheap tables lamps", "红茶绿茶 白茶花茶 茶具茶杯", "お茶 紅茶 緑茶 抹茶", "чай кофе какао вода", "홍차 녹차 백차 찻잔", "", "123 456"}
	for _, s := range prose {
		if p := judge.Prose(s); p < 0.5 || p > 1 {
			t.Errorf("prose %.2f: %s", p, s)
		}
	}
	for _, s := range phrases {
		if p := judge.Prose(s); p > 0.3 {
			t.Errorf("phrases %.2f: %s", p, s)
		}
	}
}

func TestScriptOf(t *testing.T) {
	for text, want := range map[string]judge.Script{
		"": judge.NoScript, "abc": judge.NoScript, "garden": judge.Latin, "tiếng Việt": judge.Latin, "видео": judge.Cyrillic, "市图书馆": judge.Han,
		"市の図書館です": judge.Kana, "도서관은": judge.Hangul, "ห้องสมุด": judge.Thai, "12345 --": judge.NoScript, "gardenвидео": judge.NoScript,
	} {
		if got := judge.ScriptOf(text); got != want {
			t.Errorf("%q: got %d, want %d", text, got, want)
		}
	}
}

func TestSpread(t *testing.T) {
	last := 0.0
	for i := range 101 {
		v := judge.Spread(float64(i) / 100)
		if v < last || v < 0 || v > 1 {
			t.Fatalf("density %d %%: %v after %v", i, v, last)
		}
		last = v
	}
	if last != 1 {
		t.Errorf("a text of nothing but listed words counts %v", last)
	}
}

// TestCover holds that covers are sorted, disjoint and hold the same bytes.
func TestCover(t *testing.T) {
	rng := rand.New(rand.NewSource(2))
	for range 2000 {
		var hits []judge.Hit
		var want [40]bool
		for pos := 0; pos < 30; pos += rng.Intn(6) {
			h := hit(0, pos, pos+1+rng.Intn(9))
			hits = append(hits, h)
			for i := h.Start; i < h.End; i++ {
				want[i] = true
			}
		}
		var got [40]bool
		for _, p := range judge.Cover(hits) {
			for i := p.Start; i < p.End; i++ {
				if got[i] {
					t.Fatalf("%v: %v overlap", hits, judge.Cover(hits))
				}
				got[i] = true
			}
		}
		if got != want {
			t.Fatalf("%v: got %v", hits, judge.Cover(hits))
		}
	}
}

// TestSingle holds the outline of a decision: phrases go, the same words in a
// sentence stay.
func TestSingle(t *testing.T) {
	court := &judge.Court{Entries: entries}
	text := func(s string) judge.Text {
		x := judge.Text{Plain: []byte(s)}
		for i, e := range entries[:4] {
			for pos := 0; ; {
				j := strings.Index(s[pos:], e.Term)
				if j < 0 {
					break
				}
				x.Hits = append(x.Hits, hit(i, pos+j, pos+j+len(e.Term)))
				pos += j + len(e.Term)
			}
		}
		slices.SortFunc(x.Hits, func(a, b judge.Hit) int { return int(a.Start - b.Start) })
		x.Items = judge.Split(entries, x.Plain, x.Hits)
		return x
	}
	for s, want := range map[string]bool{
		"strong one, strong two, firm one, soft one": true,
		"strong one|strong two|soft one|firm one":    true,
		"soft one, soft one, soft one":               false,
		"The judge said that the strong one was in the hands of the owner for a year, and that it is not for us to say what he did with it.": false,
		"": false,
	} {
		if r := court.Single(text(s), judge.Place{}); r.Remove != want {
			t.Errorf("%q: remove %v, %+v", s, r.Remove, r.Score)
		}
	}
}
