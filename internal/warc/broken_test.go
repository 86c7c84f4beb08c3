package warc_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/drosshq/dross/internal/warc"
)

func TestBrokenPlain(t *testing.T) {
	noLength := strings.Replace(clean, "Content-Length", "Content-Longth", 1)
	short := strings.Replace(clean, "Content-Length: 56", "Content-Length: 50", 1)
	if short == clean {
		t.Fatal("the length of the made record is another")
	}
	cases := map[string]struct{ broken, want string }{
		"cut in the head":  {clean[:60], "the file ends inside the head of a record"},
		"cut in the block": {clean[:len(clean)-10], "the file ends inside the block of a record"},
		"no length":        {noLength, "the record has no Content-Length"},
		"no number":        {strings.Replace(clean, "Content-Length: ", "Content-Length: x", 1), `the record's Content-Length "x`},
		"length too small": {short, "the block does not end where its Content-Length says"},
		"not a record":     {"rubbish\r\nmore rubbish\r\n", "this is not the start of a WARC record"},
		"no colon":         {strings.Replace(clean, "WARC-Type: ", "WARC-Type ", 1), "a line of the record's head has no colon"},
		"endless head":     {"WARC/1.0\r\n" + strings.Repeat("A: b\r\n", 1<<18), "the head of the record is over the limit of 1048576 bytes"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			offset := len(info + clean)
			for _, rest := range []string{"", info + spam} {
				if rest != "" && strings.HasPrefix(name, "cut") {
					continue // what follows would be the end of the block
				}
				out, stats, errs := run(t, info+clean+c.broken+rest, warc.Options{})
				if !strings.HasPrefix(out, info+clean+c.broken) {
					t.Error("the broken part was not passed on as it is")
				}
				if rest != "" && (stats.Stripped != 1 || !strings.Contains(out[len(info+clean+c.broken):], "<p>ab</p>")) {
					t.Errorf("the run did not go on behind it: %+v", stats)
				}
				if stats.Broken != 1 || len(errs) != 1 || !strings.HasPrefix(errs[0], "offset "+itoa(offset)+": "+c.want) {
					t.Errorf("stats %+v, errors %q, want offset %d: %s", stats, errs, offset, c.want)
				}
			}
		})
	}
}

func TestBrokenGzip(t *testing.T) {
	good, bad := members(info, clean), members(clean)
	flipped := []byte(bad)
	flipped[len(flipped)-6] ^= 0xff // in the checksum
	middle := []byte(members(response("<p>" + strings.Repeat("some more words ", 50))))
	middle[len(middle)/2] ^= 0xff
	cases := map[string]struct{ broken, want string }{
		"cut off":             {bad[:len(bad)-12], ""}, // what follows is taken for its data, and damaged
		"cut in gzip head":    {bad[:5], ""},
		"wrong checksum":      {string(flipped), "the compression is damaged: gzip: invalid checksum"},
		"damaged data":        {string(middle), "the compression is damaged: "},
		"rubbish":             {"rubbish between", "the compression is damaged: gzip: invalid header"},
		"member of no record": {members("rubbish"), "this is not the start of a WARC record"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			rest := members(spam, clean)
			in := good + c.broken + rest
			out, stats, errs := run(t, in, warc.Options{})
			if !strings.HasPrefix(out, good) || !strings.HasSuffix(out, members(clean)) {
				t.Error("what is around the broken part was not passed on as it is")
			}
			if !strings.Contains(name, "no record") && !strings.HasPrefix(out, good+c.broken) {
				t.Error("the broken part was not passed on as it is")
			}
			if stats.Records != 4 || stats.Stripped != 1 || stats.Broken != 1 {
				t.Errorf("stats %+v", stats)
			}
			if len(errs) != 1 || !strings.HasPrefix(errs[0], "offset "+itoa(len(good))+": ") || !strings.Contains(errs[0], c.want) {
				t.Errorf("errors %q, want offset %d: %s", errs, len(good), c.want)
			}
			if plain, _, _ := run(t, in, warc.Options{Compression: warc.Plain}); !strings.HasPrefix(plain, info+clean) || !strings.HasSuffix(plain, clean) {
				t.Error("to plain: what is around the broken part is not there")
			}
		})
	}
}

func TestCutOffGzip(t *testing.T) {
	good, last := members(info, clean), members(clean)
	for _, n := range []int{1, 2, 5, 10, 15, len(last) - 9, len(last) - 8, len(last) - 1} {
		in := good + last[:n]
		out, stats, errs := run(t, in, warc.Options{})
		if out != in || stats.Records != 2 || stats.Broken != 1 {
			t.Errorf("%d bytes: stats %+v, %d bytes of %d", n, stats, len(out), len(in))
		}
		if len(errs) != 1 || errs[0] != "offset "+itoa(len(good))+": the gzip member is cut off" {
			t.Errorf("%d bytes: errors %q", n, errs)
		}
	}
}

func TestLongRecordsPass(t *testing.T) {
	long := response(strings.Repeat("XX long", 50_000))
	video := record("resource", "video/mp4", strings.Repeat("XX", 100_000))
	plain := info + long + video + spam
	for name, in := range map[string]string{"plain": plain, "gzip": members(info, long, video, spam), "one member": members(plain)} {
		out, stats, errs := run(t, in, warc.Options{MaxRecord: 10_000, Compression: warc.Plain})
		if !strings.HasPrefix(out, info+long+video) || stats.Records != 4 || stats.Stripped != 1 {
			t.Errorf("%s: stats %+v, %d bytes", name, stats, len(out))
		}
		if len(errs) != 1 || !strings.Contains(errs[0], "is over the limit of 10000") {
			t.Errorf("%s: errors %q", name, errs)
		}
	}
	cut := plain[:len(info)+100_000]
	out, stats, errs := run(t, cut, warc.Options{MaxRecord: 10_000})
	if out != cut || stats.Broken != 1 || len(errs) != 2 || !strings.Contains(errs[1], "the file ends inside the block") {
		t.Errorf("cut off: stats %+v, errors %q, %d bytes of %d", stats, errs, len(out), len(cut))
	}
}

func TestReaderGoesOnBehindWhatWasNotRead(t *testing.T) {
	r, err := warc.NewReader(strings.NewReader(response(strings.Repeat("x", 5000))+info), 1000)
	if err != nil {
		t.Fatal(err)
	}
	var types []string
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		types = append(types, rec.Header.Get("warc-type"))
	}
	if strings.Join(types, " ") != "response warcinfo" {
		t.Errorf("got %q", types)
	}
}

func TestInputAndOutputFail(t *testing.T) {
	broken := errors.New("disk on fire")
	in := io.MultiReader(strings.NewReader(info+clean), failing{broken})
	var out bytes.Buffer
	if _, err := warc.Run(t.Context(), in, &out, cutter{}, warc.Options{}); !errors.Is(err, broken) || !strings.HasPrefix(out.String(), info) {
		t.Errorf("input: %v, %d bytes out", err, out.Len())
	}
	for _, max := range []int64{0, 10} {
		if _, err := warc.Run(t.Context(), strings.NewReader(strings.Repeat(clean, 2000)), failing{broken}, cutter{}, warc.Options{MaxRecord: max}); !errors.Is(err, broken) {
			t.Errorf("output: %v", err)
		}
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error)  { return 0, f.err }
func (f failing) Write([]byte) (int, error) { return 0, f.err }
