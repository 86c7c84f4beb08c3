package ndjson_test

import (
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/drosshq/dross/internal/ndjson"
)

// BenchmarkRun measures reading, ordering and writing alone: nothing is judged.
func BenchmarkRun(b *testing.B) {
	line, err := json.Marshal(map[string]string{"id": "1", "content_type": "text/html", "content": strings.Repeat("<p>The board met.</p>\n", 1000)})
	if err != nil {
		b.Fatal(err)
	}
	in := strings.Repeat(string(line)+"\n", 100)
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		stats, err := ndjson.Run(b.Context(), strings.NewReader(in), io.Discard, echo{}, ndjson.Options{Workers: 2})
		if err != nil || stats.Clean != 100 {
			b.Fatalf("%+v, %v", stats, err)
		}
	}
}
