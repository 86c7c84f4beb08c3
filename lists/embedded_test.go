package lists

import "testing"

// TestEmbeddedLists holds the shipped data sound, so that Default never hides
// a fault from a user.
func TestEmbeddedLists(t *testing.T) {
	set, err := loadDefault()
	if err != nil {
		t.Fatalf("shipped lists:\n%v", err)
	}
	if set.Len() == 0 || len(set.Categories()) == 0 {
		t.Fatalf("shipped lists hold %d entries in categories %v", set.Len(), set.Categories())
	}
	if Default() != set {
		t.Error("Default gives another set at the second call")
	}
}

// TestEmbeddedListsHaveNoErrors keeps what Check calls wrong out of the
// shipped lists. Warnings are for people to weigh.
func TestEmbeddedListsHaveNoErrors(t *testing.T) {
	if Default().Len() == 0 {
		t.Fatal("no shipped entry")
	}
	for _, f := range Check(Default(), nil) {
		if f.Severity == Error {
			t.Error(f)
		}
	}
}
