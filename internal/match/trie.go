package match

import "sort"

// cell is one state of a double array: the child by symbol c of state s is
// base(s)+c, if check there is s.
type cell struct{ base, check int32 }

// trie is a double array over code symbols.
type trie struct {
	cells []cell
	ends  []int32 // state -> 1 + index into groups, 0 for none
	// groups holds the patterns of each key.
	groups [][]int32
}

// entry is a key and the pattern it stands for.
type entry struct {
	key     string
	pattern int32
	inside  bool // the key may begin within a word
	tail    int  // its first letters, where they end that word; 0 where they may not
}

// newTrie builds the trie of the entries, which it sorts.
func newTrie(entries []entry) trie {
	sort.Slice(entries, func(i, j int) bool {
		if entries[i].key != entries[j].key {
			return entries[i].key < entries[j].key
		}
		return entries[i].pattern < entries[j].pattern
	})
	b := builder{free: 1}
	b.grow(512)
	b.t.cells[0].check = -1
	b.build(0, entries, 0)
	b.grow(256) // so that a look-up never runs past the end
	return b.t
}

// step is the child of state s by the symbol, 0 if there is none.
func (t *trie) step(s int32, symbol byte) int32 {
	next := t.cells[s].base + int32(symbol)
	if t.cells[next].check != s {
		return 0
	}
	return next
}

type builder struct {
	t    trie
	free int // no cell before it is free
	high int // end of the cells in use
}

// grow makes room for n cells past those in use. A free cell has check -2.
func (b *builder) grow(n int) {
	for len(b.t.cells) < b.high+n {
		b.t.cells = append(b.t.cells, cell{check: -2})
		b.t.ends = append(b.t.ends, 0)
	}
}

// build places the children of state s, whose keys share their first depth bytes.
func (b *builder) build(s int32, entries []entry, depth int) {
	n := 0
	for n < len(entries) && len(entries[n].key) == depth {
		n++
	}
	if n > 0 {
		group := make([]int32, n)
		for i := range group {
			group[i] = entries[i].pattern
		}
		b.t.groups = append(b.t.groups, group)
		b.t.ends[s] = int32(len(b.t.groups))
	}
	entries = entries[n:]
	var symbols []byte
	for i, e := range entries {
		if i == 0 || e.key[depth] != entries[i-1].key[depth] {
			symbols = append(symbols, e.key[depth])
		}
	}
	if len(symbols) == 0 {
		return
	}
	base := b.place(symbols)
	b.t.cells[s].base = int32(base)
	for _, c := range symbols {
		b.t.cells[base+int(c)].check = s
		b.high = max(b.high, base+int(c)+1)
	}
	for _, c := range symbols {
		n := sort.Search(len(entries), func(i int) bool { return entries[i].key[depth] > c })
		b.build(int32(base+int(c)), entries[:n], depth+1)
		entries = entries[n:]
	}
}

// place finds a base at which the cells of all symbols are free.
func (b *builder) place(symbols []byte) int {
	for b.used(b.free) {
		b.free++
	}
	tried := 0
	for at := max(b.free, int(symbols[0])+1); ; at++ {
		base := at - int(symbols[0])
		if b.fits(base, symbols) {
			if tried > 64 { // crowded: do not search here again
				b.free = max(b.free, at-32)
			}
			return base
		}
		tried++
	}
}

func (b *builder) fits(base int, symbols []byte) bool {
	for _, c := range symbols {
		if b.used(base + int(c)) {
			return false
		}
	}
	return true
}

func (b *builder) used(i int) bool {
	if i >= len(b.t.cells) {
		b.high = max(b.high, i)
		b.grow(512)
	}
	return b.t.cells[i].check != -2
}
