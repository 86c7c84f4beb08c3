// Package filter finds injected spam blocks in a page and cuts them out byte
// for byte.
//
// Most users need two calls:
//
//	f, err := filter.New(set, filter.Options{})
//	res, err := f.Clean(ctx, filter.Page{ContentType: "text/html", Body: body})
//
// A page is bytes and a content type. The result holds the page less its
// removed ranges, in the charset it came in, and says of each block what was
// found and why it crossed the line.
//
// # Concurrency
//
// A Filter never changes after New and keeps no state from one page to the
// next; any number of goroutines may share it. It does no I/O, logs nothing
// and starts no goroutine. Page.Body is read and never written; Result.Content
// of a clean page is that same slice, so the caller must not change the one
// while it uses the other.
//
// # Limits
//
// A page above Options.MaxBytes is refused with a *LimitError that names the
// limit. Time and memory grow linearly with the page; a cancelled context ends
// the work with the context's error. There is no partial result.
//
// # Security considerations
//
// Pages are hostile input. Nothing in a page is executed, fetched or resolved.
// Keywords of a result come from the lists and may be obscene: do not copy them
// to logs or metric labels.
package filter
