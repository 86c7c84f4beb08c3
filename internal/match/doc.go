// Package match finds many patterns in one pass over text.
//
// Text is folded by package normalize and re-encoded into short codes: one byte
// for frequent characters and for the classes of characters that no pattern
// holds, two bytes for the rest. A Haystack collects the codes of one page; a
// Matcher, built once from all patterns, answers two questions about it:
//
//   - Any and Gates: does a gate pattern occur, and where? An Aho-Corasick
//     automaton over short anchors (github.com/cloudflare/ahocorasick) rules out
//     most blocks of text, a trie confirms the rest. In words of the letters a to
//     z, and where the lists are so long that the anchors rule out little, the
//     trie goes alone.
//   - Each: where does which pattern occur? The trie walks from every character.
//
// A Matcher never changes after New and may be shared; a Haystack belongs to
// one goroutine at a time.
//
// Both ways to fill a Haystack, Append and AppendAt, give the same codes; only
// the second keeps the place in the source. In both, words with one separator
// between every two letters ("v i a g r a") are joined, and a capital I between
// Chinese characters is a bar.
//
// # Limits
//
// The patterns together may hold about ten thousand distinct characters.
// Source offsets are kept in 32 bits: a page must be smaller than 2 GiB.
package match
