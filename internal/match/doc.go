// Package match finds many patterns in one pass over text.
//
// Text is folded by package normalize and re-encoded into short codes: one byte
// for frequent characters and for the classes of characters that no pattern
// holds, two bytes for the rest. A Haystack collects the codes of one page; a
// Matcher, built once from all patterns, answers two questions about it:
//
//   - Any: does any gate pattern occur? An Aho-Corasick automaton over short
//     anchors (github.com/cloudflare/ahocorasick) rules out nearly all text, a
//     trie confirms what is left.
//   - Each: where does which pattern occur? The trie walks from every character.
//
// A Matcher never changes after New and may be shared; a Haystack belongs to
// one goroutine at a time.
//
// # Limits
//
// The patterns together may hold about ten thousand distinct characters.
// Source offsets are kept in 32 bits: a page must be smaller than 2 GiB.
package match
