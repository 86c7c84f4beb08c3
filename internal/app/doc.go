// Package app is the service as a whole: it loads lists, serves, reloads and
// ends. Several apps may live in one process.
//
// # Use
//
// The command line is one call:
//
//	load := func() (config.Config, error) { return config.Load(args, environ) }
//	err := app.Main(ctx, load, os.Stdout, os.Stderr, version)
//
// with a ctx that ends on SIGTERM and SIGINT; Main handles SIGHUP, and calls
// load again at each reload. It serves, or does what --config.check or
// --config.print ask for. An error that errors.As finds to be a *UsageError is
// one of usage (exit 2), any other a failure (exit 1). After an orderly end it
// is nil.
//
// Tests and other programs take New and Run with a Config of their own.
//
// # Life
//
// Run listens first, so that probes are answered, and is ready once the lists
// are in. When its context ends, readiness goes off, requests under way have
// DrainTimeout to end, and Run returns nil.
//
// # Reload
//
// Reload reads the settings and lists again, checks and compiles them aside,
// and then swaps one pointer. On any fault what was in use stays in use, the
// cause is logged and returned, and dross_lists_last_reload_successful is 0.
// A list that is empty, missing or much smaller than before is a fault too,
// unless forced; lists that together find nothing are one in any case. Reloads come by SIGHUP, POST /-/reload and changes of the files.
package app
