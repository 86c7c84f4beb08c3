// Package warc reads and writes WARC files (1.0, 1.1 and older drafts; plain or
// gzip with one member a record) and filters the pages in them.
//
// Run judges three kinds of record: responses that hold HTTP, resources, and
// conversions (the text of WET files). Bodies in chunks and in gzip, deflate,
// Brotli or Zstandard are decoded to be judged. Everything else, and every page
// that nothing is removed from, is passed on byte for byte; where input and
// output are both gzip, its compressed bytes are.
//
// # Changed records
//
// A record that loses a block keeps its type, its WARC-Record-ID and its place,
// so that what refers to it still does. Its body is written plain: the HTTP
// fields Content-Encoding and Transfer-Encoding go, Content-Length is right,
// and fields that vouch for the old bytes (Content-MD5, Digest, Content-Digest,
// Repr-Digest) go too. WARC-Block-Digest and WARC-Payload-Digest are computed
// anew in the algorithm and the writing they had. The record says so itself, in
// extension fields, which readers have to ignore when they do not know them:
//
//	WARC-Dross-Verdict: stripped
//	WARC-Dross-Removed-Bytes: 812
//	WARC-Dross-Categories: adult
//	WARC-Dross-Lists: sha256:...
//
// Revisit records still carry the digest of the unchanged page.
//
// # Broken files
//
// A part that is no whole record (cut off, a wrong length, damaged compression)
// is reported with its offset, passed on as it is, and the run goes on at the
// next record that can be found. Nothing is lost.
//
// # Limits
//
// Memory is that of one record of at most Options.MaxRecord bytes, decoded;
// longer ones are passed on unjudged and reported. A head of a record is at most
// 1 MiB.
package warc
