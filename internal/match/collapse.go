package match

import (
	"slices"
	"sort"
)

// afterSingle reports whether the last of n codes is a blank and the one before it
// may be a single letter. Words of spaced letters are parted by more than one blank.
func (a *alphabet) afterSingle(codes []byte, n int) bool {
	i := n - 2
	if i < 1 || codes[i] <= a.lastSep {
		return false
	}
	if a.firstTrail != 0 && codes[i] >= a.firstTrail {
		i--
	}
	k := a.kind[codes[i]]
	return !k.bordered() || a.kindBefore(codes, i) != k
}

// widen notes that the blank at a position stands for several.
func (h *Haystack) widen(at int) {
	if n := len(h.wide); n == 0 || h.wide[n-1] != at {
		h.wide = append(h.wide, at)
	}
}

func (h *Haystack) isWide(at int) bool {
	_, found := slices.BinarySearch(h.wide, at)
	return found
}

// collapse joins words written with one separator between every two letters,
// such as "v i a g r a" or "a.b.c.d", in the codes from start on. Only segments
// that may hold one are looked into. It reports whether it moved any code.
func (h *Haystack) collapse(start int) bool {
	at, out := h.spacedAt(start), start
	if at < 0 {
		return false
	}
	for k := sort.SearchInts(h.segments, start+1); k < len(h.segments); k++ {
		end := h.segments[k]
		out, at = h.collapseOne(out, start, end, at)
		start, h.segments[k] = end, out
	}
	out, _ = h.collapseOne(out, start, len(h.codes), at)
	h.codes = h.codes[:out]
	if len(h.from) > 0 {
		h.from, h.to = h.from[:out], h.to[:out]
	}
	h.pending = 0
	return true
}

// collapseOne moves the codes from i to end, which no word crosses, to position
// out, less the separators within words. at is where the next word may be. It
// returns where the codes end, and where a word may be after them.
func (h *Haystack) collapseOne(out, i, end, at int) (int, int) {
	if at < 0 || at >= end {
		return h.move(out, i, end), at
	}
	for i < end {
		stop, join := h.spacedRun(i)
		if join == codeBreak {
			out = h.move(out, i, stop)
		} else {
			out = h.join(out, i, stop, join)
		}
		i = stop
	}
	return out, h.spacedAt(end)
}

// join moves the run of single characters from i to end to position out, less the
// separators that join them to words. Other gaps part words and stay.
func (h *Haystack) join(out, i, end int, join byte) int {
	for i < end {
		stop := h.single(i)
		out = h.move(out, i, stop)
		next, gap := h.gap(stop)
		switch {
		case stop == end:
			return out
		case gap == join:
			h.drop(stop)
		default:
			out = h.move(out, stop, next)
		}
		i = next
	}
	return out
}

// mostDropped is how many separators are noted: nobody reads a longer text in full.
const mostDropped = 1 << 16

// drop notes the source of a separator that is left out.
func (h *Haystack) drop(at int) {
	if len(h.from) > 0 && len(h.dropped) < mostDropped {
		h.dropped = append(h.dropped, [2]int{int(h.from[at]), int(h.to[at])})
	}
}

// Dropped returns the source ranges of the first separators within words that were
// left out, in order. The haystack must have been filled by AppendAt.
func (h *Haystack) Dropped() [][2]int {
	h.seal()
	return h.dropped
}

// move copies the codes from i to end to position out and returns its end.
func (h *Haystack) move(out, i, end int) int {
	if out == i {
		return end
	}
	n := copy(h.codes[out:], h.codes[i:end])
	if len(h.from) > 0 {
		copy(h.from[out:], h.from[i:end])
		copy(h.to[out:], h.to[i:end])
	}
	return out + n
}
