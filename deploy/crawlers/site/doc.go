// Command site makes the pages that the crawler examples are tested with,
// serves them, and compares what a crawler stored with what it should have.
//
//	site serve -addr-file FILE [-pages N]     serves until it is ended
//	site write -dir DIR [-pages N]            writes served/, expected/ and manifest.tsv
//	site compare -got DIR [-pages N] [-utf8] [-want filtered|served|none]
//
// A page is made of three parts: what is before a block, the block, and what is
// after it. What is expected is the page put together without its blocks, so it
// does not depend on any filter. One page in five has blocks; one in fifty
// is made of nothing else, and no crawler should store it. The phrases of the
// blocks are entries of the shipped lists.
package main
