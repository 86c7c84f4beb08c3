package match

// starts says where a key can begin at all, by its first four codes. It is
// small enough for the first cache, and most positions of a text need no more.
type starts struct {
	pairs   [1 << 16 / 8]byte // pairs of codes that a key begins with
	short   [1 << 16 / 8]byte // those that are a whole key
	triples [1 << 17 / 8]byte // hashes of three symbols that a longer key begins with
	quads   [1 << 17 / 8]byte // hashes of four symbols, and of three that are a whole key
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
	three := uint32(a.sym[c])<<16 | uint32(a.sym[d])<<8 | uint32(a.sym[codes[i+2]])
	if h := hash(three); s.triples[h>>3]>>(h&7)&1 == 0 {
		return false
	}
	if h := hash(three | whole); s.quads[h>>3]>>(h&7)&1 != 0 || i+3 >= len(codes) {
		return true
	}
	h := hash(three | uint32(a.sym[codes[i+3]])<<24)
	return s.quads[h>>3]>>(h&7)&1 != 0
}

// whole marks three symbols that are a key: 255 is no code.
const whole = 0xFF << 24

func hash(x uint32) uint32 { return x * 0x9E3779B1 >> 15 }

// add notes the beginning of a key of symbols.
func (s *starts) add(a *alphabet, key string) {
	if len(key) > 2 {
		three := uint32(key[0])<<16 | uint32(key[1])<<8 | uint32(key[2])
		h := hash(three)
		s.triples[h>>3] |= 1 << (h & 7)
		if len(key) == 3 {
			h = hash(three | whole)
		} else {
			h = hash(three | uint32(key[3])<<24)
		}
		s.quads[h>>3] |= 1 << (h & 7)
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
