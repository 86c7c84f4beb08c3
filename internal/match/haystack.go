package match

import "sort"

// Haystack is the text of one page as codes. The zero value is ready; Reset
// makes it empty again and keeps its memory. Fill it with the Append methods
// of one Matcher and ask only that Matcher.
type Haystack struct {
	codes []byte
	// from and to are the source range of each code; empty when unmapped.
	from, to []int32
	segments []int
	sealed   int // codes before it are final
	// letters and seps say of each block of final codes what alphabet.classes does.
	letters, seps []uint64
	wide          []int // of the others, blanks for several that follow a single character
	dropped       [][2]int
	a             *alphabet

	// What the encoder remembers from one call to the next.
	last    rune // what the last rune folded to, for voicing marks
	pending int  // position of a capital I after a Chinese character, or 0
	broken  bool // some text was no valid UTF-8
}

// Reset empties the haystack.
func (h *Haystack) Reset() {
	*h = Haystack{codes: h.codes[:0], from: h.from[:0], to: h.to[:0], segments: h.segments[:0],
		letters: h.letters[:0], seps: h.seps[:0], wide: h.wide[:0], dropped: h.dropped[:0]}
}

// Break begins a new segment: no match crosses it. Text appended before the
// first Break is a segment too.
func (h *Haystack) Break() {
	h.last, h.pending = 0, 0
	h.push(codeBreak, 0, 0, len(h.from) > 0)
	h.segments = append(h.segments, len(h.codes))
}

// Len is the number of code bytes.
func (h *Haystack) Len() int {
	h.seal()
	return len(h.codes)
}

// Segments is the number of segments.
func (h *Haystack) Segments() int { return len(h.segments) }

// Segment is the range of codes of segment i, half-open.
func (h *Haystack) Segment(i int) (start, end int) {
	h.seal()
	if i+1 < len(h.segments) {
		return h.segments[i], h.segments[i+1] - 1
	}
	return h.segments[i], len(h.codes)
}

// Letters counts the letters and digits, of any script, in the codes from start
// to end.
func (h *Haystack) Letters(start, end int) int {
	h.seal()
	n := 0
	if h.a != nil {
		for _, c := range h.codes[start:end] {
			n += int(h.a.counts[c])
		}
	}
	return n
}

// SegmentAt is the index of the segment that holds the code position.
func (h *Haystack) SegmentAt(pos int) int {
	return sort.SearchInts(h.segments, pos+1) - 1
}

// Source is the range of source bytes, half-open, that the codes from start to
// end were read from. The haystack must have been filled by AppendAt, and
// start be before end.
func (h *Haystack) Source(start, end int) (srcStart, srcEnd int) {
	h.seal()
	return int(h.from[start]), int(h.to[end-1])
}

// Broken reports whether some of the text that Append added was no valid UTF-8.
func (h *Haystack) Broken() bool { return h.broken }

// Mapped reports whether the haystack knows source positions.
func (h *Haystack) Mapped() bool { return len(h.from) > 0 }

func (h *Haystack) push(c byte, from, to int32, mapped bool) {
	h.codes = append(h.codes, c)
	if mapped {
		h.from = append(h.from, from)
		h.to = append(h.to, to)
	}
}

// leastSpaced is how many codes four characters with separators between them take.
const leastSpaced = 7

// seal makes the codes final. What was appended since is looked at as a whole,
// since hardly any page holds a word to collapse.
func (h *Haystack) seal() {
	n := len(h.codes)
	if n == h.sealed {
		return // what is final may be shared
	}
	h.classify(h.sealed)
	if n-h.sealed >= leastSpaced && h.a != nil && h.collapse(h.sealed) {
		h.classify(h.sealed)
	}
	h.sealed, h.wide = len(h.codes), h.wide[:0]
}

// classify notes the classes of the codes from start on. It pads the last block
// with codes that are nothing, and some more to be read with it.
func (h *Haystack) classify(start int) {
	n := len(h.codes)
	h.codes = append(h.codes, padding[:]...)[:n]
	k := start / block
	h.letters, h.seps = h.letters[:k], h.seps[:k]
	for ; k*block <= n; k++ { // a word may end behind the last code
		var letters, seps uint64
		if h.a != nil {
			letters, seps = h.a.classes(h.block(k))
		}
		h.letters, h.seps = append(h.letters, letters), append(h.seps, seps)
	}
}

// padding is more than what may be read after the last code.
var padding = func() (p [block + 2*mostDepth]byte) {
	for i := range p {
		p[i] = 0xFF
	}
	return p
}()

// block is the codes of block k, those that follow the last one included.
func (h *Haystack) block(k int) *[block]byte {
	return (*[block]byte)(h.codes[k*block : (k+1)*block])
}
