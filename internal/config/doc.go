// Package config reads the settings of the service from a YAML file, the
// environment and flags, in that order of strength, and reports every fault of
// all three at once.
//
// # Use
//
//	cfg, err := config.Load(args, os.Environ())   // args after "dross serve"
//
// Every setting is one field of Config with the tags name, default and help.
// The name is the flag ("--limit.page-size"), with dots nested the key of the
// file ("limit: {page-size: 8MiB}"), and in upper case with underscores the
// environment variable ("DROSS_LIMIT_PAGE_SIZE"). Unknown flags, keys and
// DROSS_ variables are faults, so that a misspelt setting never passes in
// silence. Usage prints the table for a help text and Config.Write the
// effective settings as a file that Load reads back.
//
// A caller whose command-line library parses flags itself hands `dross serve`
// the arguments unparsed; --help is the caller's.
package config
