package normalize

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestString(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"ascii", "plain text", "plain text"},
		{"case", "Casino ONLINE", "casino online"},
		{"full width", "ＡＢＣ１２３！", "abc123!"},
		{"half-width kana", "ｶｼﾞﾉ ﾊﾟﾁﾝｺ", "カジノ パチンコ"},
		{"decomposed kana", "カシ\u3099ノ ハ\u309Aチンコ う\u3099", "カジノ パチンコ ゔ"},
		{"kana that takes no mark", "ナ\u3099ガ\u3099", "ナガ"},
		{"traditional", "國產視頻 體育", "国产视频 体育"},
		{"compatibility", "ⅴⅥ①㎏ﬁ", "vvi1kgfi"},
		{"mathematical letters", "𝓬𝓪𝓼𝓲𝓷𝓸 𝐏𝐎𝐑𝐍", "casino porn"},
		{"squared and circled", "🅥🅸ⓐ❶⓿", "via10"},
		{"small capitals", "ᴄᴀsɪɴᴏ", "casino"},
		{"Vietnamese", "Nhà Cái Đổi Thưởng Ưu", "nha cai doi thuong uu"},
		{"decomposed Vietnamese", "nha\u0300 ca\u0301i", "nha cai"},
		{"Turkish", "İSTANBUL ılık Şans", "istanbul ilik sans"},
		{"German and Nordic", "Straße ẞ ØåÆ Łódź", "strasse ss oaae lodz"},
		{"Russian", "Ёлка Йод Ставки", "eлкa йoд cтaвки"},
		{"Cyrillic in Latin", "саsinо", "casino"},
		{"upper case twin lowers first", "В", "в"},
		{"Greek", "αΑάΆ οΟ Νν Σς", "aaaa oo vv σσ"},
		{"Han look-alikes", "旡码 曰韩 ⻓ ⽆", "无码 日韩 长 无"},
		{"vel", "a∨", "av"},
		{"bar", "国丨产｜a", "国|产|a"},
		{"invisible", "v\u200bi\u00ada\ufe0fg\u2060r\u202ea\U000E0041\u3164", "viagra"},
		{"blanks", "a\t\n\u00a0\u3000 b\u2003", "a b "},
		{"digits of other scripts", "٣५๕", "355"},
		{"Thai keeps its marks", "น้ำ สล็อต", "น้ำ สล็อต"},
		{"Hangul", "카지노", "카지노"},
		{"Arabic forms and points", "ﻛَﺎزﻳﻨـو", "كازينو"},
		{"invalid bytes", "a\xffb", "a\uFFFDb"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := String(c.in); got != c.want {
				t.Errorf("String(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

// Every rune folds to a form that folds to itself, within the stated bound.
func TestEveryRuneIsIdempotent(t *testing.T) {
	longest, changed := 0, 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		once := Append(nil, r)
		longest = max(longest, len(once))
		if len(once) != 1 || once[0] != r {
			changed++
		}
		if Folded(r) != (len(once) != 1 || once[0] != r) {
			t.Errorf("Folded(%U) contradicts Append", r)
		}
		var twice []rune
		for _, f := range once {
			twice = Append(twice, f)
		}
		if string(twice) != string(once) {
			t.Errorf("%U folds to %+q, which folds to %+q", r, string(once), string(twice))
		}
	}
	if longest != MaxRunes {
		t.Errorf("the longest fold is %d runes, MaxRunes says %d", longest, MaxRunes)
	}
	if changed < 10000 {
		t.Errorf("only %d runes fold to something else: the tables are not whole", changed)
	}
}

func FuzzString(f *testing.F) {
	for _, s := range []string{"Nhà  Cái", "ｶﾞ\u3099", "旡\u200b码", "a\xff\x00", "は\u200b\u3099\u309a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := String(s)
		if twice := String(once); twice != once {
			t.Errorf("%q folds to %q, then to %q", s, once, twice)
		}
		if n, limit := utf8.RuneCountInString(once), MaxRunes*utf8.RuneCountInString(s); n > limit {
			t.Errorf("%d runes, more than %d", n, limit)
		}
		if strings.Contains(once, "  ") {
			t.Errorf("%q: a run of blanks is left", once)
		}
		// The fast path for ASCII says the same as the rune-wise fold.
		var rs []rune
		for _, r := range s {
			rs = Append(rs, r)
		}
		if want := squeeze(rs); once != want {
			t.Errorf("String(%q) = %q, Append gives %q", s, once, want)
		}
		if bare := String(Toned(s)); bare != once {
			t.Errorf("Toned(%q) = %q folds to %q, want %q", s, Toned(s), bare, once)
		}
	})
}

func TestToned(t *testing.T) {
	cases := []struct{ in, want string }{
		{"NHÀ  CÁI", "nhà cái"},
		{"nha\u0300 ca\u0301i", "nhà cái"},
		{"ĐỔI Thưởng", "đổi thưởng"},
		{"nha cai", "nha cai"},
		{"ｎhà", "nhà"},
		{"казино", "кaзинo"},
	}
	for _, c := range cases {
		if got := Toned(c.in); got != c.want {
			t.Errorf("Toned(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}
