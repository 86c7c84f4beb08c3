package lists

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

const revisionPrefix = "sha256:"

// Revision is "sha256:" and the hex digest of all entries in a canonical
// order. It changes when category, language, strength, weight or term of any
// entry does; comments, sources, the order and the division into files do not
// count.
func (s *Set) Revision() string {
	if s.revision == "" { // the zero Set
		return revision(s)
	}
	return s.revision
}

func revision(s *Set) string {
	lines := make([]string, 0, s.count)
	for e := range s.Entries() {
		lines = append(lines, string(e.Category)+"\t"+e.Lang+"\t"+entryLine(e)+"\n")
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(slices.Compact(lines), "")))
	return revisionPrefix + hex.EncodeToString(sum[:])
}
