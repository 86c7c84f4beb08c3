package match

// starts says where a key can begin at all, by its first three codes. It is
// small enough for the first cache, and most positions of a text need no more.
type starts struct {
	pairs   [1 << 16 / 8]byte // pairs of codes that a key begins with
	short   [1 << 16 / 8]byte // those that are a whole key
	triples [1 << 17 / 8]byte // hashes of three symbols that a longer key begins with
}

// may reports whether a key may begin at i. It errs on that side only.
func (s *starts) may(a *alphabet, codes []byte, i int) bool {
	if i+2 >= len(codes) {
		return true
	}
	c, d := codes[i], codes[i+1]
	at, bit := uint(c)<<5|uint(d)>>3, byte(1)<<(d&7)
	if s.pairs[at]&bit == 0 {
		return false
	}
	if s.short[at]&bit != 0 {
		return true
	}
	h := hashTriple(a.sym[c], a.sym[d], a.sym[codes[i+2]])
	return s.triples[h>>3]>>(h&7)&1 != 0
}

func hashTriple(a, b, c byte) uint32 {
	return (uint32(a)<<16 | uint32(b)<<8 | uint32(c)) * 0x9E3779B1 >> 15
}

// add notes the beginning of a key of symbols.
func (s *starts) add(a *alphabet, key string) {
	if len(key) > 2 {
		h := hashTriple(key[0], key[1], key[2])
		s.triples[h>>3] |= 1 << (h & 7)
	}
	for c := range 256 {
		if a.sym[c] != key[0] {
			continue
		}
		for d := range 256 {
			if len(key) > 1 && a.sym[d] != key[1] {
				continue
			}
			at, bit := uint(c)<<5|uint(d)>>3, byte(1)<<(d&7)
			s.pairs[at] |= bit
			if len(key) <= 2 {
				s.short[at] |= bit
			}
		}
	}
}
