package warc

import (
	"crypto/md5"  //nolint:gosec // the file's own choice; it is no protection
	"crypto/sha1" //nolint:gosec // as above
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/hex"
	"hash"
	"strings"
)

// newDigest computes the digest of data in the algorithm and the writing of an
// old one, such as "sha1:" and base32. It reports false for ones it does not
// know.
func newDigest(old string, data ...[]byte) (string, bool) {
	name, value, ok := strings.Cut(old, ":")
	if !ok {
		return "", false
	}
	var h hash.Hash
	switch strings.ToLower(strings.ReplaceAll(name, "-", "")) {
	case "sha1":
		h = sha1.New() //nolint:gosec // as above
	case "md5":
		h = md5.New() //nolint:gosec // as above
	case "sha256":
		h = sha256.New()
	case "sha512":
		h = sha512.New()
	default:
		return "", false
	}
	for _, d := range data {
		h.Write(d)
	}
	sum := h.Sum(nil)
	value = strings.TrimSpace(value)
	upper := strings.ToUpper(value) == value
	text := base32.StdEncoding.EncodeToString(sum)
	switch {
	case len(value) == hex.EncodedLen(len(sum)):
		text = hex.EncodeToString(sum)
		upper = upper && strings.ToLower(value) != value
	case !strings.HasSuffix(value, "="):
		text = strings.TrimRight(text, "=")
	}
	if upper {
		return name + ":" + strings.ToUpper(text), true
	}
	return name + ":" + strings.ToLower(text), true
}
