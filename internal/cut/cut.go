// Package cut removes ranges from bytes and keeps everything else as it is.
package cut

import (
	"sort"

	"github.com/drosshq/dross/internal/page"
)

// Union sorts ranges and joins those that overlap or touch; empty ones go.
func Union(ranges []page.Range) []page.Range {
	sorted := make([]page.Range, 0, len(ranges))
	for _, r := range ranges {
		if r.Start < r.End {
			sorted = append(sorted, r)
		}
	}
	sort.Slice(sorted, func(i, j int) bool { return sorted[i].Start < sorted[j].Start })
	out := sorted[:0]
	for _, r := range sorted {
		if n := len(out); n > 0 && r.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, r.End)
			continue
		}
		out = append(out, r)
	}
	return out
}

// Bytes counts the bytes of disjoint ranges.
func Bytes(ranges []page.Range) int {
	n := 0
	for _, r := range ranges {
		n += r.End - r.Start
	}
	return n
}

// Apply returns b less its ranges, which are sorted and disjoint. Without ranges
// it is b itself.
func Apply(b []byte, ranges []page.Range) []byte {
	if len(ranges) == 0 {
		return b
	}
	return Append(make([]byte, 0, len(b)-Bytes(ranges)), b, ranges)
}

// Append appends b less its ranges to out.
func Append(out, b []byte, ranges []page.Range) []byte {
	pos := 0
	for _, r := range ranges {
		out = append(out, b[pos:r.Start]...)
		pos = r.End
	}
	return append(out, b[pos:]...)
}

// Compose returns the ranges of the input that go when first is cut from it and
// then second from what remains. Both are sorted and disjoint. A range of second
// that spans a place where first was cut takes that place in.
func Compose(first, second []page.Range) []page.Range {
	out := append([]page.Range(nil), first...)
	for _, r := range second {
		out = append(out, Back(first, r))
	}
	return Union(out)
}

// Back maps a range of the remaining bytes to the input that first was cut from.
func Back(first []page.Range, r page.Range) page.Range {
	start, end := r.Start, r.End
	for _, x := range first {
		if x.Start <= start {
			start += x.End - x.Start
		}
		if x.Start < end {
			end += x.End - x.Start
		}
	}
	return page.Range{Start: start, End: end}
}
