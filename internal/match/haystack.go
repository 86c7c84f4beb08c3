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
	sealed   int   // codes before it are final
	wide     []int // of the others, blanks for several that follow a single character
	dropped  [][2]int
	a        *alphabet

	// What the encoder remembers from one call to the next.
	last    rune // what the last rune folded to, for voicing marks
	pending int  // position of a capital I after a Chinese character, or 0
	broken  bool // some text was no valid UTF-8
}

// Reset empties the haystack.
func (h *Haystack) Reset() {
	*h = Haystack{codes: h.codes[:0], from: h.from[:0], to: h.to[:0], segments: h.segments[:0], wide: h.wide[:0], dropped: h.dropped[:0]}
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
	if n-h.sealed >= leastSpaced && h.a != nil {
		h.codes = append(h.codes, padding...)[:n]
		h.collapse(h.sealed)
	}
	h.sealed, h.wide = len(h.codes), h.wide[:0]
}
