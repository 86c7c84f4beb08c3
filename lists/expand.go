package lists

import (
	"errors"
	"fmt"
	"strings"
)

// MaxChoices bounds how many terms one line with choices stands for.
const MaxChoices = 256

// expand returns the terms that a term with choices stands for, "{a|b} c" for
// "a c" and "b c": families that are made of a few words. A term without a brace
// stands for itself.
func expand(term string) ([]string, error) {
	out := []string{""}
	for rest := term; ; {
		text, after, found := strings.Cut(rest, "{")
		if strings.Contains(text, "}") {
			return nil, errors.New("'}' without '{'")
		}
		out = product(out, []string{text})
		if !found {
			return squeezed(out), nil
		}
		group, behind, closed := strings.Cut(after, "}")
		choices := strings.Split(group, "|")
		switch {
		case !closed:
			return nil, errors.New("'{' without '}'")
		case strings.Contains(group, "{"):
			return nil, errors.New("'{' within '{'")
		case len(choices) < 2:
			return nil, fmt.Errorf("{%s} offers no choice", shorten(group))
		}
		if len(out)*len(choices) > MaxChoices {
			return nil, fmt.Errorf("choices make more than %d terms", MaxChoices)
		}
		out, rest = product(out, choices), behind
	}
}

func product(heads, tails []string) []string {
	out := make([]string, 0, len(heads)*len(tails))
	for _, h := range heads {
		for _, t := range tails {
			out = append(out, h+t)
		}
	}
	return out
}

// squeezed drops the blanks that an empty choice leaves.
func squeezed(terms []string) []string {
	for i := range terms {
		terms[i] = squeeze(terms[i])
	}
	return terms
}
