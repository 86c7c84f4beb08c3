package match

import "fmt"

// assign gives one byte to the first of rs and two to the others. Lead bytes
// belong to one kind each, so that a lead byte tells the kind. Marks of one byte
// stand right before the trail bytes.
func (a *alphabet) assign(rs []rune, next int) error {
	free := 255 - next // 255 stays unused
	single, trails := layout(rs, free)
	if single < 0 {
		return fmt.Errorf("patterns hold %d distinct characters, more than codes can tell apart", len(rs))
	}
	firstTrail := 255 - trails
	firstMark := firstTrail
	for _, r := range rs[:single] {
		c := next
		if mark(r) {
			firstMark--
			c = firstMark
		} else {
			next++
		}
		a.codes[r] = uint16(c)
		a.kind[c] = kindOf(r)
	}
	if firstMark < 255 {
		a.firstMark = byte(firstMark)
	}
	if trails > 0 {
		a.firstTrail = byte(firstTrail)
	}
	for t := firstTrail; t < 255; t++ {
		a.kind[t] = kindTrail
	}
	var lead, trail [kinds]int
	for _, r := range rs[single:] {
		k := kindOf(r)
		if lead[k] == 0 || trail[k] == 255 {
			lead[k], trail[k] = next, firstTrail
			a.kind[next] = k
			next++
		}
		a.codes[r] = uint16(lead[k] | trail[k]<<8)
		trail[k]++
	}
	return nil
}

// layout says how many of the runes can have a single byte, and how many trail
// bytes serve the others; single is -1 when the runes do not fit at all.
func layout(rs []rune, free int) (single, trails int) {
	if len(rs) <= free {
		return len(rs), 0
	}
	for single = free - 2; single >= 0; single-- {
		var count [kinds]int
		for _, r := range rs[single:] {
			count[kindOf(r)]++
		}
		for trails = 1; trails < free-single; trails++ {
			need := trails
			for _, n := range count {
				need += (n + trails - 1) / trails
			}
			if need <= free-single {
				return single, trails
			}
		}
	}
	return -1, 0
}
