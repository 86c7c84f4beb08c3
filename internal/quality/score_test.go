package quality

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/drosshq/dross/filter"
)

// cleanerFunc is a Cleaner made of a function.
type cleanerFunc func(filter.Page) (filter.Result, error)

func (f cleanerFunc) Clean(_ context.Context, p filter.Page) (filter.Result, error) { return f(p) }

func keepAll(p filter.Page) (filter.Result, error) {
	return filter.Result{Verdict: filter.Clean, Content: p.Body}, nil
}

func rejectAll(filter.Page) (filter.Result, error) {
	return filter.Result{Verdict: filter.Rejected}, nil
}

// cut removes the labelled ranges of a corpus that keep reports true for.
func cut(corpus Corpus, keep func(span) bool) cleanerFunc {
	spans := map[string][]span{}
	for _, cases := range [][]Case{corpus.Spam, corpus.Good} {
		for _, c := range cases {
			spans[c.ID] = c.spans
		}
	}
	return func(p filter.Page) (filter.Result, error) {
		res := filter.Result{Verdict: filter.Clean}
		at := 0
		for _, s := range spans[p.ID] {
			if keep(s) {
				continue
			}
			res.Content = append(res.Content, p.Body[at:s.start]...)
			res.Blocks = append(res.Blocks, filter.Block{Start: s.start, End: s.end, Action: filter.Removed})
			res.Verdict, at = filter.Stripped, s.end
		}
		res.Content = append(res.Content, p.Body[at:]...)
		return res, nil
	}
}

func load(t *testing.T) Corpus {
	t.Helper()
	corpus, err := Load(Embedded())
	if err != nil {
		t.Fatal(err)
	}
	return corpus
}

func TestScoreKnownCleaners(t *testing.T) {
	corpus := load(t)
	spam, good := len(corpus.Spam), len(corpus.Good)
	chars := 0
	for _, c := range corpus.Spam {
		for _, s := range c.spans {
			if !s.spam {
				chars += s.chars
			}
		}
	}
	for _, tc := range []struct {
		name                  string
		cleaner               Cleaner
		misses, touched, lost int
		recall, precision     float64
	}{
		{"keeps all", cleanerFunc(keepAll), spam, 0, 0, 0, 0},
		{"perfect", cut(corpus, func(s span) bool { return !s.spam }), 0, 0, 0, 1, 1},
		{"cuts the legitimate text", cut(corpus, func(s span) bool { return s.spam }), spam, good, chars, 0, 0},
		{"rejects all", cleanerFunc(rejectAll), 0, good, chars, 1, float64(spam) / float64(spam+good)},
	} {
		t.Run(tc.name, func(t *testing.T) {
			rep, err := Score(t.Context(), corpus, tc.cleaner)
			if err != nil {
				t.Fatal(err)
			}
			if len(rep.Misses) != tc.misses || len(rep.Touched) != tc.touched {
				t.Errorf("%d misses, %d touched; want %d, %d", len(rep.Misses), len(rep.Touched), tc.misses, tc.touched)
			}
			if got := rep.Recall(true, true); got != tc.recall {
				t.Errorf("recall %v, want %v", got, tc.recall)
			}
			if got := rep.Precision(); got != tc.precision {
				t.Errorf("precision %v, want %v", got, tc.precision)
			}
			if got := rep.row("all/all").lost; got != tc.lost {
				t.Errorf("%d legitimate characters lost, want %d", got, tc.lost)
			}
		})
	}
}

func TestCount(t *testing.T) {
	phrase := func(start, end, chars int) span { return span{start: start, end: end, spam: true, chars: chars} }
	text := span{start: 20, end: 30, chars: 10}
	for _, tc := range []struct {
		name                string
		spans               []span
		gone                []byteRange
		phrases, left, lost int
	}{
		{"nothing gone", []span{phrase(0, 10, 10), text}, nil, 1, 1, 0},
		{"all gone", []span{phrase(0, 10, 10), text}, []byteRange{{0, 30}}, 1, 0, 10},
		{"nearly all of a phrase", []span{phrase(0, 10, 10), text}, []byteRange{{0, 9}}, 1, 0, 0},
		{"most of a phrase", []span{phrase(0, 10, 10), text}, []byteRange{{0, 8}}, 1, 1, 0},
		{"a range over two spans", []span{phrase(0, 10, 10), text}, []byteRange{{0, 23}}, 1, 0, 3},
		{"two ranges in one span", []span{phrase(0, 10, 10), text}, []byteRange{{21, 22}, {24, 26}}, 1, 1, 3},
		{"a short phrase beside a long one", []span{phrase(0, 2, 2), phrase(4, 10, 6)}, []byteRange{{4, 10}}, 1, 0, 0},
		{"only short phrases", []span{phrase(0, 2, 2), phrase(4, 6, 2)}, []byteRange{{4, 6}}, 2, 1, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := count(tc.spans, tc.gone)
			if got.phrases != tc.phrases || got.left != tc.left || got.lost != tc.lost {
				t.Errorf("%d phrases, %d left, %d lost; want %d, %d, %d", got.phrases, got.left, got.lost, tc.phrases, tc.left, tc.lost)
			}
		})
	}
}

func TestRemovedIsFivePercent(t *testing.T) {
	for _, tc := range []struct {
		phrases, left int
		want          bool
	}{{20, 1, true}, {20, 2, false}, {19, 1, false}, {1, 0, true}, {1, 1, false}, {100, 5, true}} {
		if got := (result{phrases: tc.phrases, left: tc.left}).removed(); got != tc.want {
			t.Errorf("%d of %d phrases left: removed %v, want %v", tc.left, tc.phrases, got, tc.want)
		}
	}
}

func TestScoreRefusesWrongRanges(t *testing.T) {
	corpus := load(t)
	broken := errors.New("broken")
	block := func(start, end int) filter.Block {
		return filter.Block{Start: start, End: end, Action: filter.Removed}
	}
	for _, tc := range []struct {
		name string
		res  func(filter.Page) filter.Result
		err  error
		want string
	}{
		{"an error", func(filter.Page) filter.Result { return filter.Result{} }, broken, "broken"},
		{"a lost byte", func(p filter.Page) filter.Result { return filter.Result{Verdict: filter.Clean, Content: p.Body[1:]} }, nil, "less its removed ranges"},
		{"past the end", func(p filter.Page) filter.Result {
			return filter.Result{Verdict: filter.Stripped, Blocks: []filter.Block{block(0, len(p.Body)+1)}}
		}, nil, "outside"},
		{"overlap", func(p filter.Page) filter.Result {
			return filter.Result{Verdict: filter.Stripped, Content: p.Body[6:], Blocks: []filter.Block{block(0, 4), block(2, 6)}}
		}, nil, "out of order"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Score(t.Context(), corpus, cleanerFunc(func(p filter.Page) (filter.Result, error) { return tc.res(p), tc.err }))
			if err == nil || !strings.Contains(err.Error(), tc.want) || !strings.Contains(err.Error(), corpus.Spam[0].ID) {
				t.Errorf("error %v; want one that names the page and says %q", err, tc.want)
			}
			if tc.err != nil && !errors.Is(err, tc.err) {
				t.Errorf("error %v does not wrap its cause", err)
			}
		})
	}
}

func TestKeptBlocksAreNotRemoved(t *testing.T) {
	corpus := load(t)
	rep, err := Score(t.Context(), corpus, cleanerFunc(func(p filter.Page) (filter.Result, error) {
		return filter.Result{Verdict: filter.Clean, Content: p.Body, Blocks: []filter.Block{{Start: 0, End: len(p.Body), Action: filter.Kept}}}, nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	if len(rep.Misses) != len(corpus.Spam) || len(rep.Touched) != 0 {
		t.Errorf("%d misses, %d touched", len(rep.Misses), len(rep.Touched))
	}
}
