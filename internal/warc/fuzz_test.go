package warc_test

import (
	"bytes"
	"context"
	"io"
	"strconv"
	"testing"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/internal/warc"
)

func itoa(n int) string { return strconv.Itoa(n) }

// keeper finds nothing.
type keeper struct{}

func (keeper) CleanWith(_ context.Context, p filter.Page, _ filter.Request) (filter.Result, error) {
	return filter.Result{Verdict: filter.Clean, Content: p.Body}, nil
}

// FuzzNothingIsLost holds that bytes of any kind come out as they went in when
// nothing is removed: plain ones as they are, and gzip at least once decoded,
// as far as it can be.
func FuzzNothingIsLost(f *testing.F) {
	for _, seed := range []string{
		"", info, clean + spam, clean[:70], "junk\n" + clean, clean + "junk", members(info, clean), members(clean + spam),
		members(clean)[:40], "WARC/1.0\r\nContent-Length: 3\r\n\r\nabc\r\nWARC/1.0\r\n", "\x1f\x8b", members("rubbish", clean),
	} {
		f.Add([]byte(seed), int64(1000))
		f.Add([]byte(seed), int64(5))
	}
	f.Fuzz(func(t *testing.T, in []byte, limit int64) {
		opts := warc.Options{MaxRecord: limit}
		var out bytes.Buffer
		if _, err := warc.Run(t.Context(), bytes.NewReader(in), &out, keeper{}, opts); err != nil {
			t.Fatal(err)
		}
		if bytes.HasPrefix(in, []byte{0x1f, 0x8b}) {
			again := bytes.NewReader(bytes.Clone(out.Bytes()))
			if _, err := warc.Run(t.Context(), again, io.Discard, keeper{}, opts); err != nil {
				t.Fatal(err)
			}
			return
		}
		if !bytes.Equal(out.Bytes(), in) {
			t.Errorf("got %q, want %q", out.Bytes(), in)
		}
	})
}
