package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"slices"
	"strings"

	"golang.org/x/text/encoding/htmlindex"

	"github.com/drosshq/dross/filter"
)

// filterCmd is `dross filter`.
type filterCmd struct {
	judgeFlags
	Files   []string `arg:"" optional:"" name:"FILE" help:"Pages; - or none is standard input."`
	Type    string   `name:"type" env:"DROSS_TYPE" placeholder:"TYPE" help:"Content type of all pages: html, text, markdown, or a media type such as 'text/html; charset=gbk'. Default: by extension, else sniffed."`
	JSON    bool     `name:"json" env:"DROSS_JSON" help:"Write one result a page, as JSON, one a line."`
	Output  string   `name:"output" short:"o" env:"DROSS_OUTPUT" placeholder:"DIR" help:"Write each cleaned page into this folder."`
	Explain bool     `name:"explain" env:"DROSS_EXPLAIN" help:"Show every block that was seen, its score and reasons: on standard error, or in the JSON."`
	Check   bool     `name:"check" env:"DROSS_CHECK" help:"Change nothing; name the pages that something would be removed from, and exit 3 if there is one."`
	Drop    bool     `name:"drop-rejected" env:"DROSS_DROP_REJECTED" help:"Write nothing for a page that is wholly spam."`
}

// Help is the long text of --help.
func (*filterCmd) Help() string {
	return "Exit code: 0 done, 1 a page failed, 2 usage, 3 with --check when something would be removed."
}

// filterRun is one run of the command.
type filterRun struct {
	*filterCmd
	std     stdio
	filter  *filter.Filter
	typ     string
	targets []string
	failed  bool
	found   bool
}

// Run judges the pages one after the other; a bad one does not stop the rest.
func (c *filterCmd) Run(ctx context.Context, std stdio) error {
	typ, err := pageType(c.Type)
	if err != nil {
		return err
	}
	r := &filterRun{filterCmd: c, std: std, typ: typ}
	ins := inputs(c.Files)
	if c.Output != "" && !c.Check {
		if r.targets, err = targets(c.Output, ins); err != nil {
			return err
		}
	}
	if r.filter, err = c.judgeFlags.filter(); err != nil {
		return err
	}
	for i, in := range ins {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.page(ctx, i, in); err != nil {
			return err
		}
	}
	switch {
	case r.failed:
		return errReported
	case r.found:
		return errFound
	}
	return nil
}

// page judges one page. An error of the page is reported; what is returned ends
// the run.
func (r *filterRun) page(ctx context.Context, i int, in input) error {
	res, err := r.judge(ctx, in)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		r.failed = true
		report(r.std.err, named(in.name, err))
		return nil
	}
	r.found = r.found || r.Check && res.Verdict != filter.Clean
	if r.Explain && !r.JSON {
		explain(r.std.err, in.name, res)
	}
	if res.Verdict == filter.Rejected && !r.Check && !r.JSON {
		fmt.Fprintf(r.std.err, "dross: %s: rejected: %s\n", in.name, res.Reason)
	}
	return r.write(i, in, res)
}

func (r *filterRun) judge(ctx context.Context, in input) (filter.Result, error) {
	body, err := in.read(r.std.in, int(r.PageSize))
	if err != nil {
		return filter.Result{}, err
	}
	page := filter.Page{ContentType: r.typ, Body: body}
	if page.ContentType == "" {
		page.ContentType = in.contentType()
	}
	if !in.isStdin() {
		page.ID = in.arg
	}
	res, err := r.filter.CleanWith(ctx, page, filter.Request{DryRun: r.Check, Explain: r.Explain})
	if page.ContentType == "" && errors.Is(err, filter.ErrContentType) {
		err = errors.New("is neither text nor HTML, as far as its first bytes tell; --type says otherwise")
	}
	return res, err
}

// write puts the result where the flags say.
func (r *filterRun) write(i int, in input, res filter.Result) error {
	dropped := r.Drop && res.Verdict == filter.Rejected
	if r.targets != nil && !dropped {
		if err := writeFile(r.targets[i], res.Content); err != nil {
			r.failed = true
			report(r.std.err, fmt.Errorf("%s: %w", in.name, err))
		}
	}
	var out []byte
	switch {
	case r.JSON:
		var buf bytes.Buffer
		enc := json.NewEncoder(&buf)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(res); err != nil {
			return err
		}
		out = buf.Bytes()
	case r.Check:
		if res.Verdict != filter.Clean {
			out = fmt.Appendf(nil, "%s: %s, %d bytes\n", in.name, res.Verdict, res.RemovedBytes)
		}
	case r.targets == nil && !dropped:
		out = res.Content
	}
	if _, err := r.std.out.Write(out); err != nil {
		return fmt.Errorf("write standard output: %w", err)
	}
	return nil
}

// pageTypes are the media types that --type takes, and their short names.
var pageTypes = map[string]string{
	"html": "text/html", "xhtml": "application/xhtml+xml", "text": "text/plain", "txt": "text/plain",
	"plain": "text/plain", "markdown": "text/markdown", "md": "text/markdown",
	"text/html": "text/html", "application/xhtml+xml": "application/xhtml+xml",
	"text/plain": "text/plain", "text/markdown": "text/markdown", "text/x-markdown": "text/markdown",
}

// pageType completes and checks the value of --type.
func pageType(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	short, rest, _ := strings.Cut(s, ";")
	media, ok := pageTypes[strings.ToLower(strings.TrimSpace(short))]
	if !ok {
		names := make([]string, 0, len(pageTypes))
		for name := range pageTypes {
			names = append(names, name)
		}
		slices.Sort(names)
		return "", usagef("--type: %q is not one of %s", s, strings.Join(names, ", "))
	}
	if rest == "" {
		return media, nil
	}
	whole := media + ";" + rest
	_, params, err := mime.ParseMediaType(whole)
	if err != nil {
		return "", usagef("--type: %q: %w", s, err)
	}
	if label := params["charset"]; label != "" {
		if _, err := htmlindex.Get(label); err != nil {
			return "", usagef("--type: charset %q is not one that browsers know", label)
		}
	}
	return whole, nil
}
