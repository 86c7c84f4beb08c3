package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/drosshq/dross/internal/app"
	"github.com/drosshq/dross/internal/config"
)

// serveCmd is `dross serve`. Package config reads its arguments.
type serveCmd struct {
	Args []string `arg:"" optional:"" name:"FLAG" help:"See dross serve --help."`
}

// Run serves until the context ends.
func (c *serveCmd) Run(ctx context.Context, std stdio, cli *root, parser *kong.Kong) error {
	if slices.Contains(c.Args, "--help") || slices.Contains(c.Args, "-h") {
		return serveHelp(std)
	}
	args := serviceArgs(c.Args)
	if cli.ConfigFile != "" {
		args = append([]string{"--config.file=" + string(cli.ConfigFile)}, args...)
	}
	load := func() (config.Config, error) {
		return config.Load(args, serviceEnviron(os.Environ(), parser.Model))
	}
	err := app.Main(ctx, load, std.out, std.err, readBuildInfo().Version)
	var usage *app.UsageError
	if errors.As(err, &usage) {
		return &usageError{err}
	}
	return err
}

func serveHelp(std stdio) error {
	var b bytes.Buffer
	fmt.Fprint(&b, "Usage: dross serve [flags]\n\nRun the HTTP service.\n\nFlags (default) [environment]:\n")
	config.Usage(&b)
	_, err := std.out.Write(b.Bytes())
	return err
}

// shortNames are the names that the other commands have for settings of the
// service.
var shortNames = map[string]string{
	"lists": "lists.dir", "categories": "filter.categories", "threshold": "filter.threshold",
	"strip": "filter.strip", "keep": "filter.keep",
}

// serviceArgs lets the service have its settings under the names that the other
// commands give them.
func serviceArgs(args []string) []string {
	out := slices.Clone(args)
	for i, arg := range out {
		name, value, hasValue := strings.Cut(strings.TrimPrefix(arg, "--"), "=")
		long, ok := shortNames[name]
		if !ok || !strings.HasPrefix(arg, "--") {
			continue
		}
		out[i] = "--" + long
		if hasValue {
			out[i] += "=" + value
		}
	}
	return out
}

// serviceEnviron is the environment without what is not meant for the service:
// settings that only other commands have, and the variables that Kubernetes
// makes for a Service named dross (DROSS_SERVICE_HOST, DROSS_PORT_8866_TCP ...).
func serviceEnviron(environ []string, app *kong.Application) []string {
	others := otherEnv(app)
	var out []string
	for _, kv := range environ {
		key, value, _ := strings.Cut(kv, "=")
		name, ours := strings.CutPrefix(key, "DROSS_")
		switch long := shortNames[strings.ToLower(name)]; {
		case ours && long != "":
			out = append(out, "DROSS_"+strings.ToUpper(strings.ReplaceAll(long, ".", "_"))+"="+value)
		case ours && (others[key] || isServiceLink(name)):
		default:
			out = append(out, kv)
		}
	}
	return out
}
