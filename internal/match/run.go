package match

const (
	minSpaced = 4 // letters between equal separators that make a word
	minRun    = 6 // characters of a run whose words wider blanks part
	minShort  = 8 // letters of a run of shorter words, as Korean and Chinese have
	maxGap    = 3 // the most signs and blanks between two words of a run
)

// run is what is known of single characters with gaps between them. Most gaps are
// one and the same separator, which joins them to words; others part the words.
type run struct {
	join    byte // codeBreak until a word is long enough
	gap     byte // what the last characters are joined by
	letters int  // how many of them are letters
	from    int  // where the run ends if they belong to another one
	before  int  // how many characters it has then
	count   int  // of all characters
	all     int  // of all letters
	wide    bool // wide blanks part words
	first   byte // the first gap that may join, and how many are the same
	same    int
}

// spacedRun is where the single characters that begin at i end, and the separator
// that joins them, codeBreak if they are no words. One character at least is passed.
func (h *Haystack) spacedRun(i int) (end int, join byte) {
	end = h.single(i)
	if end < 0 {
		return h.a.next(h.codes, i), codeBreak
	}
	r := run{count: 1, letters: h.letter(i), all: h.letter(i)}
	for prev := end; ; {
		next, gap := h.gap(end)
		stop := h.single(next)
		if next == end || stop < 0 {
			break
		}
		if gap != r.gap || gap == codeBreak {
			r.from, r.before = prev, r.count-1
			if r.gap == r.join {
				r.from, r.before = end, r.count
			}
			r.gap, r.letters = gap, h.letter(i)
		}
		r.letters += h.letter(next)
		r.all += h.letter(next)
		if !r.add(next == end+1 && h.isWide(end)) {
			end, r.count = r.from, r.before // another separator joins what follows
			break
		}
		prev, i, end = end, next, stop
	}
	return end, r.joins()
}

// joins is the separator that joins the characters of the whole run, if any does.
func (r *run) joins() byte {
	switch {
	case r.join == codeBreak && r.all >= minShort && r.same*2 >= r.count-1:
		return r.first
	case r.join == codeSpace && r.wide && r.count < minRun:
		return codeBreak
	}
	return r.join
}

// add counts one more character. It reports whether the run goes on.
func (r *run) add(wide bool) bool {
	r.count++
	r.wide = r.wide || wide
	if r.first == codeBreak {
		r.first = r.gap
	}
	if r.gap != codeBreak && r.gap == r.first {
		r.same++
	}
	if r.gap == codeBreak || r.letters < minSpaced {
		return true
	}
	if r.join == codeBreak {
		r.join = r.gap
	}
	return r.join == r.gap
}

// single is where the character at i ends, with the marks above and below it, or
// -1 if it is no letter or digit by itself. Scripts without blanks between words
// have no border to tell that by.
func (h *Haystack) single(i int) int {
	a := h.a
	k := a.kindAt(h.codes, i)
	if !k.letter() && k != kindDigit || k.bordered() && a.kindBefore(h.codes, i).bordered() {
		return -1
	}
	end := a.next(h.codes, i)
	for k == kindSub && a.isMark(h.codes, end) {
		end = a.next(h.codes, end)
	}
	if k.bordered() && a.kindAt(h.codes, end).bordered() {
		return -1
	}
	return end
}

// gap is where the separators at i end. One that stands alone may join what is
// around it; for others, and where several blanks stand, it is codeBreak.
func (h *Haystack) gap(i int) (end int, sep byte) {
	end = i
	for end < len(h.codes) && end-i < maxGap && h.codes[end] != codeBreak && h.codes[end] <= h.a.lastSep {
		end++
	}
	if end-i == 1 && !h.isWide(i) {
		sep = h.codes[i]
	}
	return end, sep
}

// letter is 1 for a letter at i, 0 for a digit.
func (h *Haystack) letter(i int) int {
	if h.a.kindAt(h.codes, i).letter() {
		return 1
	}
	return 0
}
