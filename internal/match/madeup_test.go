package match

import (
	"math/rand/v2"
	"strings"
)

// madeUpHan is a made-up Chinese word of n characters out of the first size of
// some thousand characters, common ones more often.
func madeUpHan(rng *rand.Rand, n int) string {
	common := []rune(commonHan)
	var b strings.Builder
	for range n {
		if rng.IntN(3) > 0 {
			b.WriteRune(common[int(float64(len(common))*rng.Float64()*rng.Float64())])
		} else {
			b.WriteRune(0x4E00 + rune(rng.IntN(4000))*5)
		}
	}
	return b.String()
}

var syllables = strings.Fields("ba ce di fo gu ha in ja ka lo mer ne or pa qui ra ses ti un ver wa xi yo za tion ing the st er an")

func madeUpWord(rng *rand.Rand) string {
	var b strings.Builder
	for range 1 + rng.IntN(3) {
		b.WriteString(syllables[rng.IntN(len(syllables))])
	}
	return b.String()
}

// words are everyday English for made-up text.
var words = strings.Fields(`the of and to in is that for it as was with be by on not he his but at are this have from or had an they which one
	you were all her she there would their we him been has when who will no more if out so said what up its about into than them can only other
	time new some could these two may first then do any like my now over such our man me even most made after also did many off before must well
	back through years where much your way down should because long each just state people those too mr how little good world make very year still
	see work life men day between never under last while might himself government house place great small around again against during general
	information school number system development business program public service university community research available international education
	company project support market product health process control special experience following environment production quality performance`)

func englishWord(rng *rand.Rand) string {
	if rng.IntN(100) == 0 {
		return madeUpWord(rng) + madeUpWord(rng)
	}
	w := words[int(float64(len(words))*rng.Float64()*rng.Float64())]
	if rng.IntN(12) == 0 {
		w = strings.ToUpper(w[:1]) + w[1:]
	}
	return w
}

// madeUpPatterns are n patterns, half Chinese and half Latin, two in three for the gate.
func madeUpPatterns(n int) []Pattern {
	rng := rand.New(rand.NewPCG(1, 2))
	out := make([]Pattern, n)
	for i := range out {
		term := madeUpHan(rng, 2+rng.IntN(4))
		if i%2 == 0 {
			term = madeUpWord(rng) + madeUpWord(rng)
		}
		if i%20 == 0 {
			term += " " + madeUpWord(rng)
		}
		out[i] = Pattern{Term: term, Gate: i%3 > 0}
	}
	return out
}

func chineseText(size int) []byte {
	rng := rand.New(rand.NewPCG(3, 4))
	var b strings.Builder
	for b.Len() < size {
		b.WriteString(madeUpHan(rng, 4+rng.IntN(12)))
		b.WriteString([]string{"，", "，", "。", "、", "\n"}[rng.IntN(5)])
	}
	return []byte(b.String())
}

func englishText(size int) []byte {
	rng := rand.New(rand.NewPCG(5, 6))
	var b strings.Builder
	for b.Len() < size {
		b.WriteString(englishWord(rng))
		b.WriteString([]string{" ", " ", " ", " ", " ", ", ", ". ", "\n"}[rng.IntN(8)])
	}
	return []byte(b.String())
}
