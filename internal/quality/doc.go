// Package quality holds dross's own labelled pages and scores a filter on them.
//
// The corpus is made, not crawled. Its sources are plain text under testdata:
//
//	spam/     phrases of injected blocks, by category and language, in families
//	heldout/  the same; every third family, never read by whoever writes lists
//	body/     legitimate pages that the blocks are injected into
//	filler/   innocent search queries that pad blocks
//	good/     legitimate pages that look risky to a word filter
//	allow/    harmless phrases that hold a risky word
//
// Load composes pages from them: each family of phrases names recipes ("a
// header line with underscores at the end", "links in a hidden div"), and each
// recipe builds one page around a body of the family's language. Composition
// depends on the sources alone: the same sources give the same bytes.
//
// Score runs a Cleaner over all pages. A spam page counts as removed when at
// most 5 % of its block phrases remain, a good page as touched when any byte
// of it changes. The report prints as a table of fixed columns, which is
// committed, so that a change of lists or scoring shows its effect in review.
package quality
