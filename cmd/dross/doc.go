/*
Dross cuts injected spam blocks out of web pages and text, byte for byte.

Usage:

	dross filter [FILE...]                    files or standard input to standard output
	dross batch                               NDJSON pages to NDJSON results
	dross serve                               the HTTP service
	dross warc IN... -o OUT                   WARC and WET files
	dross lists check|show|test|suggest       the keyword lists
	dross health                              asks the service whether it is ready
	dross version                             what this binary is

Every command explains its flags with --help.

# Filter

	dross filter page.html > clean.html
	dross filter -o clean pages/*.html
	dross filter --json --explain page.html
	dross filter --check pages/*.html

The type of a page is that of --type (html, text, markdown, or a media type with
a charset such as 'text/html; charset=gbk'), else that of the file's extension,
else it is sniffed. What nothing is removed from comes out byte for byte.

With --json there is one result a page and line, with the blocks that were
removed, their place, score and reasons. --explain adds those that were seen and
kept, and without --json prints all of them to standard error. With -o each
cleaned page is written into a folder, under its path below the folder that all
inputs share; files appear whole or not at all, and an input is never written
over. --check changes nothing: it names the pages that something would be removed
from. One bad page does not stop the others.

# Batch

	dross batch < pages.ndjson > results.ndjson

A line is {"id", "url", "content_type", "content" or "content_base64"}. Results
come in the order of the lines, streaming, and are flushed when the input pauses.
A line that cannot be judged gives {"id", "error": {"code", "message", "line"}}
and the run goes on; with --strict the exit code is 1 then. What "content" holds
is Unicode text, so its charset is UTF-8 whatever the page declares; send other
bytes as "content_base64".

# Warc

	dross warc in.warc.gz -o out.warc.gz
	dross warc -o clean/ *.warc.gz

Responses, resources and the conversions of WET files are judged. Records that
lose a block are written with new lengths and digests and with WARC-Dross-...
fields that say what was done; all others are copied byte for byte. A broken part
is reported with its offset and copied as it is.

# Lists

	dross lists check DIR
	dross lists show --category gambling --lang en --json
	dross lists test
	dross filter --check --json pages/*.html | dross lists suggest

Every command that judges takes --lists DIR, repeatable: its *.txt files are
added to the embedded lists, and replace those of the same name.
--no-lists.embedded leaves the embedded ones out. --categories limits what is
judged; --threshold changes the score a block must reach, for all categories (6)
or one (adult=6).

# Settings

Every flag has a twin in the environment, named in its help, and in the YAML file
of --config.file, under the flag's name; a dot in a name may be a level of the
file. A flag wins over the environment, and that over the file. An unknown key of
the file is an error that names key and line; so is a variable DROSS_... that is
no setting of any command.

	# dross.yml
	lists: [/etc/dross/lists]
	threshold: {adult: 6}
	limit:
	  page-size: 16MiB

# Exit codes

	0  done
	1  something failed; standard error says what, a line each: "dross: what: why"
	2  the arguments or settings are wrong; nothing was done
	3  with --check: something would be removed
*/
package main
