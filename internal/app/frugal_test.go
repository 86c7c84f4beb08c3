package app

import (
	"runtime/debug"
	"testing"
)

// TestReloadLeavesTheCollector: what a reload asks of the collector ends with it,
// also when it fails.
func TestReloadLeavesTheCollector(t *testing.T) {
	const usual = 77
	before := debug.SetGCPercent(usual)
	defer debug.SetGCPercent(before)
	dir := folder(t, list(terms...))
	r := start(t, "--lists.dir="+dir, "--no-lists.watch")
	for _, text := range []string{list(terms[1:]...), "nonsense\n"} {
		put(t, dir, "test.txt", text)
		if err := r.Reload(t.Context(), false); (err != nil) != (text == "nonsense\n") {
			t.Errorf("reload: %v", err)
		}
		if got := debug.SetGCPercent(usual); got != usual {
			t.Errorf("the collector is left at %d %%, want %d", got, usual)
		}
	}
}

// TestFrugalKeepsWhatIsLower: an operator who asks for less gets less.
func TestFrugalKeepsWhatIsLower(t *testing.T) {
	for before, want := range map[int]int{-1: frugalPercent, 100: frugalPercent, 5: 5} {
		usual := debug.SetGCPercent(before)
		end := frugal()
		if got := debug.SetGCPercent(want); got != want {
			t.Errorf("with %d %%: %d, want %d", before, got, want)
		}
		end()
		if got := debug.SetGCPercent(usual); got != before {
			t.Errorf("%d %% are left, want %d", got, before)
		}
	}
}
