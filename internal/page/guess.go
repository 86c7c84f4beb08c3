package page

import (
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
)

// candidates are the multi-byte charsets told apart by their byte patterns, the
// most common first.
var candidates = []string{"gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"}

// guess picks the charset of unlabelled bytes: the multi-byte one that decodes
// them with the most common characters and hardly an error, else windows-1252.
func guess(body []byte) (encoding.Encoding, string) {
	sample := body[:min(len(body), 16<<10)]
	best, bestScore := "windows-1252", 0.0
	for _, name := range candidates {
		enc, _ := charset.Lookup(name)
		text, err := enc.NewDecoder().Bytes(sample)
		if err != nil {
			continue
		}
		if s := plausible(text, name); s > bestScore {
			best, bestScore = name, s
		}
	}
	enc, name := charset.Lookup(best)
	return enc, name
}

// plausible scores decoded text by its characters: Han, kana and Hangul in
// common ranges count for it, errors and rare ranges against. Chinese text has
// no kana and Korean text hardly any Han, but their charsets have both, and read
// each other's bytes without an error.
func plausible(text []byte, name string) float64 {
	good, bad := 0.0, 0.0
	for _, r := range string(text) {
		switch {
		case r < 0x80:
		case r == 0xfffd, r >= 0xe000 && r < 0xf900, r > 0xffff:
			bad += 4
		case r >= 0x4e00 && r < 0x9fa6:
			if name == "euc-kr" {
				bad += 0.5
			} else {
				good++
			}
		case r >= 0x3040 && r < 0x3100:
			if name == "gb18030" || name == "big5" {
				bad += 0.5
			} else {
				good += 1.5
			}
		case r >= 0xac00 && r < 0xd7a4:
			good += 1.3
		case r >= 0x3000 && r < 0x3040, r >= 0xff00 && r < 0xff61:
			good++
		default:
			bad += 0.5
		}
	}
	if good < 8*bad {
		return 0
	}
	return good - 2*bad
}
