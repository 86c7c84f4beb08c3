package ndjson_test

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"
	"unicode/utf8"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/internal/ndjson"
)

// echo finds nothing.
type echo struct{}

func (echo) CleanWith(_ context.Context, p filter.Page, _ filter.Request) (filter.Result, error) {
	return filter.Result{URL: p.URL, Verdict: filter.Clean, Content: p.Body, ContentType: p.ContentType}, nil
}

// FuzzRun holds that every line that is not blank has one answer, which is JSON
// and has either a verdict or an error; and that a result is a record itself,
// which comes back with the same content.
func FuzzRun(f *testing.F) {
	for _, seed := range []string{
		`{"id":1,"content":"x"}`, "\xef\xbb\xbf{\"content\":\"a\"}\r\n\n \n{}", `{"id":"\ud83d\ude00","content_base64":"/+8="}`,
		`{"content":"\ud800"}`, `{"content":"\\ud800\ud83d\ude00\udc00"}`, `[1]`, `null`, `{"id":[],"content":"x"}`, "{\"content\":\"\xff\"}",
		`{"content":"x","content_type":"text/html;charset=gbk"}`, `{"content":"x","content_type":";"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		out := answers(t, in)
		lines := 0
		for i, line := range bytes.Split(in, []byte("\n")) {
			if i == 0 {
				line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
			}
			if len(bytes.TrimSpace(line)) > 0 {
				lines++
			}
		}
		if len(out) != lines {
			t.Fatalf("%d answers to %d lines", len(out), lines)
		}
		for _, line := range out {
			again(t, line)
		}
	})
}

func answers(t *testing.T, in []byte) [][]byte {
	var out bytes.Buffer
	if _, err := ndjson.Run(t.Context(), bytes.NewReader(in), &out, echo{}, ndjson.Options{MaxRecord: 1 << 20}); err != nil {
		t.Fatal(err)
	}
	if out.Len() == 0 {
		return nil
	}
	return bytes.Split(bytes.TrimSuffix(out.Bytes(), []byte("\n")), []byte("\n"))
}

// again holds an answer to what it is: JSON with a verdict or an error, and where it
// is a result, a record that comes back with the same content. The type may come
// back with the charset that the content has by then.
func again(t *testing.T, line []byte) {
	got := read(t, line)
	if (got.Verdict == "") == (got.Error == nil) {
		t.Fatalf("answer %q has not one of verdict and error", line)
	}
	if got.Error != nil {
		return
	}
	same := answers(t, line)
	if len(same) != 1 {
		t.Fatalf("answer %q comes back as %q", line, same)
	}
	if back := read(t, same[0]); back.Verdict != got.Verdict || back.Content != got.Content || back.Base64 != got.Base64 {
		t.Fatalf("answer %q comes back as %q", line, same[0])
	}
}

type answer struct {
	Verdict string
	Content string
	Base64  string `json:"content_base64"`
	Error   *struct{ Code string }
}

func read(t *testing.T, line []byte) (a answer) {
	if err := json.Unmarshal(line, &a); err != nil || !utf8.Valid(line) {
		t.Fatalf("answer %q: %v", line, err)
	}
	return a
}
