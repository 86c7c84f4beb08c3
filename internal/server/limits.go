package server

import (
	"runtime"
	"time"
)

// Limits bound what clients can ask for. A field of 0 takes its default.
type Limits struct {
	// PageSize is the largest page in bytes, after Content-Encoding; 64 MiB.
	PageSize int64
	// WireSize is the largest body as sent, in bytes; 64 MiB.
	WireSize int64
	// RecordSize is the longest line of a batch, in bytes; 16 MiB.
	RecordSize int64
	// BodyMemory is what all bodies and answers may hold together, in bytes; 512 MiB.
	BodyMemory int64
	// Concurrency is how many pages are judged at once; GOMAXPROCS.
	Concurrency int
	// Queue is how many pages wait for their turn; 64 for each judged at once.
	Queue int
	// QueueTimeout is the longest wait in the queue; 1 s.
	QueueTimeout time.Duration
	// RequestTimeout is for one page, from its head in to its last byte out; 30 s.
	RequestTimeout time.Duration
	// Batches is how many batch streams may be open; 4 for each page judged at once.
	Batches int
	// BatchIdle is the longest pause of a batch stream, in or out; 60 s.
	BatchIdle time.Duration
}

func (l Limits) withDefaults() Limits {
	fill(&l.PageSize, 64<<20)
	fill(&l.WireSize, 64<<20)
	fill(&l.RecordSize, 16<<20)
	fill(&l.BodyMemory, 512<<20)
	fill(&l.Concurrency, runtime.GOMAXPROCS(0))
	fill(&l.Queue, 64*l.Concurrency)
	fill(&l.QueueTimeout, time.Second)
	fill(&l.RequestTimeout, 30*time.Second)
	fill(&l.Batches, 4*l.Concurrency)
	fill(&l.BatchIdle, time.Minute)
	return l
}

func fill[T ~int | ~int64](p *T, def T) {
	if *p == 0 {
		*p = def
	}
}
