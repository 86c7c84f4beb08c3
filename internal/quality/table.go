package quality

import (
	"fmt"
	"io"
	"strings"
)

// WriteTable writes the golden table: fixed columns, sorted rows, no times.
func (r *Report) WriteTable(w io.Writer) error {
	var b strings.Builder
	all, good := r.row("all/all"), r.goodAll()
	fmt.Fprintf(&b, "recall            %.4f   %d of %d spam pages\n", share(all.total().removed, all.total().pages), all.total().removed, all.total().pages)
	fmt.Fprintf(&b, "recall seen       %.4f   %d of %d\n", share(all.seen.removed, all.seen.pages), all.seen.removed, all.seen.pages)
	fmt.Fprintf(&b, "recall held out   %.4f   %d of %d\n", share(all.held.removed, all.held.pages), all.held.removed, all.held.pages)
	fmt.Fprintf(&b, "precision         %.4f   %d of %d good pages touched\n", r.Precision(), good.touched, good.pages)
	fmt.Fprintf(&b, "lost beside block %.6f %d of %d characters\n", share(all.lost, all.chars), all.lost, all.chars)
	fmt.Fprintf(&b, "lost in good      %.6f %d of %d characters\n\n", share(good.lost, good.chars), good.lost, good.chars)
	fmt.Fprintf(&b, "%-9s %-15s %6s %8s %7s %6s %7s %6s %8s %6s\n", "spam by", "", "pages", "removed", "recall", "seen", "recall", "held", "recall", "lost")
	for _, key := range sortedKeys(r.rows) {
		group, name, _ := strings.Cut(key, "/")
		x := r.rows[key]
		t := x.total()
		fmt.Fprintf(&b, "%-9s %-15s %6d %8d %7.3f %6d %7.3f %6d %8.3f %6d\n", group, name, t.pages, t.removed, share(t.removed, t.pages),
			x.seen.pages, share(x.seen.removed, x.seen.pages), x.held.pages, share(x.held.removed, x.held.pages), x.lost)
	}
	fmt.Fprintf(&b, "\n%-9s %-15s %6s %8s %8s %6s\n", "good by", "", "pages", "touched", "chars", "lost")
	for _, key := range sortedKeys(r.good) {
		group, name, _ := strings.Cut(key, "/")
		g := r.good[key]
		fmt.Fprintf(&b, "%-9s %-15s %6d %8d %8d %6d\n", group, name, g.pages, g.touched, g.chars, g.lost)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteMisses lists the ids of missed, touched and hurt pages, without their text.
func (r *Report) WriteMisses(w io.Writer) error {
	var b strings.Builder
	for _, m := range r.Misses {
		fmt.Fprintf(&b, "missed  %-44s %-10s %-9s %d of %d phrases left\n", m.ID, m.Shape, m.Zone, m.Left, m.Phrases)
	}
	for _, group := range []struct {
		word  string
		pages []Touch
	}{{"touched", r.Touched}, {"hurt", r.Hurt}} {
		for _, t := range group.pages {
			fmt.Fprintf(&b, "%-7s %-44s %-10s %-9s %d of %d characters lost\n", group.word, t.ID, t.Kind, t.Verdict, t.Lost, t.Chars)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
