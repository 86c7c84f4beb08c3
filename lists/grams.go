package lists

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The sizes of n-grams, in characters of Han and Kana and in words of the rest.
const (
	minChars = 2
	maxChars = 6
	maxWords = 3
)

// eachGram folds a text line by line and yields its n-grams, as often as they
// occur. Words of an n-gram are joined by one blank.
func eachGram(text string, yield func(string)) {
	for line := range strings.Lines(text) {
		line = fold(line)
		s := gramScan{text: line, yield: yield, word: -1}
		for i, r := range line {
			s.rune(i, r)
		}
		s.endWord(len(line))
	}
}

// gramScan walks over a folded line and keeps what may still become an n-gram.
type gramScan struct {
	text  string
	yield func(string)
	chars []int    // starts of the latest Han and Kana characters
	word  int      // start of the word under way, or -1
	words []string // latest words with only blanks between
}

func (s *gramScan) rune(i int, r rune) {
	switch {
	case isIdeographic(r):
		s.endWord(i)
		s.words = s.words[:0]
		s.char(i, i+utf8.RuneLen(r))
		return
	case unicode.In(r, unicode.L, unicode.N, unicode.M):
		if s.word < 0 {
			s.word = i
		}
	default:
		s.endWord(i)
		if !unicode.IsSpace(r) {
			s.words = s.words[:0]
		}
	}
	s.chars = s.chars[:0]
}

// char ends an n-gram of each size at the character in text[start:end].
func (s *gramScan) char(start, end int) {
	if len(s.chars) == maxChars {
		s.chars = append(s.chars[:0], s.chars[1:]...)
	}
	s.chars = append(s.chars, start)
	for n := minChars; n <= len(s.chars); n++ {
		s.yield(s.text[s.chars[len(s.chars)-n]:end])
	}
}

// endWord ends an n-gram of each size at the word under way, if there is one.
func (s *gramScan) endWord(end int) {
	if s.word < 0 {
		return
	}
	if len(s.words) == maxWords {
		s.words = append(s.words[:0], s.words[1:]...)
	}
	s.words = append(s.words, s.text[s.word:end])
	s.word = -1
	for n := 1; n <= len(s.words); n++ {
		if g := strings.Join(s.words[len(s.words)-n:], " "); worthListing(g) {
			s.yield(g)
		}
	}
}

// worthListing leaves out numbers and the shortest words.
func worthListing(g string) bool {
	letters := strings.IndexFunc(g, unicode.IsLetter) >= 0
	return letters && countLetters(g) >= 3
}

// shorter returns the two n-grams that lack g's first or last piece.
func shorter(g string) []string {
	first, _ := utf8.DecodeRuneInString(g)
	if isIdeographic(first) {
		_, front := utf8.DecodeRuneInString(g)
		_, back := utf8.DecodeLastRuneInString(g)
		return []string{g[front:], g[:len(g)-back]}
	}
	i, j := strings.IndexByte(g, ' '), strings.LastIndexByte(g, ' ')
	if i < 0 {
		return nil
	}
	return []string{g[i+1:], g[:j]}
}
