package config

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "dross.yml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOrderOfSources(t *testing.T) {
	path := write(t, "listen: :1\nlimit:\n  queue: 1\n  page-size: 1MiB\n  concurrency: 1\n")
	c, err := Load(
		[]string{"--config.file", path, "--limit.queue=3"},
		[]string{"DROSS_LIMIT_QUEUE=2", "DROSS_LIMIT_CONCURRENCY=2", "HOME=/"})
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != ":1" || c.PageSize != 1<<20 || c.Concurrency != 2 || c.Queue != 3 {
		t.Errorf("got listen %s, page size %s, concurrency %d, queue %d; want :1, 1MiB, 2, 3", c.Listen, c.PageSize, c.Concurrency, c.Queue)
	}
	if c.QueueTimeout != time.Second {
		t.Errorf("queue timeout is %v, want its default", c.QueueTimeout)
	}
}

func TestEveryFaultIsReported(t *testing.T) {
	path := write(t, "listne: x\nlimit: {queue: many, page-size: 1XB}\nlists.dir: {a: {b: c}}\nconfig.file: y\n")
	_, err := Load(
		[]string{"--config.file=" + path, "--nope", "--limit.batches=x", "stray", "--memory.limit-ratio=2", "--limit.body-memory=1KiB", "--log.level"},
		[]string{"DROSS_NOPE=1", "DROSS_LISTS_WATCH=perhaps"})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		"flag --nope: unknown setting", "argument \"stray\"", "flag --log.level: needs a value",
		"flag --limit.batches: \"x\" is not a whole number",
		"environment DROSS_NOPE: unknown setting", "DROSS_LISTS_WATCH: \"perhaps\" is not true or false",
		path + ":1: listne: unknown setting", path + ":2: limit.queue: \"many\" is not",
		path + ":2: limit.page-size: \"1XB\" is not a size", "config.file: is not for the file",
		"memory.limit-ratio: must be from 0 to 1",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the report lacks %q:\n%v", want, err)
		}
	}
	if strings.Contains(err.Error(), "limit.body-memory") {
		t.Errorf("held against a page size that could not be read:\n%v", err)
	}
	var f *Fault
	if !errors.As(err, &f) {
		t.Error("the report holds no *Fault")
	}
}

func TestRanges(t *testing.T) {
	cases := map[string]string{
		"--listen=nowhere":                  "listen: ",
		"--limit.concurrency=-1":            "limit.concurrency: ",
		"--limit.page-size=0":               "limit.page-size: ",
		"--limit.body-memory=1MiB":          "limit.body-memory: ",
		"--lists.min-ratio=2":               "lists.min-ratio: ",
		"--log.level=loud":                  "log.level: ",
		"--log.format=xml":                  "log.format: ",
		"--filter.categories=adult,advertz": `unknown category "advertz"`,
		"--filter.categories=any":           `category "any"`,
		"--filter.threshold=adult=low":      `threshold "adult=low" is not`,
		"--filter.threshold=adult":          `threshold "adult" is not`,
		"--filter.strip=example.com":        `rule "example.com" is not of the form HOST=SELECTOR`,
		"--filter.strip=http://a.b=p":       `rule for http://a.b: host is not of the form`,
		"--filter.keep=a.b=p[":              `rule for a.b: selector "p[": `,
		"--limit.page-size=2GiB":            "must not be above 1GiB",
		"--no-lists.embedded":               "no list is left",
		"--web.drain-timeout=soon":          "is not a time",
		"--memory.limit-ratio=NaN":          "is not a number",
	}
	for arg, want := range cases {
		_, err := Load([]string{arg}, nil)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", arg, err, want)
		}
	}
}

func TestEffectiveSettingsReadBack(t *testing.T) {
	want, err := Load([]string{
		"--listen=127.0.0.1:9", "--lists.dir=a", "--lists.dir=b,c", "--filter.threshold=adult=7", "--filter.threshold", "pharma=6.5",
		"--filter.strip=*.example.com=p.a, p.b", "--filter.strip=*=#x", "--filter.keep=a.example=[title='x']", "--limit.page-size=3MiB", "--web.enable-lifecycle", "--no-lists.watch",
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := want.Write(&b); err != nil {
		t.Fatal(err)
	}
	got, err := Load([]string{"--config.file=" + write(t, b.String())}, nil)
	if err != nil {
		t.Fatalf("%v in\n%s", err, b.String())
	}
	got.File = ""
	for _, c := range []*Config{&got, &want} { // absent and empty are the same
		if len(c.Categories) == 0 {
			c.Categories = nil
		}
		if len(c.ListsShadow) == 0 {
			c.ListsShadow = nil
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestPending(t *testing.T) {
	a, b := Default(), Default()
	b.Listen, b.LogLevel, b.ListsDir = ":1", "debug", []string{"x"}
	if got := Pending(a, b); !reflect.DeepEqual(got, []string{"listen"}) {
		t.Errorf("got %v, want listen alone", got)
	}
}

func TestUsageNamesEverySetting(t *testing.T) {
	var b bytes.Buffer
	Usage(&b)
	all := Fields()
	if len(all) < 20 {
		t.Fatalf("only %d settings", len(all))
	}
	for _, f := range all {
		if f.Help == "" || !strings.Contains(b.String(), "--"+f.Name) || !strings.Contains(b.String(), f.Env) {
			t.Errorf("usage lacks %s, %s or its help", f.Name, f.Env)
		}
	}
}

func TestThresholdForAllAndOne(t *testing.T) {
	c, err := Load([]string{"--filter.threshold=adult=9,7"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	opts, err := c.FilterOptions()
	if err != nil || opts.Thresholds["adult"] != 9 || opts.Thresholds["pharma"] != 7 {
		t.Errorf("got %v, %v; want adult 9 and the others 7", opts.Thresholds, err)
	}
}

func TestSettingsOfOtherCommands(t *testing.T) {
	path := write(t, "listen: :1\nwarc: {level: 9}\n")
	if _, err := Load([]string{"--config.file=" + path}, nil); err == nil {
		t.Error("an unknown setting passed")
	}
	if c, err := Load([]string{"--config.file=" + path}, nil, "warc.level"); err != nil || c.Listen != ":1" {
		t.Errorf("got %v, %v", c.Listen, err)
	}
}

func TestMissingFileIsNamed(t *testing.T) {
	_, err := Load([]string{"--config.file=missing.yml"}, nil)
	if err == nil || !strings.Contains(err.Error(), "missing.yml") || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestSizes(t *testing.T) {
	for text, want := range map[string]Size{"0": 0, "17": 17, "1KiB": 1024, "1.5MiB": 3 << 19, "2GiB": 2 << 30, "9 B": 9} {
		got, err := ParseSize(text)
		if err != nil || got != want {
			t.Errorf("%q: got %d, %v; want %d", text, got, err, want)
		}
		if back, err := ParseSize(got.String()); err != nil || back != got {
			t.Errorf("%q prints as %q, which reads as %d, %v", text, got, back, err)
		}
	}
	for _, text := range []string{"", "-1", "x", "1 mb", "NaN", "1e30GiB"} {
		if got, err := ParseSize(text); err == nil {
			t.Errorf("%q: got %d, want an error", text, got)
		}
	}
}
