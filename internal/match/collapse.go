package match

import "sort"

// minSpaced is how many single characters between equal separators make a word.
const minSpaced = 4

// collapse joins words written with one separator between every two letters,
// such as "v i a g r a" or "a.b.c.d", in the codes from start on.
func (h *Haystack) collapse(start int) {
	out := start
	for k := sort.SearchInts(h.segments, start+1); k < len(h.segments); k++ {
		end := h.segments[k]
		out = h.collapseOne(out, start, end)
		start, h.segments[k] = end, out
	}
	out = h.collapseOne(out, start, len(h.codes))
	h.codes = h.codes[:out]
	if len(h.from) > 0 {
		h.from, h.to = h.from[:out], h.to[:out]
	}
	h.pending = 0
}

// collapseOne moves the codes from i to end, which no word crosses, to position
// out, less the separators within words, and returns where they end there.
func (h *Haystack) collapseOne(out, i, end int) int {
	if !h.mayBeSpaced(i, end) {
		return h.move(out, i, end)
	}
	for i < end {
		stop := h.spacedEnd(i)
		if stop < 0 {
			stop = h.a.next(h.codes, i)
			out = h.move(out, i, stop)
			i = stop
			continue
		}
		for i < stop {
			next := h.a.next(h.codes, i)
			out = h.move(out, i, next)
			i = next + 1 // over the separator
		}
		i = stop
	}
	return out
}

// spacedEnd is where the spaced word that begins at i ends, -1 if none begins there.
func (h *Haystack) spacedEnd(i int) int {
	a, codes := h.a, h.codes
	k := a.kindAt(codes, i)
	if !k.letter() || k.bordered() && a.kindBefore(codes, i) == k {
		return -1
	}
	end, before, count := a.next(codes, i), -1, 1
	sep := byte(codeBreak)
	for end+1 < len(codes) {
		c := codes[end]
		if c == codeBreak || c > a.lastSep || sep != codeBreak && c != sep || !a.kind[codes[end+1]].letter() {
			break
		}
		sep = c
		before, end = end, a.next(codes, end+1)
		count++
	}
	if k := a.kindBefore(codes, end); k.bordered() && a.kindAt(codes, end) == k {
		end = before // the last letter begins a longer word
		count--
	}
	if count < minSpaced {
		return -1
	}
	return end
}

// move copies the codes from i to end to position out and returns its end.
func (h *Haystack) move(out, i, end int) int {
	n := copy(h.codes[out:], h.codes[i:end])
	if len(h.from) > 0 {
		copy(h.from[out:], h.from[i:end])
		copy(h.to[out:], h.to[i:end])
	}
	return out + n
}
