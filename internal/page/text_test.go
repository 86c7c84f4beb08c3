package page

import (
	"slices"
	"testing"
)

func TestScanText(t *testing.T) {
	cases := []struct {
		name, src string
		want      []string // text after its break and its marks: = a line beside the last, > a new block, q quoted
	}{
		{"empty", "", nil},
		{"blank lines alone", "\n \r\n\t\r", nil},
		{"one line", "a b", []string{">a b"}},
		{"no line end at the end", "a\nb", []string{">a", "=b"}},
		{"line ends of all kinds", "a\nb\r\nc\rd", []string{">a", "=b", "=c", "=d"}},
		{"a blank line begins a block", "a\n\nb", []string{">a", ">b"}},
		{"a blank line of CR", "a\r\rb", []string{">a", ">b"}},
		{"a blank line of CRLF", "a\r\n \r\nb", []string{">a", ">b"}},
		{"blanks around a line", "  a \t\n\tb", []string{">a", "=b"}},
		{"byte order mark", "\ufeffa\n", []string{">a"}},
		{"references stand for themselves", "a &amp; <b>", []string{">a &amp; <b>"}},
		{"quotation", "> a\nb", []string{">q> a", "=b"}},
		{"fence", "a\n```\nb\n```\nc", []string{">a", "=q```", "=qb", "=```", "=c"}},
		{"fence over a blank line", "```go\na\n\nb\n```", []string{">q```go", "=qa", ">qb", "=```"}},
		{"NUL and invalid bytes", "a\x00\xff", []string{">a\x00\xff"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var d Doc
			d.ScanText([]byte(c.src))
			var got []string
			for _, s := range d.Segments {
				line := map[Break]string{Row: "=", Block: ">"}[s.Break]
				if s.Quoted {
					line += "q"
				}
				start, end := d.Source(s)
				got = append(got, line+c.src[start:end])
				if s.Zone != Line || !d.Runs[s.First].Raw {
					t.Errorf("segment %v is not a raw line", s)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%q:\n got %q\nwant %q", c.src, got, c.want)
			}
		})
	}
}

func TestInTable(t *testing.T) {
	var d Doc
	d.ScanText([]byte("| a | b |\n|---|---|\n| c | d |\n\ne | f\n\n| alone |\nx"))
	var got []bool
	for i := range d.Segments {
		got = append(got, d.InTable(i))
	}
	if want := []bool{true, true, true, false, false, false}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if d.InTable(-1) || d.InTable(99) {
		t.Error("a segment that is none is in a table")
	}
}

func TestLineTail(t *testing.T) {
	cases := []struct {
		src       string
		pos, want int
	}{
		{"a\nb", 1, 2}, {"a\r\nb", 1, 3}, {"a\rb", 1, 2}, {"a \t\nb", 1, 4}, {"a", 1, 1}, {"a ", 1, 2}, {"ab\n", 1, 1}, {"a b\n", 1, 1}, {"a\n\nb", 1, 2}, {"", 0, 0},
	}
	for _, c := range cases {
		if got := LineTail([]byte(c.src), c.pos); got != c.want {
			t.Errorf("LineTail(%q, %d) = %d, want %d", c.src, c.pos, got, c.want)
		}
	}
}

func TestLineStart(t *testing.T) {
	cases := []struct {
		src  string
		pos  int
		want bool
	}{
		{"a", 0, true}, {"\na", 1, true}, {"\r \ta", 3, true}, {"b a", 2, false}, {"\ufeffa", 3, true}, {"  a", 2, true}, {"\u3000a", 3, false},
	}
	for _, c := range cases {
		if got := LineStart([]byte(c.src), c.pos); got != c.want {
			t.Errorf("LineStart(%q, %d) = %v, want %v", c.src, c.pos, got, c.want)
		}
	}
}
