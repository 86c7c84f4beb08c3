package warc_test

import (
	"io"
	"strings"
	"testing"

	"github.com/drosshq/dross/internal/warc"
)

// BenchmarkRun measures reading and passing on alone: nothing is judged.
func BenchmarkRun(b *testing.B) {
	page := response(strings.Repeat("<p>The board met.</p>\n", 1000))
	for name, one := range map[string]string{"plain": page, "gzip": members(page)} {
		b.Run(name, func(b *testing.B) {
			in := strings.Repeat(one, 100)
			b.SetBytes(int64(100 * len(page)))
			b.ReportAllocs()
			for b.Loop() {
				stats, err := warc.Run(b.Context(), strings.NewReader(in), io.Discard, keeper{}, warc.Options{})
				if err != nil || stats.Clean != 100 {
					b.Fatalf("%+v, %v", stats, err)
				}
			}
		})
	}
}
