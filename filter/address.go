package filter

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/drosshq/dross/internal/page"
)

// longestLabel is the most letters of a link's text that says nothing of where it
// leads: a number, an arrow, "more".
const longestLabel = 24

// speaks reports whether the text of a link tells what its address is about, so
// that the address is no evidence of its own: addresses of good pages repeat the
// headline they lead to, less the words that make it a sentence. segment holds
// an address.
func (w *work) speaks(segment int, tree *page.Tree) bool {
	if tree == nil {
		return true
	}
	s := w.doc.Segments[segment]
	address := words(string(w.doc.Plain(s).Text))
	var text strings.Builder
	for _, run := range tree.Inside(int(s.First)) {
		w.doc.Pieces(w.doc.Runs[run], func(piece []byte, _, _ int) { text.Write(piece) })
		text.WriteByte(' ')
	}
	if bare(text.String()) {
		return false
	}
	for _, alt := range tree.Pictures(int(s.First)) {
		text.WriteString(alt + " ")
	}
	said := words(text.String())
	if letters(text.String()) > longestLabel {
		return true
	}
	for word := range said {
		if address[word] {
			return true
		}
	}
	return false
}

// bare reports whether the text of a link is an address itself.
func bare(text string) bool {
	text = strings.TrimSpace(text)
	if strings.ContainsFunc(text, unicode.IsSpace) {
		return false
	}
	return strings.Contains(text, "://") || strings.HasPrefix(text, "www.") || strings.HasPrefix(text, "/")
}

// words returns the words of a text of four letters and more, and pairs of letters
// of scripts that write no blanks.
func words(text string) map[string]bool {
	out := map[string]bool{}
	for _, f := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		rs := []rune(f)
		if len(rs) >= 2 && rs[0] >= 0x2e80 {
			for i := 1; i < len(rs); i++ {
				out[string(rs[i-1:i+1])] = true
			}
		} else if len(rs) >= 4 {
			out[f] = true
		}
	}
	return out
}

func letters(text string) int {
	n := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// beside reports whether two addresses that follow each other in the page are of
// one list: they differ in their last step alone.
func (w *work) beside(i, j int) bool {
	a, b := w.doc.Segments[i], w.doc.Segments[j]
	return a.Zone == page.Target && b.Zone == page.Target && bytes.Equal(w.stem(a), w.stem(b)) && len(w.stem(a)) > 0
}

// stem returns what stands before the judged part of an address.
func (w *work) stem(s page.Segment) []byte {
	end := int(w.doc.Runs[s.First].Start)
	start := end
	for start > 0 && end-start < 256 && !strings.ContainsRune("\"'= \t\r\n<>", rune(w.doc.Src[start-1])) {
		start--
	}
	if !utf8.Valid(w.doc.Src[start:end]) {
		return nil
	}
	return w.doc.Src[start:end]
}
