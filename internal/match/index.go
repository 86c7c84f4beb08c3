package match

// index finds keys: a filter of where one can begin, and a trie.
type index struct {
	a      *alphabet
	all    tree // every key
	inside tree // keys that may begin within a word

	insideKinds [kinds + 1]bool // kinds that such keys begin with
}

// tree is a trie with its filter.
type tree struct {
	trie
	starts
}

// build fills the index. The alphabet must stay where it is.
func (x *index) build(a *alphabet, entries []entry) {
	x.a = a
	var inside []entry
	for _, e := range entries {
		x.all.add(a, e.key)
		if e.inside {
			inside = append(inside, e)
			x.inside.add(a, e.key)
			for c, k := range a.kind {
				x.insideKinds[k] = x.insideKinds[k] || a.sym[c] == e.key[0]
			}
		}
	}
	x.all.trie = newTrie(entries)
	x.inside.trie = newTrie(inside)
}

// seek returns the next position from i on at which a key may begin, and the
// tree that holds such keys; nil when there is none before end.
func (x *index) seek(codes []byte, i, end int) (int, *tree) {
	if i >= end {
		return end, nil
	}
	a := x.a
	prev := a.kindBefore(codes, i)
	for ; i < end; i++ {
		c := codes[i]
		k := a.kind[c]
		if k == kindTrail {
			continue
		}
		t := &x.all
		if k == prev && k.bordered() {
			if !x.insideKinds[k] {
				continue
			}
			t = &x.inside
		}
		prev = k
		if i+1 < len(codes) {
			d := codes[i+1]
			if t.pairs[uint(c)<<5|uint(d)>>3]>>(d&7)&1 == 0 {
				continue
			}
		}
		if t.may(a, codes, i) {
			return i, t
		}
	}
	return end, nil
}
