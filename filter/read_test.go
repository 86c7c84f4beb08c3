package filter_test

import (
	"bytes"
	"strings"
	"testing"
)

// TestReadFirst holds that a page which is scanned before it is known to be UTF-8 is
// read as one that is decoded first, wherever a byte is broken.
func TestReadFirst(t *testing.T) {
	f := shippedFilter(t)
	extra := `<a href="/%E4%B8/中文-字-a%zz/" title="é &eacute; 字(zi)字(zi)字(zi)">a</a><!-- 注释 --><noscript><p>無</noscript>` +
		`<script type="application/ld+json">{"a": "字\u5b57\q ö"}</script>`
	g, tried := newGen(3), 0
	for _, site := range []string{"zh", "ru", "vi", "mixed"} {
		body := news(site, 20<<10, extra)
		for range 400 {
			broken := bytes.Clone(body)
			at := g.Intn(len(broken))
			switch g.Intn(3) {
			case 0:
				broken[at] = byte(g.Intn(256))
			case 1:
				broken = append(broken[:at], broken[at+1:]...)
			case 2:
				broken = append(broken[:at], broken[min(len(broken), at+g.Intn(9)):]...)
			}
			for _, label := range []string{"", "utf-8", "gbk", "utf-16le"} {
				alike, first, err := f.ReadAlike(broken, label)
				if err != nil || !alike {
					t.Fatalf("%s, label %q, byte %d: another text, %v: %q", site, label, at, err, broken[max(0, at-20):min(len(broken), at+20)])
				}
				if first {
					tried++
				}
			}
		}
	}
	if tried < 1000 {
		t.Errorf("%d pages were scanned first", tried)
	}
	if alike, first, _ := f.ReadAlike([]byte(strings.Repeat("plain ", 20<<10)), ""); !alike || first {
		t.Error("plain ASCII is scanned first")
	}
}
