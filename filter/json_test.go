package filter_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/lists"
)

func TestResultJSON(t *testing.T) {
	full := filter.Result{
		ID: "42", URL: "https://example.com/?a=1&b=2", Verdict: filter.Stripped, Content: []byte("<p>a & b</p>\n"),
		ContentType: "text/html; charset=utf-8", RemovedBytes: 812, Categories: []lists.Category{lists.Gambling},
		Blocks: []filter.Block{{
			Start: 120, End: 932, Action: filter.Removed, Zone: filter.ZoneText, Category: lists.Gambling,
			Score: 9.5, Threshold: 5, Density: 0.83, Keywords: []string{"zorblat"}, Reasons: []string{"1 strong entry"},
			Path: "body > div:nth-child(1)",
		}},
		Lists: "sha256:00", Seconds: 0.0021,
	}
	cases := map[string]struct {
		res  filter.Result
		want string
	}{
		"full": {full, `{"id":"42","url":"https://example.com/?a=1&b=2","verdict":"stripped","content":"<p>a & b</p>\n",` +
			`"content_type":"text/html; charset=utf-8","removed_bytes":812,"categories":["gambling"],` +
			`"blocks":[{"start":120,"end":932,"action":"removed","zone":"text","category":"gambling","score":9.5,"threshold":5,` +
			`"density":0.83,"keywords":["zorblat"],"reasons":["1 strong entry"],"path":"body > div:nth-child(1)"}],` +
			`"lists":"sha256:00","duration_seconds":0.0021}`},
		"clean holds no null": {
			filter.Result{Verdict: filter.Clean, Content: []byte("x"), ContentType: "text/plain; charset=utf-8", Lists: "sha256:00"},
			`{"verdict":"clean","content":"x","content_type":"text/plain; charset=utf-8","removed_bytes":0,"categories":[],` +
				`"blocks":[],"lists":"sha256:00","duration_seconds":0}`,
		},
		"rejected and empty": {
			filter.Result{Verdict: filter.Rejected, Reason: "nothing but a block", RemovedBytes: 3},
			`{"verdict":"rejected","reason":"nothing but a block","content":"","content_type":"","removed_bytes":3,` +
				`"categories":[],"blocks":[],"lists":"","duration_seconds":0}`,
		},
		"line ends of others": {
			filter.Result{Verdict: filter.Clean, Content: []byte("a\u0085b\u2028c\u2029d")},
			`{"verdict":"clean","content":"a\u0085b\u2028c\u2029d","content_type":"","removed_bytes":0,"categories":[],` +
				`"blocks":[],"lists":"","duration_seconds":0}`,
		},
		"not UTF-8": {
			filter.Result{Verdict: filter.Clean, Content: []byte{0xd6, 0xd0}, ContentType: "text/plain; charset=gbk"},
			`{"verdict":"clean","content_base64":"1tA=","content_type":"text/plain; charset=gbk","removed_bytes":0,` +
				`"categories":[],"blocks":[],"lists":"","duration_seconds":0}`,
		},
		"block without evidence": {
			filter.Result{Verdict: filter.Clean, Blocks: []filter.Block{{Action: filter.Kept}}},
			`{"verdict":"clean","content":"","content_type":"","removed_bytes":0,"categories":[],"blocks":[{"start":0,"end":0,` +
				`"action":"kept","zone":"","category":"","score":0,"threshold":0,"density":0,"keywords":[],"reasons":[]}],` +
				`"lists":"","duration_seconds":0}`,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var buf bytes.Buffer
			enc := json.NewEncoder(&buf)
			enc.SetEscapeHTML(false)
			if err := enc.Encode(c.res); err != nil {
				t.Fatal(err)
			}
			if got := string(bytes.TrimSpace(buf.Bytes())); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestResultJSONRoundTrip(t *testing.T) {
	for _, body := range []string{"plain", "", "\xff\xfe bytes", "line\u2028sep\u0085 <b>&</b> \x00"} {
		in := filter.Result{
			ID: "a", Verdict: filter.Clean, Content: []byte(body), ContentType: "text/plain",
			Categories: []lists.Category{}, Blocks: []filter.Block{}, Lists: "sha256:1", Seconds: 1.5,
		}
		data, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		var out filter.Result
		if err := json.Unmarshal(data, &out); err != nil {
			t.Fatalf("%q: %v", body, err)
		}
		if !reflect.DeepEqual(in, out) {
			t.Errorf("%q: got %+v, want %+v", body, out, in)
		}
	}
}

// FuzzResultJSON holds that content comes back byte for byte, in one line for
// every reader.
func FuzzResultJSON(f *testing.F) {
	for _, s := range []string{"", "plain", "\x00\x1f\x7f\"\\/\b\f\n\r\t", "\u0085\u2028\u2029\u202a\u00c5", "中文😀", "\xff", "\xc2", "\xe2\x80"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		data, err := filter.Result{Content: content}.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		if bytes.ContainsAny(data, "\n\r\v\f\u0085\u2028\u2029") {
			t.Errorf("%q holds a line end", data)
		}
		var out filter.Result
		if err := json.Unmarshal(data, &out); err != nil {
			t.Fatalf("%q: %v", data, err)
		}
		if !bytes.Equal(out.Content, content) {
			t.Errorf("got %q, want %q", out.Content, content)
		}
	})
}
