package match

import (
	"slices"
	"sort"
)

// Fixed codes. Codes up to alphabet.lastSep separate words.
const (
	codeBreak = iota // between segments
	codeSpace
	codeHyphen
	codeLowLine
	codePlus
	codeStop
	codeSlash
	codePunct // punctuation, signs and broken bytes that no pattern holds
	codeComma // of them, those that part the phrases of a list: a word whose
	codeBar   // letters another sign sets apart ends there
	firstFree
)

// joiners are what a blank of a pattern matches, in the order of their codes.
const joiners = " -_+./"

// maxSigns is how many further signs of patterns get one byte and count as separators.
const maxSigns = 24

// Values of the direct table that are not a code.
const (
	entryDropped = 0
	entrySlow    = 0xFFFF
)

// alphabet gives every folded rune its code: one byte, or a lead byte and,
// shifted by eight, a trail byte. Single, lead and trail bytes do not overlap,
// so a search for bytes cannot begin or end inside a character.
type alphabet struct {
	direct  [1 << 16]uint16 // raw rune of the basic plane -> code of what it folds to
	codes   map[rune]uint16 // folded rune of a pattern -> code
	other   [kinds]uint16   // kind -> code of a character that no pattern holds
	kind    [256]kind       // kind of a single or lead byte, kindTrail for a trail byte
	ascii   [256]byte       // direct for ASCII, 0 for what needs more thought
	sym     [256]byte       // code byte -> trie symbol: all joiners are one
	counts  [256]uint8      // 1 for the first byte of a letter or digit
	lastSep byte

	firstLetter byte            // code of 'a'; the letters follow
	firstTrail  byte            // 0 when all codes are one byte
	firstMark   byte            // the least code of a mark or trail, 0 when there are none
	marks       map[uint16]bool // codes of marks on a letter
}

// newAlphabet assigns codes. uses says how often the patterns hold each folded rune.
func newAlphabet(uses map[rune]int) (*alphabet, error) {
	a := &alphabet{codes: map[rune]uint16{}, marks: map[uint16]bool{}}
	for i, r := range joiners {
		a.codes[r] = uint16(codeSpace + i)
	}
	signs, rest := splitRunes(uses)
	next := byte(firstFree)
	for _, r := range signs[:min(len(signs), maxSigns)] {
		a.codes[r] = uint16(next)
		next++
	}
	a.lastSep = next - 1
	rest = append(rest, signs[min(len(signs), maxSigns):]...)
	for k := kindLatin; k <= kindHan; k++ {
		a.other[k] = uint16(next)
		a.kind[next] = k
		next++
	}
	for _, r := range "0123456789abcdefghijklmnopqrstuvwxyz" {
		if r == 'a' {
			a.firstLetter = next
		}
		a.codes[r] = uint16(next)
		a.kind[next] = kindOf(r)
		next++
	}
	if err := a.assign(rest, int(next)); err != nil {
		return nil, err
	}
	a.finish()
	return a, nil
}

// splitRunes sorts the runes that have no fixed code into signs and others,
// each from the most to the least frequent.
func splitRunes(uses map[rune]int) (signs, rest []rune) {
	total := 0
	for _, n := range uses {
		total += n
	}
	weight := make(map[rune]float64, len(uses))
	for r, n := range uses {
		k := kindOf(r)
		switch {
		case r >= '0' && r <= '9', r >= 'a' && r <= 'z', indexJoiner(r) >= 0:
			continue
		case k == kindNone:
			signs = append(signs, r)
		default:
			rest = append(rest, r)
		}
		weight[r] = float64(n)/float64(total) + frequency(r)
	}
	for _, rs := range [][]rune{signs, rest} {
		sort.Slice(rs, func(i, j int) bool {
			if weight[rs[i]] != weight[rs[j]] {
				return weight[rs[i]] > weight[rs[j]]
			}
			return rs[i] < rs[j]
		})
	}
	return signs, rest
}

func indexJoiner(r rune) int { return slices.Index([]rune(joiners), r) }

// finish fills the tables that follow from the codes.
func (a *alphabet) finish() {
	for i := range a.sym {
		a.sym[i] = byte(i)
	}
	for c := codeSpace; c <= codeSlash; c++ {
		a.sym[c] = codeSpace
	}
	var own [1 << 16]uint16
	for r, c := range a.codes {
		if r < 1<<16 {
			own[r] = c
		}
		if mark(r) {
			a.marks[c] = true
		}
	}
	for r, p := range plane() {
		switch {
		case p.slow:
			a.direct[r] = entrySlow
		case p.folded == 0:
			a.direct[r] = entryDropped
		case own[p.folded] != 0:
			a.direct[r] = own[p.folded]
		default:
			a.direct[r] = a.unlisted(rune(p.folded), p.kind)
		}
	}
	for i, k := range a.kind {
		if k == kindDigit || k.letter() {
			a.counts[i] = 1
		}
	}
	for i := range 0x80 {
		a.ascii[i] = byte(a.direct[i])
	}
	for r := 0xD800; r < 0xE000; r++ {
		a.direct[r] = entrySlow // no characters
	}
	a.ascii['I'] = entryDropped
	a.direct['I'] = entrySlow // may be a bar between Chinese characters
}

// code is the code of a folded rune.
func (a *alphabet) code(r rune) uint16 {
	if c, ok := a.codes[r]; ok {
		return c
	}
	return a.unlisted(r, kindOf(r))
}

// unlisted is the code of a folded rune that no pattern holds.
func (a *alphabet) unlisted(r rune, k kind) uint16 {
	if k != kindNone {
		return a.other[k]
	}
	switch r {
	case ',', '、', ';':
		return codeComma
	case '|', '│', '┃':
		return codeBar
	}
	return codePunct
}

// kindBefore and kindAt are the kinds of the characters that end before and
// begin at position i.
func (a *alphabet) kindBefore(codes []byte, i int) kind {
	if i == 0 {
		return kindNone
	}
	k := a.kind[codes[i-1]]
	if k == kindTrail {
		k = a.kind[codes[i-2]]
	}
	return k
}

func (a *alphabet) kindAt(codes []byte, i int) kind {
	if i >= len(codes) {
		return kindNone
	}
	return a.kind[codes[i]]
}

// next is the position after the character that begins at i.
func (a *alphabet) next(codes []byte, i int) int {
	i++
	if i < len(codes) && a.kind[codes[i]] == kindTrail {
		i++
	}
	return i
}

// isMark reports whether the character at i is a mark on the one before it.
func (a *alphabet) isMark(codes []byte, i int) bool {
	if a.kindAt(codes, i) != kindSub {
		return false
	}
	c := uint16(codes[i])
	if a.next(codes, i) == i+2 {
		c |= uint16(codes[i+1]) << 8
	}
	return a.marks[c]
}

// after is next for a code string.
func (a *alphabet) after(codes string, i int) int {
	i++
	if i < len(codes) && a.kind[codes[i]] == kindTrail {
		i++
	}
	return i
}
