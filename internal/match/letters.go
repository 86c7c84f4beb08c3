package match

// Letters counts the letters and digits between two code positions.
func (h *Haystack) Letters(start, end int) int {
	if h.a == nil {
		return 0
	}
	n := 0
	for _, c := range h.codes[start:end] {
		if k := h.a.kind[c]; k != kindNone && k != kindTrail {
			n++
		}
	}
	return n
}
