package lists

import "fmt"

// The bounds of an explicit weight.
const (
	MinWeight = 0.5
	MaxWeight = 6.0
)

var strengthNames = [...]string{Allow: "allow", Soft: "soft", Firm: "firm", Strong: "strong"}

// String returns the word that lists use: "strong", "firm", "soft" or "allow".
func (s Strength) String() string {
	if int(s) < len(strengthNames) {
		return strengthNames[s]
	}
	return fmt.Sprintf("strength(%d)", uint8(s))
}

// MarshalText makes JSON carry the word instead of a number.
func (s Strength) MarshalText() ([]byte, error) {
	if int(s) >= len(strengthNames) {
		return nil, fmt.Errorf("unknown strength %d", uint8(s))
	}
	return []byte(s.String()), nil
}

// UnmarshalText is the inverse of MarshalText.
func (s *Strength) UnmarshalText(text []byte) error {
	got, err := ParseStrength(string(text))
	if err != nil {
		return err
	}
	*s = got
	return nil
}

// ParseStrength returns the strength a list means by word.
func ParseStrength(word string) (Strength, error) {
	for s, name := range strengthNames {
		if name == word {
			return Strength(s), nil
		}
	}
	return 0, fmt.Errorf("unknown strength %q", shorten(word))
}

// Weight returns the weight of an entry that states none: strong 3, firm 2,
// soft 1, allow 0.
func (s Strength) Weight() float64 { return float64(s) }
