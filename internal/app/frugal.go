package app

import (
	"runtime"
	"runtime/debug"
	"sync"
)

// frugalPercent is how much garbage, in percent of what is in use, may stand
// while lists are compiled; usually it is 100.
const frugalPercent = 20

// frugalLock: the collector belongs to the process, and several apps may live in it.
var frugalLock sync.Mutex

// frugal keeps memory low until the returned function is called. A reload is the
// most that a service ever needs: two compiled sets of lists, and what compiling
// leaves behind. Containers are sized by it, and it is rare, so the collector may
// cost more meanwhile.
func frugal() (end func()) {
	frugalLock.Lock()
	before := debug.SetGCPercent(frugalPercent)
	if before >= 0 && before < frugalPercent {
		debug.SetGCPercent(before)
	}
	runtime.GC() // else the percentage counts from what was in use at the last one
	return func() {
		debug.SetGCPercent(before)
		frugalLock.Unlock()
	}
}
