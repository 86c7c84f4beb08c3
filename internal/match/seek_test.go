package match

import (
	"strings"
	"testing"

	"github.com/drosshq/dross/lists"
)

// withHandle is <w2-9>WORD and what follows it.
func withHandle(word string, after ...lists.Part) Pattern {
	return Pattern{Parts: append([]lists.Part{{Class: lists.Handle, Min: 2, Max: 9}, {Literal: word}}, after...), Gate: true}
}

// A key is found wherever it lies against the blocks, at the end of a text too, and
// whatever its words are like.
func TestSeekFindsEveryPosition(t *testing.T) {
	digits := lists.Part{Class: lists.Digits, Min: 1, Max: 2}
	for _, c := range []struct {
		name    string
		pattern Pattern
		text    string
	}{
		{"a letter", Pattern{Term: "x", Gate: true}, "x"},
		{"two letters", Pattern{Term: "av", Gate: true}, "av"},
		{"three letters", Pattern{Term: "sex", Gate: true}, "sex"},
		{"four letters", Pattern{Term: "porn", Gate: true}, "porn"},
		{"a short word first", Pattern{Term: "no rx pharmacy", Gate: true}, "no-rx pharmacy"},
		{"short, then digits", Pattern{Parts: []lists.Part{{Literal: "pg"}, digits}, Gate: true}, "pg77"},
		{"short, then a handle", Pattern{Parts: []lists.Part{{Literal: "xx"}, {Class: lists.Handle, Min: 1, Max: 9}}, Gate: true}, "xxabc"},
		{"a sign first", Pattern{Term: "♥casino", Gate: true}, "♥casino"},
		{"digits first", Pattern{Parts: []lists.Part{digits, {Literal: "bet"}}, Gate: true}, "99bet"},
		{"behind letters", withHandle("togel"), "kutogel"},
		{"behind letters, then digits", withHandle("bet", digits), "superbet7"},
		{"behind letters, then a word", withHandle("slot online"), "maxslot online"},
		{"behind letters and short", withHandle("vi"), "maxvi"},
		{"behind letters, then letters", withHandle("casino", lists.Part{Class: lists.Handle, Min: 1, Max: 3}), "mycasinoxy"},
	} {
		m, err := New([]Pattern{c.pattern})
		if err != nil {
			t.Fatal(err)
		}
		for _, filler := range []string{"we ", "wordiest ", "无", "7, "} {
			for at := range 2*block + 10 {
				for _, after := range []string{"", " we", " , 无 words that follow it"} {
					text := strings.Repeat(filler, at)[:at/len(filler)*len(filler)] + strings.Repeat(" ", at%2) + " " + c.text + after
					h := new(Haystack)
					m.Append(h, []byte(text))
					if n := countEach(m, h); n != 1 || !m.Any(h) {
						t.Fatalf("%s: %d matches, Any %v in %q", c.name, n, m.Any(h), text)
					}
				}
			}
		}
	}
}
