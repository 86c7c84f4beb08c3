package match

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/drosshq/dross/internal/normalize"
	"github.com/drosshq/dross/lists"
)

// fragments are what random text and patterns are made of: few, so that they meet.
var fragments = []string{
	"a", "b", "v", "i", "A", "I", "V", "а", "в", "С", "c", "α", "é", "đ", "ﬁ", "𝓪", "1", "2", "９", "av", "porn", "bcvi",
	" ", "  ", "\u3000", "-", "_", ".", "/", "+", "★", "・", "，", "&", "|", "丨", "\n",
	"无", "旡", "码", "碼", "國", "国", "人", "妻", "㍿", "会", "社",
	"カ", "ｶ", "ﾞ", "\u3099", "\u309a", "ジ", "ハ", "ノ", "ー", "가", "나", "노", "다", "ส", "ล็", "อ",
	"\u200b", "\u0301", "\u00ad", "\U000E0101", "ع", "व", "\xff", "😀",
}

// scene is random text in segments and pieces.
type scene struct {
	segments [][]piece
}

func newScene(rng *rand.Rand) scene {
	var s scene
	at := 10
	for range 1 + rng.IntN(3) {
		var segment []piece
		sep := fragments[22+rng.IntN(13)]
		spaced := rng.IntN(3) == 0
		for range rng.IntN(24) {
			text := fragments[rng.IntN(len(fragments))]
			for rng.IntN(2) == 0 {
				if spaced {
					text += sep
				}
				text += fragments[rng.IntN(len(fragments))]
			}
			if spaced {
				text += sep
			}
			to := at + len(text)
			if rng.IntN(5) == 0 {
				to += 1 + rng.IntN(4) // as a character reference
			}
			segment = append(segment, piece{text, at, to})
			at = to
		}
		s.segments = append(s.segments, segment)
		at += 3
	}
	return s
}

func randomPatterns(rng *rand.Rand) []Pattern {
	var out []Pattern
	literal := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString(fragments[rng.IntN(len(fragments)-8)])
		}
		return b.String()
	}
	for range 12 {
		p := Pattern{Term: literal(1 + rng.IntN(4)), Gate: rng.IntN(3) > 0}
		if rng.IntN(4) == 0 {
			class := lists.Part{Class: lists.ClassKind(1 + rng.IntN(3)), Min: rng.IntN(2), Max: 1 + rng.IntN(4)}
			if class.Class == lists.Spaces {
				class.Min, class.Max = 0, lists.MaxRun
			}
			p.Parts = [][]lists.Part{
				{{Literal: p.Term}, class},
				{class, {Literal: p.Term}},
				{{Literal: p.Term}, class, {Literal: literal(1)}},
				{class, {Literal: p.Term}, class},
			}[rng.IntN(4)]
		}
		if usable(p) {
			out = append(out, p)
		}
	}
	return out
}

// usable reports whether anything is left of every literal, and one is clearly
// the longest, so that engine and twin agree on the key.
func usable(p Pattern) bool {
	var sizes []int
	for _, part := range p.parts() {
		if part.Class == lists.NoClass {
			text := strings.Trim(string(naiveTerm(part.Literal, nil)), " ")
			if text == "" {
				return false
			}
			sizes = append(sizes, naiveSize(text))
		}
	}
	return len(sizes) == 1 || sizes[0] > 2*sizes[1]
}

// fill puts a scene into a haystack; joined appends each segment in one call.
func (s scene) fill(m *Matcher, mapped, joined bool) *Haystack {
	h := new(Haystack)
	for _, segment := range s.segments {
		h.Break()
		var all []byte
		for _, p := range segment {
			switch {
			case mapped:
				m.AppendAt(h, []byte(p.text), p.from, p.to)
			case joined:
				all = append(all, p.text...)
			default:
				m.Append(h, []byte(p.text))
			}
		}
		m.Append(h, all)
	}
	return h
}

func checkScene(t *testing.T, m *Matcher, w *twin, patterns []Pattern, s scene) (found int) {
	t.Helper()
	mapped := s.fill(m, true, false)
	for _, joined := range []bool{false, true} {
		if plain := s.fill(m, false, joined); !bytes.Equal(codesOf(plain), codesOf(mapped)) {
			t.Fatalf("codes differ (joined %v)\nplain  %v\nmapped %v\n%+v", joined, plain.codes, mapped.codes, s)
		}
	}
	gate := false
	for i, segment := range s.segments {
		var got []sourceMatch
		start, end := mapped.Segment(i)
		m.Each(mapped, start, end, func(mt Match) bool {
			from, to := mapped.Source(mt.Start, mt.End)
			got = append(got, sourceMatch{mt.Pattern, from, to})
			gate = gate || patterns[mt.Pattern].Gate
			checkSource(t, patterns[mt.Pattern], segment, from, to)
			return true
		})
		want := w.find(segment)
		sortMatches(got)
		sortMatches(want)
		if !slices.Equal(got, want) {
			t.Fatalf("segment %+v\ngot  %s\nwant %s", segment, describe(patterns, got), describe(patterns, want))
		}
		found += len(got)
	}
	for _, h := range []*Haystack{mapped, s.fill(m, false, true)} {
		if any := m.Any(h); any != gate {
			t.Fatalf("Any says %v, Each %v for %+v", any, gate, s)
		}
	}
	return found
}

func codesOf(h *Haystack) []byte {
	h.seal()
	return h.codes
}

func describe(patterns []Pattern, ms []sourceMatch) string {
	var b strings.Builder
	for _, m := range ms {
		fmt.Fprintf(&b, "%+v %d-%d; ", patterns[m.pattern].parts(), m.from, m.to)
	}
	return b.String()
}

// checkSource holds the text that a literal match was read from against its term.
func checkSource(t *testing.T, p Pattern, segment []piece, from, to int) {
	t.Helper()
	if len(p.Parts) > 0 {
		return
	}
	var text strings.Builder
	for _, pc := range segment {
		switch {
		case pc.to <= from || pc.from >= to:
		case pc.to-pc.from == len(pc.text):
			text.WriteString(pc.text[max(0, from-pc.from):min(len(pc.text), to-pc.from)])
		default:
			text.WriteString(pc.text)
		}
	}
	if got, want := lettersOf(text.String()), lettersOf(p.Term); !strings.Contains(got, want) {
		t.Fatalf("term %+q was matched in %+q", p.Term, text.String())
	}
}

// lettersOf is what a text folds to, letters and digits alone.
func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if kindOf(r) == kindNone {
			return -1
		}
		return r
	}, normalize.String(s))
}

// ballast takes the one-byte codes, so that others need two bytes.
var ballast = Pattern{Term: strings.Repeat(commonHan[:900], 30)}

func TestEngineAgreesWithNaiveTwin(t *testing.T) {
	found, runs := 0, 600
	if testing.Short() {
		runs = 100
	}
	for seed := range uint64(runs) {
		rng := rand.New(rand.NewPCG(seed, 7))
		patterns := randomPatterns(rng)
		if seed%2 == 0 {
			patterns = append(patterns, ballast)
		}
		m, err := New(patterns)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if long := m.code('码') > 0xFF; seed%2 == 0 && m.codes['码'] != 0 && !long {
			t.Fatalf("seed %d: no two-byte codes", seed)
		}
		w := newTwin(patterns)
		for range 30 {
			found += checkScene(t, m, w, patterns, newScene(rng))
		}
	}
	if found < 20*runs {
		t.Errorf("only %d matches in %d runs: the test shows too little", found, runs)
	}
}

func FuzzMatch(f *testing.F) {
	f.Add("casino online", "无码", "Buy CASINO-online 国产I无码 v i a g r a", uint64(1))
	f.Fuzz(func(t *testing.T, a, b, text string, seed uint64) {
		rng := rand.New(rand.NewPCG(seed, 1))
		var patterns []Pattern
		for _, term := range []string{a, b} {
			if p := (Pattern{Term: term, Gate: rng.IntN(2) == 0}); len(term) < 60 && usable(p) {
				patterns = append(patterns, p)
			}
		}
		m, err := New(patterns)
		if err != nil {
			t.Fatal(err)
		}
		if m.lastSep == firstFree+maxSigns-1 {
			t.Skip("so many signs that not all count as separators")
		}
		checkScene(t, m, newTwin(patterns), patterns, scene{segments: [][]piece{{{text, 5, 5 + len(text)}}, {{a + b, 0, 1}}}})
	})
}
