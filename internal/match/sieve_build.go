package match

// build notes the beginnings of all keys.
func (s *sieve) build(a *alphabet, entries []entry) {
	for _, e := range entries {
		s.addPairs(e, e.inside || !a.kind[e.key[0]].bordered())
		if begin := deepest(e.key); len(begin) >= 3 {
			eachForm(begin[:3], 0, 0, func(x uint64) {
				if d := &s.depth[hashThree(x)]; *d == 0 || int(*d) > len(begin) {
					*d = uint8(len(begin))
				}
			})
		}
	}
	for _, e := range entries {
		if begin := deepest(e.key); len(begin) >= 3 {
			eachForm(begin, 0, 0, func(x uint64) { s.addBegin(x, s.depth[hashThree(x)]) })
		}
	}
}

// addPairs notes the first two codes of a key. What follows a key of one symbol
// may be anything.
func (s *sieve) addPairs(e entry, within bool) {
	add := func(x uint64) {
		s.pairs[x<<1] = 1
		if within {
			s.pairs[x<<1|1] = 1
		}
		if len(e.key) < 3 {
			s.short[x] = true
			s.addBegin(x, 2)
		}
	}
	if len(e.key) > 1 {
		eachForm(e.key[:2], 0, 0, add)
		return
	}
	eachForm(e.key, 0, 0, func(x uint64) {
		for d := range uint64(256) {
			add(x | d<<8)
		}
	})
}

func (s *sieve) addBegin(x uint64, depth uint8) {
	h := hashBegin(x, depth)
	s.begins[h>>3] |= 1 << (h & 7)
}

// mostJoiners is how many joiners a beginning has at most: each may stand as any.
const mostJoiners = 2

// deepest returns as much of the beginning of a key as the sieve looks at.
func deepest(key string) string {
	joiners := 0
	for i := range min(len(key), mostDepth) {
		if key[i] == codeSpace {
			joiners++
		}
		if i >= 3 && joiners > mostJoiners {
			return key[:i]
		}
	}
	return key[:min(len(key), mostDepth)]
}

// eachForm calls yield with the codes that symbols may stand as from symbol i on,
// the first one lowest. x holds those before.
func eachForm(symbols string, i int, x uint64, yield func(x uint64)) {
	if i == len(symbols) {
		yield(x)
		return
	}
	c, last := symbols[i], symbols[i]
	if c == codeSpace {
		last = codeSlash
	}
	for ; c <= last; c++ {
		eachForm(symbols, i+1, x|uint64(c)<<(8*i), yield)
	}
}
