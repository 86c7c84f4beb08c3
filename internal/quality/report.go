package quality

import "github.com/drosshq/dross/filter"

// Report is the outcome of Score.
type Report struct {
	// Misses are the spam pages whose block was not removed, in corpus order.
	Misses []Miss
	// Touched are the good pages that were changed, in corpus order.
	Touched []Touch
	// Hurt are the spam pages that lost legitimate text, in corpus order.
	Hurt []Touch

	rows map[string]*row
	good map[string]*goodRow
}

// Miss is a spam page whose block stayed, or stayed in part.
type Miss struct {
	ID, Lang, Shape string
	Zone            filter.Zone
	HeldOut         bool
	// Left of Phrases remain.
	Left, Phrases int
}

// Touch is a page that lost legitimate characters, Lost of Chars. A good page
// may be touched without losing text.
type Touch struct {
	ID, Lang, Kind string
	Verdict        filter.Verdict
	Lost, Chars    int
}

// tally counts pages of one split.
type tally struct{ pages, removed int }

type row struct {
	seen, held  tally
	chars, lost int
}

type goodRow struct{ pages, touched, chars, lost int }

func (r *Report) addSpam(c *Case, out result) {
	form := "text"
	if c.HTML() {
		form = "html"
	}
	for _, key := range []string{"all/all", "category/" + string(c.Category), "language/" + c.Lang,
		"shape/" + c.Shape, "zone/" + string(c.Zone), "form/" + form} {
		r.row(key).add(c.HeldOut, out)
	}
	if !out.removed() {
		r.Misses = append(r.Misses, Miss{ID: c.ID, Lang: c.Lang, Shape: c.Shape, Zone: c.Zone, HeldOut: c.HeldOut, Left: out.left, Phrases: out.phrases})
	}
	if out.lost > 0 {
		r.Hurt = append(r.Hurt, Touch{ID: c.ID, Lang: c.Lang, Kind: c.Shape, Verdict: out.verdict, Lost: out.lost, Chars: out.legit})
	}
}

func (r *Report) row(key string) *row {
	if r.rows == nil {
		r.rows = map[string]*row{}
	}
	if r.rows[key] == nil {
		r.rows[key] = &row{}
	}
	return r.rows[key]
}

func (r *row) add(heldOut bool, out result) {
	t := &r.seen
	if heldOut {
		t = &r.held
	}
	t.pages++
	if out.removed() {
		t.removed++
	}
	r.chars += out.legit
	r.lost += out.lost
}

func (r *Report) addGood(c *Case, out result) {
	if r.good == nil {
		r.good = map[string]*goodRow{}
	}
	for _, key := range []string{"all/all", "kind/" + c.Kind, "language/" + c.Lang} {
		g := r.good[key]
		if g == nil {
			g = &goodRow{}
			r.good[key] = g
		}
		g.pages++
		g.chars += out.legit
		g.lost += out.lost
		if out.touched {
			g.touched++
		}
	}
	if out.touched {
		r.Touched = append(r.Touched, Touch{ID: c.ID, Lang: c.Lang, Kind: c.Kind, Verdict: out.verdict, Lost: out.lost, Chars: out.legit})
	}
}

// Pages returns how many spam and good pages were scored.
func (r *Report) Pages() (spam, good int) {
	return r.row("all/all").total().pages, r.goodAll().pages
}

// Recall is the share of spam pages whose block was removed, in a split or,
// with both false, 0.
func (r *Report) Recall(seen, heldOut bool) float64 {
	var t tally
	all := r.row("all/all")
	if seen {
		t = t.plus(all.seen)
	}
	if heldOut {
		t = t.plus(all.held)
	}
	return share(t.removed, t.pages)
}

// Precision is the share of right ones among the pages that were changed:
// removed spam pages against touched good ones; 0 when there is neither.
func (r *Report) Precision() float64 {
	removed := r.row("all/all").total().removed
	return share(removed, removed+r.goodAll().touched)
}

func (r *Report) goodAll() goodRow {
	if g := r.good["all/all"]; g != nil {
		return *g
	}
	return goodRow{}
}

func (t tally) plus(o tally) tally { return tally{t.pages + o.pages, t.removed + o.removed} }

func (r *row) total() tally { return r.seen.plus(r.held) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
