package match

import (
	"slices"
	"sort"
)

// minSpaced is how many single characters between equal separators make a word;
// minRun is how many make several words, which wider blanks part: one of them is
// that long, and "to" among them is a word as well.
const (
	minSpaced = 4
	minRun    = 6
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
// that may hold one are looked into.
func (h *Haystack) collapse(start int) {
	at, out := h.spacedAt(start), start
	if at < 0 {
		return
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
}

// spacedAt returns where in the codes from start on a word may be that is spaced,
// or -1.
func (h *Haystack) spacedAt(start int) int {
	at := h.a.spacedAt(h.codes[start:cap(h.codes)], len(h.codes)-start)
	if at < 0 {
		return -1
	}
	return start + at
}

// collapseOne moves the codes from i to end, which no word crosses, to position
// out, less the separators within words. at is where the next word may be. It
// returns where the codes end, and where a word may be after them.
func (h *Haystack) collapseOne(out, i, end, at int) (int, int) {
	if at < 0 || at >= end {
		return h.move(out, i, end), at
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
			if next < stop && h.isWide(next) {
				next++ // the blank between two words stays
				out = h.move(out, i, next)
				i = next
				continue
			}
			out = h.move(out, i, next)
			i = next + 1 // over the separator
		}
		i = stop
	}
	return out, h.spacedAt(end)
}

// spacedEnd is where the spaced words that begin at i end, -1 if none begins there.
func (h *Haystack) spacedEnd(i int) int {
	a, codes := h.a, h.codes
	k := a.kindAt(codes, i)
	if !k.letter() || k.bordered() && a.kindBefore(codes, i) == k {
		return -1
	}
	end, before, sep := a.next(codes, i), -1, byte(codeBreak)
	run := spacedRun{count: 1, word: 1}
	shorter := run
	for end+1 < len(codes) {
		c := codes[end]
		if c == codeBreak || c > a.lastSep || sep != codeBreak && c != sep || !a.kind[codes[end+1]].letter() {
			break
		}
		shorter = run
		run.add(c == codeSpace && h.isWide(end))
		sep = c
		before, end = end, a.next(codes, end+1)
	}
	if k := a.kindBefore(codes, end); k.bordered() && a.kindAt(codes, end) == k {
		end, run = before, shorter // the last letter begins a longer word
	}
	if !run.holds() {
		return -1
	}
	return end
}

// spacedRun counts single characters that separators part.
type spacedRun struct {
	count, word, longest int // all, of the word so far, of the longest before
	wide                 bool
}

func (r *spacedRun) add(wide bool) {
	r.count++
	if !wide {
		r.word++
		return
	}
	r.longest, r.word, r.wide = max(r.longest, r.word), 1, true
}

func (r *spacedRun) holds() bool {
	if r.wide {
		return r.count >= minRun && max(r.longest, r.word) >= minSpaced
	}
	return r.count >= minSpaced
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
