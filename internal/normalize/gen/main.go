// Command gen writes the fold tables of package normalize.
//
// It is a module of its own, so that the conversion dictionaries it reads are
// no dependency of dross. Run it in this folder:
//
//	go run . > ../tables.go
package main

import (
	"fmt"
	"os"
	"sort"
	"unicode"

	"github.com/longbridgeapp/opencc"
	"golang.org/x/text/unicode/norm"
)

func main() {
	f, err := newFolder()
	if err == nil {
		err = write(os.Stdout, f.all())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// folder folds runes by rules; the tables are its result for every rune.
type folder struct {
	toSimplified map[rune]rune
	special      map[rune][]rune
	memo         map[rune][]rune
}

func newFolder() (*folder, error) {
	t2s, err := opencc.New("t2s")
	if err != nil {
		return nil, fmt.Errorf("open t2s dictionary: %w", err)
	}
	f := &folder{toSimplified: map[rune]rune{}, special: specials(), memo: map[rune][]rune{}}
	for r := rune(0x3400); r <= 0x323AF; r++ {
		if !unicode.Is(unicode.Han, r) {
			continue
		}
		s, err := t2s.Convert(string(r))
		if err != nil {
			return nil, fmt.Errorf("convert %U: %w", r, err)
		}
		if to := []rune(s); len(to) == 1 && to[0] != r {
			f.toSimplified[r] = to[0]
		}
	}
	return f, nil
}

// fold is the fixed point of step: what r becomes in the end.
func (f *folder) fold(r rune) []rune {
	if out, ok := f.memo[r]; ok {
		return out
	}
	f.memo[r] = []rune{r} // ends cycles
	out := []rune{}
	for _, s := range f.step(r) {
		if s == r {
			out = append(out, r)
			continue
		}
		out = append(out, f.fold(s)...)
	}
	f.memo[r] = out
	return out
}

// step applies the first rule that changes r.
func (f *folder) step(r rune) []rune {
	switch {
	case invisible(r):
		return nil
	case r != ' ' && blank(r):
		return []rune{' '}
	}
	if to, ok := f.special[r]; ok {
		return to
	}
	if l := unicode.ToLower(r); l != r {
		return []rune{l}
	}
	if to := compatible(r); to != nil {
		return to
	}
	if to := bare(r); to != 0 {
		return []rune{to}
	}
	if to, ok := f.toSimplified[r]; ok {
		return []rune{to}
	}
	return []rune{r}
}

// compatible is the NFKC form of r, nil when that is r itself or unwanted.
func compatible(r rune) []rune {
	if unicode.In(r, unicode.Thai, unicode.Lao) || r >= 0x3131 && r <= 0x318E {
		return nil
	}
	to := []rune(norm.NFKC.String(string(r)))
	if len(to) == 1 && to[0] == r || len(to) == 0 || to[0] == ' ' {
		return nil
	}
	return to
}

// bare is r without its diacritics, 0 when it has none that may go.
func bare(r rune) rune {
	if r == 'й' || !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic) {
		return 0
	}
	d := []rune(norm.NFD.String(string(r)))
	if len(d) < 2 || d[0] == r {
		return 0
	}
	return d[0]
}

// all folds every rune that changes.
func (f *folder) all() []change {
	var out []change
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if r >= 0xD800 && r < 0xE000 {
			continue
		}
		if to := f.fold(r); len(to) != 1 || to[0] != r {
			out = append(out, change{r, to})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].from < out[j].from })
	return out
}
