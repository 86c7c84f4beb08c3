package match

import "strings"

// commonHan are the most frequent characters of Chinese text, in order.
const commonHan = "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去" +
	"法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业" +
	"外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提" +
	"立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克" +
	"许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术"

// letterShare is how often the letters a to z occur in ordinary text, per mille.
var letterShare = [26]float64{82, 15, 28, 43, 127, 22, 20, 61, 70, 2, 8, 40, 24, 67, 75, 19, 1, 60, 63, 91, 28, 10, 24, 2, 20, 1}

// frequency estimates how often a folded rune occurs in ordinary text of its
// own script, from 0 to 1.
func frequency(r rune) float64 {
	switch k := kindOf(r); {
	case r >= 'a' && r <= 'z':
		return letterShare[r-'a'] / 1000
	case k == kindDigit, k == kindNone:
		return 0.05
	case k == kindHan:
		if i := strings.IndexRune(commonHan, r); i >= 0 {
			return 0.03 / (1 + float64(i/3)/8)
		}
		return 1.0 / 3000
	case k == kindHangul:
		return 1.0 / 300
	case k == kindSub:
		return 1.0 / 60
	}
	return 1.0 / 30
}

// rates estimates how often windows of codes occur in ordinary text.
type rates struct {
	single map[string]float64 // character -> share of all characters
	seen   map[string]int     // window -> how often the background holds it
	total  float64            // characters of the background
}

func (m *Matcher) newRates() *rates {
	r := &rates{single: map[string]float64{}, seen: map[string]int{}}
	for char, c := range m.codes {
		code := []byte{byte(c)}
		if c > 0xFF {
			code = append(code, byte(c>>8))
		}
		r.single[string(code)] = frequency(char)
	}
	var h Haystack
	m.Append(&h, []byte(background))
	h.seal()
	text := string(h.codes[1:])
	r.total = float64(len(text))
	for i := 0; i < len(text); i = m.after(text, i) {
		for j := m.after(text, i); j-i <= maxAnchor; j = m.after(text, j) {
			r.seen[text[i:j]]++
			if j >= len(text) || m.sym[text[j]] == codeSpace {
				break
			}
		}
	}
	return r
}

// of is the estimate for a window, given that of the window less its last
// character and that character.
func (r *rates) of(window, last string, before float64) (independent, estimate float64) {
	independent = before * r.single[last]
	return independent, max(independent, float64(r.seen[window])/r.total)
}
