package ndjson_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/internal/ndjson"
)

// upper removes every X of a page, refuses types it does not know, and takes
// longer for pages that come first, so that order has to be kept.
type upper struct{ max int }

func (u upper) CleanWith(_ context.Context, p filter.Page, req filter.Request) (filter.Result, error) {
	switch {
	case u.max > 0 && len(p.Body) > u.max:
		return filter.Result{}, &filter.LimitError{Limit: "page size", Max: u.max, Got: len(p.Body), Unit: "bytes"}
	case strings.HasPrefix(p.ContentType, "image/"):
		return filter.Result{}, &filter.ContentTypeError{Got: p.ContentType}
	case string(p.Body) == "panic":
		panic("made by the test")
	case string(p.Body) == "slow":
		time.Sleep(20 * time.Millisecond)
	case string(p.Body) == "late":
		return filter.Result{}, fmt.Errorf("judge: %w", context.DeadlineExceeded)
	}
	res := filter.Result{ID: p.ID, URL: p.URL, Verdict: filter.Clean, Content: p.Body, ContentType: p.ContentType}
	if out := bytes.ReplaceAll(p.Body, []byte("X"), nil); len(out) < len(p.Body) {
		res.Verdict, res.RemovedBytes = filter.Stripped, len(p.Body)-len(out)
		if !req.DryRun {
			res.Content = out
		}
	}
	return res, nil
}

func run(t *testing.T, in string, opts ndjson.Options) ([]string, ndjson.Stats) {
	t.Helper()
	var out bytes.Buffer
	stats, err := ndjson.Run(t.Context(), strings.NewReader(in), &out, upper{max: 100}, opts)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n"), stats
}

func TestRunAnswers(t *testing.T) {
	cases := map[string]struct{ in, want string }{
		"string id":      {`{"id":"a\u00e9","content":"xXy","content_type":"text/plain"}`, `{"id":"a\u00e9","verdict":"stripped","content":"xy","content_type":"text/plain; charset=utf-8","removed_bytes":1,`},
		"number id":      {`{"id":12345678901234567890,"content":"x"}`, `{"id":12345678901234567890,"verdict":"clean","content":"x",`},
		"no id, url":     {`{"url":"https://e.example/?a&b","content":"x"}`, `{"url":"https://e.example/?a&b","verdict":"clean",`},
		"unknown field":  {`{"content":"x","depth":{"a":[1]}}`, `{"verdict":"clean",`},
		"html sniffed":   {`{"content":"<!doctype html><p>x"}`, `{"verdict":"clean","content":"<!doctype html><p>x","content_type":"text/html; charset=utf-8",`},
		"text is UTF-8":  {`{"content":"中X","content_type":"text/html; charset=gbk"}`, `{"verdict":"stripped","content":"中","content_type":"text/html; charset=utf-8",`},
		"broken type":    {`{"content":"x","content_type":"Text/HTML; charset=a; charset=b"}`, `{"verdict":"clean","content":"x","content_type":"text/html; charset=utf-8",`},
		"odd charset":    {`{"content":"x","content_type":"text/html; charset=utf8mb4"}`, `{"verdict":"clean","content":"x","content_type":"text/html; charset=utf-8",`},
		"bytes stay":     {`{"content_base64":"1tBY","content_type":"text/html; charset=gbk"}`, `{"verdict":"stripped","content_base64":"1tA=","content_type":"text/html; charset=gbk",`},
		"surrogate pair": {`{"content":"\ud83d\ude00X"}`, `{"verdict":"stripped","content":"😀",`},
		"escaped slash":  {`{"content":"\\ud800"}`, `{"verdict":"clean","content":"\\ud800",`},
		"spaces and CR":  {"  {\"content\":\"x\"} \r", `{"verdict":"clean",`},

		"not JSON":          {`{"content":"x"`, `{"id":null,"error":{"code":"bad_json","message":"not valid JSON at byte 14: unexpected end of JSON input","line":1}}`},
		"not an object":     {`["x"]`, `{"id":null,"error":{"code":"bad_json","message":"the line is a JSON array, not an object","line":1}}`},
		"two values":        {`{"content":"x"} {}`, `{"id":null,"error":{"code":"bad_json",`},
		"content no string": {`{"id":1,"content":5}`, `{"id":null,"error":{"code":"bad_field","message":"field \"content\" is a number, not a string","line":1}}`},
		"id an object":      {`{"id":{},"content":"x"}`, `{"id":null,"error":{"code":"bad_field","message":"field \"id\" is not a string or a number","line":1}}`},
		"invalid UTF-8":     {"{\"content\":\"\xff\"}", `{"id":null,"error":{"code":"invalid_utf8",`},
		"high surrogate":    {`{"id":3,"content":"\uD83Dx"}`, `{"id":3,"error":{"code":"invalid_utf8",`},
		"low surrogate":     {`{"id":3,"content":"\udE00\ud83d"}`, `{"id":3,"error":{"code":"invalid_utf8",`},
		"no content":        {`{"id":"n"}`, `{"id":"n","error":{"code":"no_content","message":"neither content nor content_base64 is given","line":1}}`},
		"null content":      {`{"id":"n","content":null}`, `{"id":"n","error":{"code":"no_content",`},
		"both contents":     {`{"id":"b","content":"x","content_base64":"eA=="}`, `{"id":"b","error":{"code":"two_contents",`},
		"bad base64":        {`{"id":"b","content_base64":"e*=="}`, `{"id":"b","error":{"code":"bad_base64","message":"content_base64: illegal base64 data at input byte 1","line":1}}`},
		"empty":             {`{"id":"e","content":""}`, `{"id":"e","error":{"code":"empty_page","message":"the page is empty","line":1}}`},
		"empty base64":      {`{"id":"e","content_base64":""}`, `{"id":"e","error":{"code":"empty_page",`},
		"other type":        {`{"id":"i","content":"x","content_type":"image/png"}`, `{"id":"i","error":{"code":"unsupported_content_type","message":"content type \"image/png; charset=utf-8\" is not`},
		"unknown charset":   {`{"id":"i","content_base64":"eA==","content_type":"text/plain; charset=klingon"}`, `{"id":"i","error":{"code":"unsupported_charset","message":"charset \"klingon\" is not one that browsers know","line":1}}`},
		"page too large":    {`{"id":"l","content":"` + strings.Repeat("a", 101) + `"}`, `{"id":"l","error":{"code":"page_too_large","message":"page size of 101 bytes is over the limit of 100","line":1}}`},
		"line too long":     {`{"id":"l","content":"` + strings.Repeat("a", 600) + `"}`, `{"id":null,"error":{"code":"record_too_large","message":"the line is over the limit of 500 bytes a record","line":1}}`},
		"timeout":           {`{"id":"t","content":"late"}`, `{"id":"t","error":{"code":"timeout",`},
		"panic":             {`{"id":"p","content":"panic"}`, `{"id":"p","error":{"code":"internal","message":"internal error","line":1}}`},
	}
	if len(cases) == 0 {
		t.Fatal("no cases")
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, stats := run(t, c.in+"\n"+`{"id":"after","content":"x"}`, ndjson.Options{MaxRecord: 500})
			if len(got) != 2 || !strings.HasPrefix(got[0], c.want) {
				t.Fatalf("got  %s\nwant %s", strings.Join(got, "\n     "), c.want)
			}
			if !json.Valid([]byte(got[0])) {
				t.Error("the answer is not JSON")
			}
			if !strings.HasPrefix(got[1], `{"id":"after","verdict":"clean"`) {
				t.Errorf("the run did not go on: %s", got[1])
			}
			if stats.Records != 2 || stats.Errors != strings.Count(c.want, `"error"`) {
				t.Errorf("stats %+v", stats)
			}
		})
	}
}

func TestRunCountsLines(t *testing.T) {
	var seen []int
	got, stats := run(t, "\xef\xbb\xbf{\"content\":\"X\"}\n\n  \n{}\n{\"content\":\"y\"}", ndjson.Options{
		Request: filter.Request{DryRun: true},
		OnError: func(e *ndjson.RecordError) { seen = append(seen, e.Line) },
	})
	if len(got) != 3 || !strings.Contains(got[0], `"content":"X"`) || !strings.Contains(got[1], `"line":4`) {
		t.Errorf("got %q", got)
	}
	want := ndjson.Stats{Records: 3, Clean: 1, Stripped: 1, Errors: 1, InputBytes: 2, RemovedBytes: 1}
	if stats != want {
		t.Errorf("stats %+v, want %+v", stats, want)
	}
	if len(seen) != 1 || seen[0] != 4 {
		t.Errorf("OnError saw lines %v", seen)
	}
}

func TestRunKeepsOrder(t *testing.T) {
	var in strings.Builder
	const n = 500
	for i := range n {
		body := "quick"
		if i%50 == 0 {
			body = "slow"
		}
		fmt.Fprintf(&in, `{"id":%d,"content_base64":%q}`+"\n", i, base64.StdEncoding.EncodeToString([]byte(body)))
	}
	// The small bound makes the reader wait for the writer.
	got, _ := run(t, in.String(), ndjson.Options{Workers: 8, MaxInFlight: 400})
	if len(got) != n {
		t.Fatalf("%d answers", len(got))
	}
	for i, line := range got {
		if !strings.HasPrefix(line, fmt.Sprintf(`{"id":%d,`, i)) {
			t.Fatalf("answer %d is %s", i, line)
		}
	}
}

func TestRunFlushesWhenIdle(t *testing.T) {
	inR, inW := io.Pipe()
	outR, outW := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		_, err := ndjson.Run(context.Background(), inR, outW, upper{}, ndjson.Options{Workers: 2})
		ended <- err
	}()
	dec := json.NewDecoder(outR)
	for i := range 3 {
		fmt.Fprintf(inW, "{\"id\":%d,\"content\":\"x\"}\n", i)
		var res struct{ ID int }
		if err := dec.Decode(&res); err != nil || res.ID != i { // would hang if it were kept back
			t.Fatalf("answer %d: %+v, %v", i, res, err)
		}
	}
	inW.Close()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
}

func TestRunStops(t *testing.T) {
	broken := errors.New("disk on fire")
	t.Run("input fails", func(t *testing.T) {
		var out bytes.Buffer
		in := io.MultiReader(strings.NewReader("{\"id\":1,\"content\":\"x\"}\n{\"id\":2"), failing{broken})
		_, err := ndjson.Run(t.Context(), in, &out, upper{}, ndjson.Options{})
		if !errors.Is(err, broken) || !strings.Contains(err.Error(), "line 2") || !strings.HasPrefix(out.String(), `{"id":1,"verdict"`) {
			t.Errorf("error %v, output %s", err, &out)
		}
	})
	t.Run("output fails", func(t *testing.T) {
		in := strings.Repeat("{\"content\":\"x\"}\n", 1000)
		_, err := ndjson.Run(t.Context(), strings.NewReader(in), failing{broken}, upper{}, ndjson.Options{Workers: 4})
		if !errors.Is(err, broken) {
			t.Errorf("error %v", err)
		}
	})
	t.Run("context ends while input waits", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		in, w := io.Pipe()
		defer w.Close()
		time.AfterFunc(10*time.Millisecond, cancel)
		_, err := ndjson.Run(ctx, in, io.Discard, upper{}, ndjson.Options{})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
	})
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error)  { return 0, f.err }
func (f failing) Write([]byte) (int, error) { return 0, f.err }
