package quality

import (
	"testing"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/lists"
)

// TestSpacedFamilies: a block of any family goes however its letters are set apart,
// as it does when they are not.
func TestSpacedFamilies(t *testing.T) {
	bodies, err := loadBodies(Embedded())
	if err != nil {
		t.Fatal(err)
	}
	var families []family
	for _, dir := range []string{"spam", "heldout"} {
		fs, err := loadFamilies(Embedded(), dir, dir == "heldout")
		if err != nil {
			t.Fatal(err)
		}
		families = append(families, fs...)
	}
	f, err := filter.New(lists.Default(), filter.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range families {
		fam := &families[i]
		if plain := spacedFamily(t, f, fam, bodies, plain); !plain.removed() {
			continue
		}
		for _, symbol := range []string{" ", "♤", "・", "．", "*", "_", "-", "|"} {
			if out := spacedFamily(t, f, fam, bodies, between(symbol)); !out.removed() || out.lost > 0 {
				t.Errorf("%s, spaced with %q: %d of %d phrases left, %d letters lost", fam.id, symbol, out.left, out.phrases, out.lost)
			}
		}
	}
}

// spacedFamily is what happens to a block of the family as the last line of a page.
func spacedFamily(t *testing.T, f *filter.Filter, fam *family, bodies map[string][]body, enc encoding) result {
	t.Helper()
	id := fam.id + "/spaced"
	rec := line("spaced", "evasion", tail, ",", enc)
	c := &composer{family: fam, dice: newDice(id)}
	c.body = pick(c.dice, bodies[fam.lang()])
	rec.build(c)
	built, err := c.finish(id, rec)
	if err != nil {
		t.Fatal(err)
	}
	out, err := outcome(t.Context(), &built, f)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
