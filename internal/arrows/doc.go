// Package arrows holds the test that keeps the packages of dross pointing one
// way; it has no code of its own.
package arrows
