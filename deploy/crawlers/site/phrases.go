package main

import (
	"fmt"
	"strings"

	"github.com/drosshq/dross/lists"
)

// topic is one category in one language, with phrases that hardly occur in good pages.
type topic struct {
	category lists.Category
	phrases  []string
}

// topics are what blocks are about; the list of each is long enough.
var topics = []struct {
	category lists.Category
	lang     string
}{
	{lists.Gambling, "en"}, {lists.Pharma, "en"}, {lists.Counterfeit, "en"}, {lists.Loans, "en"},
	{lists.Essays, "en"}, {lists.Documents, "en"}, {lists.Gambling, "id"}, {lists.Games, "en"}, {lists.Gambling, "zh"},
}

// minPhrases is what a block takes without naming anything twice.
const minPhrases = 18

// spam reads the topics from the shipped lists: their strong entries that are
// plain text, so that no block depends on how a pattern is read.
func spam() ([]topic, error) {
	out := make([]topic, len(topics))
	for i, t := range topics {
		out[i].category = t.category
		for e := range lists.Default().Entries() {
			if e.Category == t.category && e.Lang == t.lang && e.Strength == lists.Strong && !e.Pattern && plain(e) {
				out[i].phrases = append(out[i].phrases, e.Term)
			}
		}
		if len(out[i].phrases) < minPhrases {
			return nil, fmt.Errorf("%s.%s has %d phrases, fewer than %d", t.category, t.lang, len(out[i].phrases), minPhrases)
		}
	}
	return out, nil
}

// plain reports whether a term needs no escape in HTML and is a phrase: two
// words, or three characters of a language without spaces.
func plain(e lists.Entry) bool {
	if strings.ContainsAny(e.Term, `<>&"'|,`) {
		return false
	}
	return strings.Contains(e.Term, " ") || e.Lang == "zh" && len([]rune(e.Term)) >= 3
}

// take returns n phrases from the i-th on, around the end of the list.
func (t topic) take(i, n int) []string {
	out := make([]string, n)
	for k := range out {
		out[k] = t.phrases[(i+k)%len(t.phrases)]
	}
	return out
}
