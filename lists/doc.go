// Package lists reads, checks, merges and writes keyword lists, and embeds the
// lists that dross ships. It knows no HTML and no matching.
package lists
