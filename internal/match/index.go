package match

// index finds keys: sieves for where one can begin, and two tries.
type index struct {
	a      *alphabet
	sieve  sieve
	begins begins
	tails  tails
	seps   bool // a key begins with what separates words
	all    trie // every key
	inside trie // keys that may begin within a word
}

// build fills the index. The alphabet must stay where it is.
func (x *index) build(a *alphabet, entries []entry) {
	x.a = a
	var inside []entry
	for _, e := range entries {
		x.seps = x.seps || e.key[0] <= a.lastSep
		if e.inside {
			inside = append(inside, e)
		}
	}
	x.sieve.build(a, entries)
	x.begins.build(a, entries)
	x.tails.build(a, inside)
	x.all = newTrie(entries)
	x.inside = newTrie(inside)
}

// pick returns the trie of the keys that may begin at i.
func (x *index) pick(codes []byte, i int) *trie {
	if k := x.a.kind[codes[i]]; k.bordered() && x.a.kindBefore(codes, i) == k {
		return &x.inside
	}
	return &x.all
}
