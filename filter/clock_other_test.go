//go:build !unix

package filter_test

import "time"

var began = time.Now()

// clock is the time since the start, where the system does not tell what the
// process has used.
func clock() time.Duration { return time.Since(began) }
