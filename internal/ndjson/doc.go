// Package ndjson judges pages that come as newline-delimited JSON, one record a
// line, and writes one result a line in the same order. The command "batch" and
// POST /v1/batch are both this package.
//
// A record is
//
//	{"id": "42", "url": "https://...", "content_type": "text/html", "content": "..."}
//
// with content_base64 in place of content for bytes that are not UTF-8. The id
// is a string or a number and is echoed as it was written. What content holds
// is Unicode text, so its charset is UTF-8 whatever content_type or the page
// itself declares; content_base64 is judged as the declared charset says.
// Unknown fields are ignored, blank lines are skipped.
//
// A line that cannot be judged yields {"id":...,"error":{"code","message","line"}}
// and the run goes on. Codes are listed at Code.
//
// # Limits
//
// A line longer than Options.MaxRecord is skipped with an error record. Bytes of
// records under way are held under Options.MaxInFlight, or to one record where
// that alone is longer.
package ndjson
