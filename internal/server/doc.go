// Package server is the HTTP service: routes, negotiation, limits, overload,
// problem responses and health. It judges nothing itself.
//
// A request to POST /v1/filter goes through these steps:
//
//  1. The head is checked: method, type, query. A full queue refuses here, and
//     does not wait for the body.
//  2. The body is read as it was sent, up to Limits.WireSize. Its memory comes
//     from a budget that all requests share; a slow sender holds nothing else.
//  3. The request waits for one of Limits.Concurrency slots, for at most
//     Limits.QueueTimeout.
//  4. In its slot the body is decompressed up to Limits.PageSize, judged, and
//     the answer is made ready, compressed where the client asks for it.
//  5. The slot is given back before the answer is written, so that a slow
//     reader holds nothing but its answer's memory.
//
// # Limits
//
// Bodies and answers of POST /v1/filter together never hold more than
// Limits.BodyMemory. On top come, for each page in a slot, its decoder's window
// (at most 16 MiB), its tree (at most 110 MiB) and what else the filter and the
// answer's form need: some eight times a usual page, up to 80 times one of nothing
// but short listed lines; and for each open batch twice Limits.RecordSize. The
// collector may let as much again lie about, unless GOMEMLIMIT holds it:
//
//	2 * (BodyMemory + Concurrency * (128 MiB + 80 * PageSize) + Batches * 2 * RecordSize + Connections * 32 KiB)
//
// is the bound under any mix of requests, beside the lists.
//
// # Overload
//
// There is one answer to it: 503 with Retry-After. 429 would say that this one
// client asks too much, and the service does not tell clients apart: it serves
// a few crawlers that its operator trusts, often through one proxy, and a share
// for each would leave processors idle while pages wait.
//
// # Security considerations
//
// Pages are hostile; answers go out with nosniff and a sandbox policy, so that
// a browser does not run them in the service's origin. Logs above debug and
// metric labels hold no page text, no keyword and no URL.
package server
