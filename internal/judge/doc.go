// Package judge turns matches in the segments of a page into a decision on
// blocks: evidence, score, reasons, and the part of the text that should go.
//
// The verdict is the block's. A match says only that an entry occurs; what
// counts is how much of a text such entries cover, whether the text is built
// like a list of search phrases or like prose, where it stands, and what the
// rest of the page is about.
package judge
