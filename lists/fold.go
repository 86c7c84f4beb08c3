package lists

import "github.com/drosshq/dross/internal/normalize"

// fold is how page text and terms become comparable.
func fold(s string) string { return normalize.String(s) }
