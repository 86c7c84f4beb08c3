package match

// seeker goes over the positions at which a key of an index may begin.
type seeker struct {
	x       *index
	codes   []byte
	at, end int            // what is still to be sifted
	base    int            // where the stretch sifted last begins
	found   [stretch]uint8 // positions from base on
	n, next int            // how many there are, which is the next
}

// seek begins at position i and ends before end.
func (x *index) seek(codes []byte, i, end int) seeker {
	return seeker{x: x, codes: codes, at: i, end: end}
}

// skip goes on from position i, if that lies ahead.
func (s *seeker) skip(i int) {
	if i >= s.at {
		s.at, s.n, s.next = i, 0, 0
	}
	for s.next < s.n && s.base+int(s.found[s.next]) < i {
		s.next++
	}
}

// step returns the next position at which a key may begin, and the trie that
// holds such keys; nil when there is none before the end.
func (s *seeker) step() (int, *trie) {
	for s.next == s.n {
		if s.at >= s.end {
			return s.end, nil
		}
		s.fill()
	}
	i := s.base + int(s.found[s.next])
	s.next++
	return i, s.x.pick(s.codes, i)
}

// fill sifts the next stretch.
func (s *seeker) fill() {
	before := kindNone
	if s.at > 0 {
		before = s.x.a.kind[s.codes[s.at-1]]
	}
	s.base, s.at, s.next = s.at, min(s.at+stretch, s.end), 0
	n := s.at - s.base
	if s.at+mostDepth <= len(s.codes) {
		s.sift(before, s.codes[s.base:s.at+mostDepth], n)
		return
	}
	var last [stretch + mostDepth]byte // breaks follow the last code
	copy(last[:], s.codes[s.base:])
	s.sift(before, last[:n+mostDepth], n)
}

// sift finds the positions among the first n codes.
func (s *seeker) sift(before kind, codes []byte, n int) {
	v := &s.x.sieve
	s.n = v.pair(&s.x.a.kind, before, codes[:n+1], &s.found)
	s.n = v.deepen(codes, s.found[:s.n])
}
