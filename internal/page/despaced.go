package page

import "sort"

// Without returns the text less ranges of it, sorted and disjoint, each of which
// stands between two characters that stay. What is left out keeps its place in the
// source: it goes with what stands on both sides of it. moved tells where an offset
// of the text is in the new one. A range that is a part of something that the
// source writes in another way stays.
func (p *Plain) Without(cuts [][2]int) (out *Plain, moved func(int) int) {
	c := cutter{from: p, to: &Plain{}, cuts: cuts}
	for i, x := range p.pieces {
		c.piece(x, p.stop(i))
	}
	for _, at := range p.runs {
		c.to.runs = append(c.to.runs, c.moved(at))
	}
	return c.to, c.moved
}

// cutter copies the pieces of a text less the cuts.
type cutter struct {
	from, to *Plain
	cuts     [][2]int // what is to come
	done     []int    // ends of those made
	sizes    []int    // and the bytes left out up to there
}

// piece copies the piece x, which ends at stop.
func (c *cutter) piece(x piece, stop int) {
	same := x.end-x.start == stop-x.at
	for pos := x.at; len(c.cuts) > 0 && c.cuts[0][0] < stop; c.cuts = c.cuts[1:] {
		from, to := c.cuts[0][0], c.cuts[0][1]
		switch {
		case to > stop || from < pos:
			continue
		case same:
			c.copy(piece{x.at, x.start, x.start + from - x.at}, from)
			c.leave(piece{from, x.start + from - x.at, x.start + to - x.at}, to)
			x = piece{to, x.start + to - x.at, x.end}
			pos = to
		case from == x.at && to == stop:
			c.leave(x, stop)
			c.cuts = c.cuts[1:]
			return
		}
	}
	c.copy(x, stop)
}

// copy adds a piece with its text, which ends at stop.
func (c *cutter) copy(x piece, stop int) {
	if x.at < stop {
		c.to.pieces = append(c.to.pieces, piece{len(c.to.Text), x.start, x.end})
		c.to.Text = append(c.to.Text, c.from.Text[x.at:stop]...)
	}
}

// leave adds a piece without its text.
func (c *cutter) leave(x piece, stop int) {
	c.to.pieces = append(c.to.pieces, piece{len(c.to.Text), x.start, x.end})
	c.done, c.sizes = append(c.done, stop), append(c.sizes, stop-len(c.to.Text))
}

// moved is where an offset of the old text is in the new one.
func (c *cutter) moved(at int) int {
	if i := sort.SearchInts(c.done, at+1); i > 0 {
		return at - c.sizes[i-1]
	}
	return at
}
