// Package readme holds the tests that keep the documents true: the shell blocks
// of README.md run and print what it says, its Go code is an example that is
// compiled and checked, and the links of all documents lead somewhere. It has no
// code of its own.
//
// A block of README.md is tested when a comment stands on the line above it:
//
//	<!-- run -->               a shell block; it must end with exit code 0
//	<!-- run exit=3 -->        the same, with another code
//	<!-- run with=service -->  the same, with "dross serve" at localhost:8866
//	<!-- output -->            lines that the last run must have printed, on
//	                           either stream, in that order; "..." skips some
//	<!-- example -->           Go code: the body of Example in package filter
//
// Commands run in a folder of their own with the sample page, crawl.warc and
// pages.ndjson in it; those with "go run", in the root of the repository.
package readme
