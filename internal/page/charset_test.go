package page

import (
	"bytes"
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
)

// samples are texts of some length in every charset that pages come in.
var samples = map[string]string{
	"utf-8":        "市图书馆 café 図書館 도서관",
	"gbk":          "市图书馆将于下周一恢复开放，读者凭借书证即可入馆。借书证办理处在一楼大厅。",
	"gb18030":      "市图书馆将于下周一恢复开放，𠀀读者凭借书证即可入馆。",
	"big5":         "市圖書館將於下週一恢復開放，讀者憑借書證即可入館。辦理處在一樓大廳。",
	"shift_jis":    "市の歴史博物館では、江戸時代の地図を集めた展示が来月から始まります。ｶﾀｶﾅ",
	"euc-jp":       "市の歴史博物館では、江戸時代の地図を集めた展示が来月から始まります。",
	"iso-2022-jp":  "abc 市の歴史博物館では、def 江戸時代の地図 ghi",
	"euc-kr":       "시립 도서관은 다음 주부터 저녁 아홉 시까지 문을 연다.",
	"windows-1251": "Завод объявил о ремонте линии до конца октября.",
	"windows-1252": "Le café ferme à cinq heures, naïve façade – 5 €.",
	"windows-1254": "Belediye kütüphanesi açılıyor, şehir içi ğ.",
	"windows-1256": "المكتبة العامة مفتوحة اليوم",
	"windows-874":  "ห้องสมุดของเมืองเปิดวันเสาร์",
	"koi8-r":       "Завод объявил о ремонте линии до конца октября.",
	"utf-16le":     "The library 图书馆 𠀀 opens.",
	"utf-16be":     "The library 图书馆 𠀀 opens.",
}

func encodeAs(t testing.TB, name, text string) []byte {
	t.Helper()
	if name == "utf-8" {
		return []byte(text)
	}
	enc, _ := charset.Lookup(name)
	out, err := enc.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatalf("encode %s: %v", name, err)
	}
	return out
}

func TestDecode(t *testing.T) {
	for name, text := range samples {
		for _, kind := range []Kind{KindText, KindHTML} {
			t.Run(fmt.Sprint(name, kind), func(t *testing.T) {
				d, err := Decode(encodeAs(t, name, text), name, kind)
				if err != nil || string(d.Text) != text || d.Charset != name {
					t.Errorf("got %q in %s, %v", d.Text, d.Charset, err)
				}
			})
		}
	}
}

func TestDetect(t *testing.T) {
	gbk, sjis := encodeAs(t, "gbk", samples["gbk"]), encodeAs(t, "shift_jis", samples["shift_jis"])
	cases := []struct {
		name  string
		body  []byte
		label string
		kind  Kind
		want  string
	}{
		{"empty", nil, "", KindText, "utf-8"},
		{"ascii under any label", []byte("abc"), "gbk", KindText, "utf-8"},
		{"mark of utf-8", []byte("\xef\xbb\xbf\xff"), "gbk", KindText, "utf-8"},
		{"mark of utf-16le", []byte("\xff\xfea\x00"), "utf-8", KindText, "utf-16le"},
		{"mark of utf-16be", []byte("\xfe\xff\x00a"), "", KindText, "utf-16be"},
		{"label that lies over utf-8", []byte(samples["gbk"]), "gbk", KindText, "utf-8"},
		{"label of utf-8 that lies", gbk, "utf-8", KindText, "gb18030"},
		{"label of utf-8 that lies, meta that does not", append([]byte(`<meta charset="gbk">`), gbk...), "utf-8", KindHTML, "gbk"},
		{"header before meta", append([]byte("<meta charset=gbk>"), sjis...), "shift_jis", KindHTML, "shift_jis"},
		{"meta", append([]byte("<META CHARSET='Shift-JIS'>"), sjis...), "", KindHTML, "shift_jis"},
		{"meta of old", append([]byte(`<meta http-equiv=content-type content="text/html; charset = gb2312">`), gbk...), "", KindHTML, "gbk"},
		{"meta in plain text is text", append([]byte("<meta charset=shift_jis>"), gbk...), "", KindText, "gb18030"},
		{"unknown label, then meta", append([]byte("<meta charset=big5>"), encodeAs(t, "big5", samples["big5"])...), "x-none", KindHTML, "big5"},
		{"unlabelled gbk", gbk, "", KindText, "gb18030"},
		{"unlabelled big5", encodeAs(t, "big5", strings.Repeat(samples["big5"], 3)), "", KindText, "big5"},
		{"unlabelled shift_jis", sjis, "", KindText, "shift_jis"},
		{"unlabelled euc-jp", encodeAs(t, "euc-jp", samples["euc-jp"]), "", KindText, "euc-jp"},
		{"unlabelled euc-kr", encodeAs(t, "euc-kr", samples["euc-kr"]), "", KindText, "euc-kr"},
		{"unlabelled windows-1252", encodeAs(t, "windows-1252", samples["windows-1252"]), "", KindText, "windows-1252"},
		{"utf-8 with one broken character", append([]byte(samples["utf-8"]), 0xe4, 0xb8), "", KindText, "utf-8"},
		{"iso-2022-jp without escapes", []byte("abc\xff"), "iso-2022-jp", KindText, "windows-1252"},
		{"utf-16 that is not", []byte("abc\xe9"), "utf-16le", KindText, "windows-1252"},
		{"replacement", []byte("abc\xe9"), "iso-2022-kr", KindText, "utf-8"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d, err := Decode(c.body, c.label, c.kind)
			if err != nil || d.Charset != c.want {
				t.Errorf("got %s, %v; want %s", d.Charset, err, c.want)
			}
		})
	}
}

// locates holds that the source range of a range of the text decodes to it.
func locates(d Decoded, body []byte, a, b int) error {
	found, err := d.Locate([]Range{{a, b}})
	if err != nil {
		return err
	}
	at := found[0]
	enc, _ := charset.Lookup(d.Charset)
	if d.Charset == "utf-8" {
		enc = encoding.Nop
	}
	var got []byte
	for i, r := range at {
		if r.Start > r.End || r.End > len(body) || i > 0 && r.Start < at[i-1].End {
			return fmt.Errorf("ranges %v of %d bytes", at, len(body))
		}
		part := body[r.Start:r.End]
		if d.Charset == "iso-2022-jp" {
			part = append(state(body[:r.Start]), part...)
		}
		text, err := enc.NewDecoder().Bytes(part)
		if err != nil {
			return err
		}
		got = append(got, text...)
	}
	if !bytes.Equal(got, d.Text[a:b]) {
		return fmt.Errorf("%v holds %q, not %q", at, got, d.Text[a:b])
	}
	return nil
}

// state is the escape sequence that bytes of ISO-2022-JP leave in force.
func state(before []byte) []byte {
	i := bytes.LastIndexByte(before, 0x1b)
	if i < 0 {
		return nil
	}
	return bytes.Clone(before[i:min(i+3, len(before))])
}

func TestLocate(t *testing.T) {
	rng := rand.New(rand.NewSource(2))
	for name, text := range samples {
		t.Run(name, func(t *testing.T) {
			text = strings.Repeat(text+"\n", 3)
			body := encodeAs(t, name, text)
			d, err := Decode(body, name, KindText)
			if err != nil {
				t.Fatal(err)
			}
			for range 300 {
				a, b := borders(rng, text)
				if err := locates(d, body, a, b); err != nil {
					t.Fatalf("[%d,%d): %v", a, b, err)
				}
			}
			found, err := d.Locate([]Range{{0, 0}, {0, len(text)}})
			if err != nil || len(found) != 2 {
				t.Fatalf("%v, %v", found, err)
			}
			if at := found[1]; len(at) == 0 || at[len(at)-1].End != len(body) && name != "iso-2022-jp" {
				t.Errorf("all of it is %v of %d", at, len(body))
			}
		})
	}
}

// borders picks two character borders of a text.
func borders(rng *rand.Rand, text string) (a, b int) {
	var at []int
	for i := range text {
		at = append(at, i)
	}
	at = append(at, len(text))
	i := rng.Intn(len(at))
	return at[i], at[i+rng.Intn(len(at)-i)]
}

// TestLocateMany holds that many ranges at once are found as one by one.
func TestLocateMany(t *testing.T) {
	rng := rand.New(rand.NewSource(4))
	text := strings.Repeat(samples["gbk"], 400)
	body := encodeAs(t, "gbk", text)
	d, err := Decode(body, "gbk", KindText)
	if err != nil {
		t.Fatal(err)
	}
	var ranges []Range
	var want [][]Range
	for pos := 0; pos+30 < len(text); pos += 3 * (2 + rng.Intn(200)) {
		ranges = append(ranges, Range{pos, pos + 3*rng.Intn(2)})
	}
	for _, r := range ranges {
		one, err := d.Locate([]Range{r})
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, one[0])
	}
	got, err := d.Locate(ranges)
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) || len(want) < 10 {
		t.Errorf("%v\n got %v\nwant %v", err, got, want)
	}
}

// FuzzCharset: any bytes under any label decode, and every character of the text
// leads back to bytes that are its own.
func FuzzCharset(f *testing.F) {
	for name, text := range samples {
		f.Add(encodeAs(f, name, text), name, 3, 9)
	}
	f.Add([]byte("\x1b$B\x1b(B\x1b"), "iso-2022-jp", 0, 1)
	f.Add([]byte("\x81\x30\x81"), "gb18030", 0, 3)
	f.Add([]byte("\x00\xd8a"), "utf-16le", 0, 3)
	f.Fuzz(func(t *testing.T, body []byte, label string, a, b int) {
		for _, kind := range []Kind{KindText, KindHTML} {
			d, err := Decode(body, label, kind)
			if err != nil {
				t.Fatalf("decode %q as %q: %v", body, label, err)
			}
			if len(d.Text) == 0 {
				continue
			}
			a, b := a&0xffff%len(d.Text), b&0xffff%len(d.Text)
			for _, r := range []Range{{0, len(d.Text)}, onRunes(d.Text, min(a, b), max(a, b))} {
				found, err := d.Locate([]Range{r})
				if err != nil {
					t.Fatalf("locate %v of %q (%s, %q): %v", r, body, d.Charset, d.Text, err)
				}
				at := found[0]
				for i, x := range at {
					if x.Start >= x.End || x.End > len(body) || i > 0 && x.Start < at[i-1].End {
						t.Fatalf("locate %v of %q (%s): %v", r, body, d.Charset, at)
					}
				}
			}
		}
	})
}

// onRunes widens a range to the borders of characters.
func onRunes(text []byte, a, b int) Range {
	starts := map[int]bool{0: true, len(text): true}
	for i := range string(text) {
		starts[i] = true
	}
	for !starts[a] {
		a--
	}
	for !starts[b] {
		b++
	}
	return Range{a, b}
}
