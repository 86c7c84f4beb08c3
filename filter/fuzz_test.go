package filter_test

import (
	"testing"

	"github.com/drosshq/dross/filter"
)

// seeds are generated pages that start the fuzzers; all are short.
func seeds(f *testing.F, add func(g *gen)) {
	if len(trades()) == 0 {
		f.Fatal("no shipped lists")
	}
	for seed := range int64(24) {
		add(newGen(seed))
	}
}

// FuzzClean holds promises 1, 2 and 4 on plain text.
func FuzzClean(f *testing.F) {
	seeds(f, func(g *gen) { f.Add([]byte(g.text())) })
	f.Add([]byte("\xff\xfea\x00"))
	f.Fuzz(func(t *testing.T, body []byte) {
		p := filter.Page{ContentType: "text/plain", Body: body}
		if res, err := keep(shippedFilter(t), p); err != nil {
			t.Fatalf("%v\n%q%s", err, body, show(p, res))
		}
	})
}

// FuzzCleanHTML holds promises 1, 2 and 4 on HTML, however broken.
func FuzzCleanHTML(f *testing.F) {
	seeds(f, func(g *gen) { f.Add([]byte(g.document())) })
	seeds(f, func(g *gen) { f.Add([]byte(g.mangle(g.document()))) })
	f.Fuzz(func(t *testing.T, body []byte) {
		p := filter.Page{ContentType: "text/html; charset=utf-8", Body: body}
		if res, err := keep(shippedFilter(t), p); err != nil {
			t.Fatalf("%v\n%q%s", err, body, show(p, res))
		}
	})
}

// FuzzCharset holds promises 1, 2 and 4 in any charset, whether the label is
// true or not.
func FuzzCharset(f *testing.F) {
	names := []string{"gbk", "gb18030", "big5", "shift_jis", "euc-jp", "iso-2022-jp", "euc-kr", "windows-1251", "windows-1252", "windows-1256", "koi8-r", "utf-16le", "utf-16be", "utf-8", "nonsense", ""}
	seeds(f, func(g *gen) {
		for i, name := range charsetsOf[g.lang] {
			f.Add(encode(name, g.document(), true), (i+g.Intn(2))%len(names), true)
			f.Add(encode(name, g.text(), false), g.Intn(len(names)), false)
		}
	})
	f.Fuzz(func(t *testing.T, body []byte, label int, isHTML bool) {
		kind := "text/plain"
		if isHTML {
			kind = "text/html"
		}
		if name := names[uint(label)%uint(len(names))]; name != "" {
			kind += "; charset=" + name
		}
		p := filter.Page{ContentType: kind, Body: body}
		if res, err := keep(shippedFilter(t), p); err != nil {
			t.Fatalf("%s: %v\n%q%s", kind, err, body, show(p, res))
		}
	})
}
