package match

import (
	"sync"

	"github.com/drosshq/dross/internal/normalize"
)

// planeRune is what every alphabet needs to know of one raw rune.
type planeRune struct {
	folded uint16 // the rune it folds to, 0 for none
	kind   kind   // of that rune
	slow   bool   // it folds to several, or depends on the rune before
}

// plane describes the runes of the basic plane. It is worked out once.
var plane = sync.OnceValue(func() *[1 << 16]planeRune {
	var out [1 << 16]planeRune
	var buf [normalize.MaxRunes]rune
	for r := range out {
		p := &out[r]
		folded := normalize.Append(buf[:0], rune(r))
		switch {
		case normalize.Voicing(rune(r)), len(folded) > 1, len(folded) == 1 && folded[0] >= 1<<16:
			p.slow = true
		case len(folded) == 1:
			p.folded, p.kind = uint16(folded[0]), kindOf(folded[0])
		}
	}
	return &out
})
