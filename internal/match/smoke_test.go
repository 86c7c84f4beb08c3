package match

import "testing"

func TestSmoke(t *testing.T) {
	m, err := New([]Pattern{{Term: "无码", Lang: "zh", Gate: true}, {Term: "casino online", Lang: "en", Gate: true}, {Term: "国产", Lang: "zh", Gate: false}, {Term: "카지노", Lang: "ko", Gate: true}, {Term: "カジノ", Lang: "ja", Gate: true}})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"hello 旡　码片", "ＣＡＳＩＮＯ-online.", "c a s i n o", "国產I无Ｉ", "无.码.国.产片", "온라인카지노는 카지노는", "ｶｼﾞﾉ", "с\u200bаsino online"} {
		var h Haystack
		m.Append(&h, []byte(s))
		t.Log(s, m.Any(&h), h.codes)
		var g Haystack
		m.AppendAt(&g, []byte(s), 100, 100+len(s))
		m.Each(&g, 0, g.Len(), func(mt Match) bool {
			a, b := g.Source(mt.Start, mt.End)
			t.Log(mt, s[a-100:b-100])
			return true
		})
	}
}
