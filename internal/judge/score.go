package judge

import (
	"fmt"
	"sort"

	"github.com/drosshq/dross/internal/page"
	"github.com/drosshq/dross/lists"
)

// DefaultThreshold is the score at which a block goes.
const DefaultThreshold = 5.0

// MaxBonus bounds what structure, place and contrast can add to the evidence of
// a block; the first stage relies on it.
const MaxBonus = bonusCovered + bonusList + bonusPhrase + bonusGlued + bonusRepeat + bonusEdge + bonusHidden + bonusAlien + bonusScript

// What a sign adds to the score, or takes from it. The evidence of the entries
// themselves is in strength.go.
const (
	bonusCovered = 1.0 // listed words explain nearly all of it
	bonusList    = 1.0 // a list of phrases, most of them listed
	bonusPhrase  = 0.6 // a short phrase of a word of the trade and words that sell it
	bonusGlued   = 0.7 // listed words written without a gap
	bonusRepeat  = 0.4 // the same words again and again
	bonusEdge    = 1.0 // first or last text of the page
	bonusHidden  = 1.5 // readers do not see it
	bonusAlien   = 1.0 // nothing else on the page is about it
	bonusScript  = 0.8 // written in another script than the page

	malusTopic  = 2.5  // the page is about it
	malusMenu   = 1.6  // among short harmless texts, by their share of those near it
	sellsMenu   = 0.5  // what is left of that where words sell
	edgeMenu    = 0.4  // what is left of that at the first or last text of the page
	quoteShare  = 0.35 // what is left of the score of words that are quoted: in code, a table, marks
	mostNames   = 3.3  // most that words of the trade alone give, with nothing that sells
	malusOrder  = 6.0  // in alphabetical order, as a glossary or a cloud of tags is
	malusFigure = 1.0  // numbering, prices, dates, counts
)

// Page is what the rest of a page says about a block in it.
type Page struct {
	// Letters of all texts that listed words do not make up: what is left however
	// many blocks go.
	Letters int
	// Topic counts, by category, distinct firm and strong entries in text that is
	// no candidate: what the page is about.
	Topic map[lists.Category]int
	// Script is the one most letters of the page are written in.
	Script Script
}

// Text is a segment, or a part of one, with its hits.
type Text struct {
	Plain   []byte
	Hits    []Hit
	Items   []Item
	Zone    page.Zone
	Hidden  bool
	Quoting bool
}

// Place is where a block stands.
type Place struct {
	First, Last bool    // no other text before it, or none after it
	Listed      bool    // a text that listed words make up stands straight beside it
	Menu        float64 // share of the texts near it that are short and harmless
}

// Score is the evidence of a block.
type Score struct {
	Value    float64
	Category lists.Category
	Density  float64
	Reasons  []string
	Entries  []int
	Prose    float64
}

// Rate scores texts that would go together: for each category that has evidence,
// and the highest score counts. With all, hits that an allow entry protects count
// as evidence too.
func Rate(entries []Entry, texts []Text, at Place, pg Page, all bool) Score {
	t := newTally(entries)
	t.all = all
	var m measure
	for _, x := range texts {
		t.add(x.Hits)
		m.add(x, all)
	}
	m.sum(t)
	var best Score
	for _, c := range t.categories() {
		s := Score{Category: c, Density: ratio(m.covered, m.letters), Entries: t.ids()}
		s.rate(t.weigh(c), m, t, texts, at, pg)
		if best.Category == "" || s.Value > best.Value {
			best = s
		}
	}
	return best
}

func (s *Score) rate(f force, m measure, t *tally, texts []Text, at Place, pg Page) {
	s.Prose = Prose(m.rest.String()) * min(1, 1.5*(1-s.Density))
	if len(texts) == 1 && s.Density < 0.9 && Sentence(m.sample.String(), m.rest.String()) {
		s.Prose = max(s.Prose, 0.6)
	}
	s.Value = f.total * Spread(s.Density) * (1 - 0.85*s.Prose)
	s.because("%d strong, %d firm and %d soft entries cover %.0f %% of it", f.strong, f.firm, f.soft, 100*s.Density)
	if s.Prose > 0.3 {
		s.because("reads like prose (%.0f %%)", 100*s.Prose)
	} else {
		s.structure(m, f, t)
	}
	s.place(texts, at, f)
	s.contrast(texts, m, f, pg)
	if (quoting(texts) || m.quoted*2 >= m.hitItems || codeLike(m.sample.String())) && s.Value > 0 {
		s.adjust(-s.Value*(1-quoteShare), "quoted: in code, a table or quotation marks")
	}
}

// quoting reports whether a visible text stands in code, a table or a quotation.
func quoting(texts []Text) bool {
	for _, x := range texts {
		if x.Quoting && !x.Hidden {
			return true
		}
	}
	return false
}

// Spread is how much of the evidence counts at a density: words that cover a
// text are what it is made of, scattered ones are what it speaks of.
func Spread(density float64) float64 {
	switch {
	case density >= 0.45:
		return 1
	case density >= 0.15:
		return 0.35 + (density-0.15)/0.30*0.65
	}
	return 0.05 + density/0.15*0.30
}

// pure is how much a text is made of listed words and nothing else; signs of
// place and contrast count in proportion.
func (s *Score) pure() float64 { return rise(s.Density, 0.2, 0.7) }

func (s *Score) because(format string, args ...any) {
	s.Reasons = append(s.Reasons, fmt.Sprintf(format, args...))
}

func (s *Score) adjust(by float64, format string, args ...any) {
	s.Value += by
	s.because("%+.1f "+format, append([]any{by}, args...)...)
}

// structure looks at how the text is built.
func (s *Score) structure(m measure, f force, t *tally) {
	if known := rise(s.Density, 0.6, 0.9); known > 0 {
		s.adjust(bonusCovered*known, "listed words explain most of it")
	}
	hit := ratio(m.hitItems, m.items)
	if (m.items >= 4 && hit >= 0.5 || m.letters > 1500 && hit >= 0.2) && f.total >= 3 && f.sells() {
		s.adjust(bonusList, "%d of %d phrases hold listed words", m.hitItems, m.items)
	}
	if s.Density >= 0.85 && f.soft > 0 && m.items <= 3 {
		s.adjust(bonusPhrase, "a phrase that sells")
	}
	if m.glued >= 3 {
		s.adjust(bonusGlued, "listed words follow each other without a gap")
	}
	if t.hits >= 8 && t.hits >= 2*len(t.seen) {
		s.adjust(bonusRepeat, "the same words again and again")
	}
	if m.items >= 6 && m.ordered == m.items-1 || m.texts >= 5 && m.textsOrdered == m.texts-1 {
		s.adjust(-malusOrder, "in alphabetical order")
	}
	if m.items >= 4 && (ratio(m.figures, m.items) > 0.5 || f.strong == 0 && ratio(m.digits, m.items) >= 0.5) {
		s.adjust(-malusFigure, "numbered, dated or priced")
	}
}

// place looks at where the text stands.
func (s *Score) place(texts []Text, at Place, f force) {
	hidden := true
	for _, x := range texts {
		hidden = hidden && (x.Hidden || x.Zone == page.Noscript || x.Zone == page.Comment)
	}
	one := f.strong == 0 && f.firm == 1 && f.soft == 0
	switch {
	case one && at.Listed: // of a list of such words, which is judged as one
	case at.Last || at.First && (f.strong > 0 || !named(texts)): // the heading of a page is its first text
		s.adjust(bonusEdge*s.pure(), "first or last text of the page")
	}
	if hidden {
		s.adjust(bonusHidden*s.pure(), "hidden from readers")
	}
	if at.Menu > 0 {
		by := at.Menu * malusMenu
		if f.sells() {
			by *= sellsMenu
		}
		if (at.First || at.Last) && f.strong+f.firm+f.soft > 1 { // one word of the trade may end a menu
			by *= edgeMenu
		}
		s.adjust(-by, "among short harmless texts")
	}
}

// named reports whether texts are the name that a page gives itself.
func named(texts []Text) bool {
	z := texts[0].Zone
	return z == page.Title || z == page.Meta || z == page.Heading
}

// contrast holds the block against the rest of the page.
func (s *Score) contrast(texts []Text, m measure, f force, pg Page) {
	rest := pg.Letters - m.bare
	switch n := pg.Topic[s.Category]; {
	case f.strong == 0 && f.gate < 3 && named(texts):
		// the title of a page says what it is about
	case n == 0 && rest >= 100:
		s.adjust(bonusAlien*s.pure(), "nothing else on the page is about it")
	case n >= 3 && f.strong < 2:
		s.adjust(-malusTopic, "the page is about it")
	}
	if rest > 2*m.letters && pg.Script != NoScript && s.Prose < 0.3 {
		if sc := ScriptOf(m.sample.String()); sc != NoScript && sc != pg.Script {
			s.adjust(bonusScript, "another script than the page's")
		}
	}
}

func (t *tally) ids() []int {
	ids := make([]int, 0, len(t.seen))
	for i := range t.seen {
		ids = append(ids, int(i))
	}
	sort.Ints(ids)
	return ids
}
