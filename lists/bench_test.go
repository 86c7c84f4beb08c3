package lists_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/drosshq/dross/lists"
)

// BenchmarkParse reads and seals an operator list of 50,000 entries.
func BenchmarkParse(b *testing.B) {
	const entries = 50_000
	var text strings.Builder
	text.WriteString("@category grey\n@lang en\n@source benchmark\n")
	for i := range entries {
		fmt.Fprintf(&text, "firm word%d of number %d\n", i, i*7)
	}
	in := text.String()
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		l, err := lists.Parse("own.txt", strings.NewReader(in))
		if err != nil {
			b.Fatal(err)
		}
		set, err := lists.NewSet(l)
		if err != nil {
			b.Fatal(err)
		}
		if set.Len() != entries {
			b.Fatalf("%d entries, want %d", set.Len(), entries)
		}
	}
}
