package lists_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/drosshq/dross/lists"
)

func TestWriteCanonicalForm(t *testing.T) {
	l := parse(t, "l.txt", "\uFEFF# c\r\n@category grey\r\n@category loans\r\n@lang zh\r\n@source notes  2026\r\nstrong=3  套现 # c\r\nfirm=2.50 a   b\r\n@lang und\r\n@source\r\nallow x")
	want := "@category loans\n@lang zh\n@source notes 2026\nstrong 套现\nfirm=2.5 a b\n@lang und\n@source\nallow x\n"
	var out bytes.Buffer
	if err := lists.Write(&out, l); err != nil || out.String() != want {
		t.Errorf("got %v\n%s\nwant\n%s", err, out.String(), want)
	}
}

func TestWriteRefusesWhatTheFormatCannotHold(t *testing.T) {
	var out bytes.Buffer
	err := lists.Write(&out, &lists.List{Name: "l", Entries: []lists.Entry{{Term: "a\nb", Category: lists.Grey, Strength: lists.Firm, Line: 3}}})
	var all lists.ParseErrors
	if !errors.As(err, &all) || out.Len() > 0 {
		t.Errorf("got %v and %d bytes", err, out.Len())
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestWriteError(t *testing.T) {
	err := lists.Write(fullDisk{}, parse(t, "l.txt", "@category grey\nfirm word"))
	if err == nil || err.Error() != "write list l.txt: disk full" {
		t.Errorf("got %v", err)
	}
}

// roundTrip checks that a list written and read again is the same but for its
// lines, and that writing it again gives the same bytes.
func roundTrip(t *testing.T, l *lists.List) {
	t.Helper()
	var first, second bytes.Buffer
	if err := lists.Write(&first, l); err != nil {
		t.Fatalf("a parsed list cannot be written: %v", err)
	}
	back, err := lists.Parse(l.Name, bytes.NewReader(first.Bytes()))
	if err != nil {
		t.Fatalf("a written list cannot be parsed: %v", err)
	}
	sameButLine := func(a, b lists.Entry) bool { a.Line = b.Line; return a == b }
	if !slices.EqualFunc(l.Entries, back.Entries, sameButLine) {
		t.Fatalf("entries changed:\n%+v\n%+v", l.Entries, back.Entries)
	}
	if err := lists.Write(&second, back); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Fatalf("the second writing differs: %v\n%s\n%s", err, first.String(), second.String())
	}
}

func TestRoundTripOfShippedLists(t *testing.T) {
	all := lists.Default().Lists()
	if len(all) == 0 {
		t.Fatal("no shipped list")
	}
	for _, l := range all {
		roundTrip(t, l)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"@category grey\n@lang en\n@source notes\nstrong=4 win<d2-4>\nfirm a b # c\nallow x\n",
		"\uFEFF@category adult\r\n@lang zh-Hant\r\nstrong <d1-2>区<s><w1-2>区\r\n",
		"@category any\n@lang und\nsoft a\u3000b\u00a0c\n@source\n@source x#y\nallow=1 z",
		"@category nope\nstrong \xff\x00\n#\n##\n #a\nsoft #b\nsoft c #d\nsoft=1.50 cheap\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l, err := lists.Parse("f.txt", strings.NewReader(text))
		if err != nil {
			var all lists.ParseErrors
			if l != nil || !errors.As(err, &all) || len(all) == 0 {
				t.Fatalf("list %v with error %v", l, err)
			}
			return
		}
		if _, err := lists.NewSet(l); err != nil {
			t.Fatalf("a parsed list makes no set: %v", err)
		}
		for _, e := range l.Entries {
			if _, err := e.Parts(); err != nil || strings.TrimSpace(e.Term) == "" {
				t.Fatalf("entry %+v: %v", e, err)
			}
		}
		roundTrip(t, l)
	})
}
