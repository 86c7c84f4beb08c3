// Package cli is the command line of dross: commands, renderers, exit codes.
//
// Main parses the arguments with kong; each command is a struct whose fields
// are its flags and whose Run does the work. Every flag has a twin in the
// environment and in the YAML file of --config.file; a flag wins over the
// environment, and that over the file.
//
// Results go to standard output, everything else to standard error as
// "dross: what: why". Errors name files and places, never text of a page or a
// keyword.
package cli
