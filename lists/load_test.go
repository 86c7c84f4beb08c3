package lists_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/drosshq/dross/lists"
)

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

// deniedFS refuses to open one file.
type deniedFS struct {
	fs.FS
	name string
}

func (d deniedFS) Open(name string) (fs.File, error) {
	if name == d.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return d.FS.Open(name)
}

func TestLoadFaults(t *testing.T) {
	big := strings.Repeat("# "+strings.Repeat("a", 900)+"\n", lists.MaxBytes/902)
	fsys := deniedFS{fstest.MapFS{
		"empty/README.md":     file("strong nothing"),
		"empty/.hidden.txt":   file("bad"),
		"empty/sub.txt/a.txt": file("bad"),
		"bad/b.txt":           file("@category grey\nstrnog word\nfirm"),
		"bad/a.txt":           file("@kategory"),
		"bad/c.txt":           file("@category grey\nfirm word"),
		"bad/d.txt":           file(""),
		"big/a.txt":           file(big),
		"big/b.txt":           file(big),
	}, "bad/d.txt"}
	cases := []struct {
		dir, want string
		is        error
	}{
		{"gone", "list folder gone: open gone: file does not exist", fs.ErrNotExist},
		{"empty", "list folder empty: no *.txt file in the folder", lists.ErrNoLists},
		{"bad", "a.txt:1: unknown directive \"@kategory\"\nb.txt:2: unknown strength \"strnog\"\nb.txt:3: missing term after \"firm\"\n" +
			"open list d.txt: open bad/d.txt: permission denied", fs.ErrPermission},
		{"big", "list folder big: more than 8388608 bytes", lists.ErrLimit},
	}
	for _, c := range cases {
		ls, err := lists.Load(fsys, c.dir)
		if err == nil || err.Error() != c.want || !errors.Is(err, c.is) {
			t.Errorf("%s:\n got %v\nwant %s", c.dir, err, c.want)
		}
		if ls != nil {
			t.Errorf("%s: lists came with the error", c.dir)
		}
	}
}

func TestLoadSkipsWhatIsNoList(t *testing.T) {
	ls, err := lists.Load(os.DirFS("testdata"), "good")
	if err != nil {
		t.Fatal(err)
	}
	if len(ls) != 2 || ls[0].Name != "grey.en.txt" || ls[1].Name != "grey.xx.txt" {
		t.Errorf("got %d lists: %+v", len(ls), ls)
	}
	if got := ls[0].Entries[0].List; got != "grey.en.txt" {
		t.Errorf("entry of list %q", got)
	}
}

func ExampleLoad() {
	ls, err := lists.Load(os.DirFS("testdata"), "good")
	if err != nil {
		fmt.Println(err)
		return
	}
	set, err := lists.Default().With(ls...)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, l := range set.Lists() {
		if l.Name == "grey.xx.txt" {
			fmt.Println(l.Name, len(l.Entries), l.Entries[0].Term)
		}
	}
	// Output: grey.xx.txt 2 followers for sale
}
