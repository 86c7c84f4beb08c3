package normalize

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// Values of the direct table that are not a rune to fold to.
const (
	markDropped = 0x0000
	markSpecial = 0xFFFF
)

// table is the fold made ready: one look-up for a rune of the basic plane, a
// map for the few that fold to several runes or live above it.
type table struct {
	bmp     [1 << 16]uint16
	special map[rune][]rune
}

// loadTables unpacks the generated constants once.
var loadTables = sync.OnceValue(func() *table {
	t := &table{special: map[rune][]rune{}}
	for i := range t.bmp {
		t.bmp[i] = uint16(i)
	}
	for s := dropped; s != ""; {
		var lo, hi rune
		lo, s = next(s)
		hi, s = next(s)
		for r := lo; r <= hi; r++ {
			t.set(r, nil)
		}
	}
	for s := singles; s != ""; {
		var from, to rune
		from, s = next(s)
		to, s = next(s)
		t.set(from, []rune{to})
	}
	for line := range strings.Lines(multiples) {
		from, to := next(strings.TrimSuffix(line, "\n"))
		t.set(from, []rune(to))
	}
	return t
})

// next cuts the first rune off s.
func next(s string) (rune, string) {
	r, size := utf8.DecodeRuneInString(s)
	return r, s[size:]
}

// set records what one rune folds to.
func (t *table) set(r rune, to []rune) {
	inside := int(r) < len(t.bmp)
	switch {
	case inside && len(to) == 0:
		t.bmp[r] = markDropped
	case inside && len(to) == 1 && to[0] < markSpecial:
		t.bmp[r] = uint16(to[0])
	default:
		t.special[r] = to
		if inside {
			t.bmp[r] = markSpecial
		}
	}
}

// appendSpecial folds the runes that the direct table does not hold.
func (t *table) appendSpecial(dst []rune, r rune) []rune {
	if to, ok := t.special[r]; ok {
		return append(dst, to...)
	}
	return append(dst, r)
}
