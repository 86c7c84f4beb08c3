package match

import (
	"strings"
	"unicode"
)

// token is a character with the marks on it, and what stands between it and the
// next one of a run.
type token struct {
	chars []char
	gap   []char
}

// naiveCollapse joins letters that stand apart by one and the same sign. Other gaps
// part the words of a run.
func naiveCollapse(in []char, known map[rune]bool) []char {
	var out []char
	for i := 0; i < len(in); {
		tokens := naiveTokens(in[i:], i > 0 && naiveBordered(in[i-1].r), known)
		if len(tokens) == 0 {
			out = append(out, in[i])
			i++
			continue
		}
		tokens, join := naiveRun(tokens)
		for k, t := range tokens {
			out = append(out, t.chars...)
			i += len(t.chars)
			if k == len(tokens)-1 {
				break
			}
			i += len(t.gap)
			if join == "" || naiveJoin(t.gap) != join {
				out = append(out, t.gap...)
			}
		}
	}
	return out
}

func naiveBordered(r rune) bool { return kindOf(r).bordered() }

// naiveTokens reads single characters with gaps between them from the start of in.
func naiveTokens(in []char, inWord bool, known map[rune]bool) []token {
	var out []token
	for len(in) > 0 && kindOf(in[0].r) != kindNone && !(naiveBordered(in[0].r) && inWord) {
		n := 1
		for n < len(in) && kindOf(in[0].r) == kindSub && kindOf(in[n].r) == kindSub && unicode.IsMark(in[n].r) && known[in[n].r] {
			n++
		}
		if naiveBordered(in[0].r) && n < len(in) && naiveBordered(in[n].r) {
			break
		}
		gap := n
		for gap < len(in) && gap < n+maxGap && kindOf(in[gap].r) == kindNone {
			gap++
		}
		out = append(out, token{in[:n], in[n:gap]})
		if gap == n {
			break
		}
		in, inWord = in[gap:], false
	}
	return out
}

// naiveJoin is the sign that a gap is, if it may join what stands on both sides.
func naiveJoin(gap []char) string {
	if len(gap) != 1 || gap[0].wide {
		return ""
	}
	return string(gap[0].r)
}

// naiveRun returns the tokens that are one run, and the sign that joins them to
// words, empty if none does: the first that joins four letters.
func naiveRun(tokens []token) (run []token, join string) {
	wide := false
	for k := 1; k < len(tokens); k++ {
		wide = wide || len(tokens[k-1].gap) == 1 && tokens[k-1].gap[0].wide
		sign := naiveJoin(tokens[k-1].gap)
		first := k - 1
		for first > 0 && naiveJoin(tokens[first-1].gap) == sign {
			first--
		}
		if sign == "" || naiveLetters(tokens[first:k+1]) < minSpaced || sign == join {
			continue
		}
		if join != "" {
			if naiveJoin(tokens[first-1].gap) == join {
				first++
			}
			tokens = tokens[:first]
			break
		}
		join = sign
	}
	if join == "" && naiveLetters(tokens) >= minShort {
		return tokens, naiveShort(tokens[:len(tokens)-1])
	}
	if join == " " && wide && len(tokens) < minRun {
		join = ""
	}
	return tokens, join
}

// naiveShort is the first sign that may join, where it stands in half of the gaps.
func naiveShort(tokens []token) string {
	first, same := "", 0
	for _, t := range tokens {
		sign := naiveJoin(t.gap)
		if first == "" {
			first = sign
		}
		if sign != "" && sign == first {
			same++
		}
	}
	if same*2 < len(tokens) {
		return ""
	}
	return first
}

// naiveLetters counts the characters that are no digits.
func naiveLetters(tokens []token) int {
	n := 0
	for _, t := range tokens {
		if !strings.ContainsRune("0123456789", t.chars[0].r) {
			n++
		}
	}
	return n
}
