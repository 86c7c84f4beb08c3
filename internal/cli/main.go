package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// Exit codes of the program.
const (
	exitDone   = 0 // all done
	exitFailed = 1 // something failed; standard error says what
	exitUsage  = 2 // the arguments or settings are wrong; nothing was done
	exitFound  = 3 // with --check: something would be removed
)

// stdio is where a command reads and writes.
type stdio struct {
	in       io.Reader
	out, err io.Writer
}

// root is the grammar of the command line.
type root struct {
	ConfigFile configFile `name:"config.file" env:"DROSS_CONFIG_FILE" placeholder:"FILE" help:"YAML file of settings, under the names of the flags."`

	Filter  filterCmd  `cmd:"" help:"Filter files or standard input to standard output."`
	Batch   batchCmd   `cmd:"" help:"Filter NDJSON pages from standard input to NDJSON results on standard output."`
	Serve   serveCmd   `cmd:"" passthrough:"" help:"Run the HTTP service."`
	Warc    warcCmd    `cmd:"" help:"Filter WARC and WET files."`
	Health  healthCmd  `cmd:"" help:"Ask the service whether it is ready; exit 0 if so."`
	Lists   listsCmd   `cmd:"" help:"Check, show, test and extend the keyword lists."`
	Version versionCmd `cmd:"" help:"Print the version of the program and of its lists."`
}

// Main runs the command line and returns the exit code. It reads the process's
// environment, and ends what it does on SIGINT and SIGTERM; a second signal
// kills.
func Main(args []string, in io.Reader, out, errOut io.Writer) int {
	std := stdio{in: in, out: out, err: errOut}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	std.in = &contextReader{ctx: ctx, in: in}

	code, err := run(ctx, args, std)
	switch {
	case errors.Is(err, syscall.EPIPE):
		return exitFailed // who reads standard output has seen enough
	case err != nil && ctx.Err() != nil && errors.Is(err, context.Canceled):
		report(errOut, errors.New("interrupted"))
		return exitFailed
	case err != nil:
		report(errOut, err)
	}
	return code
}

func run(ctx context.Context, args []string, std stdio) (int, error) {
	var cli root
	exited := -1
	parser, err := kong.New(&cli,
		kong.Name("dross"),
		kong.Description("Cuts injected spam blocks out of web pages and text, byte for byte."),
		kong.Writers(std.out, std.err),
		kong.Exit(func(code int) { exited = code; panic(helpShown{}) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(std, &cli),
	)
	if err != nil {
		return exitFailed, err
	}
	parsed, err := parse(parser, args)
	if exited >= 0 {
		return exited, nil
	}
	if err != nil {
		return exitUsage, err
	}
	if err := checkEnviron(parsed.Command(), os.Environ(), parser.Model); err != nil {
		return exitUsage, err
	}
	return exitCode(parsed.Run())
}

// helpShown unwinds the parser after --help.
type helpShown struct{}

func parse(parser *kong.Kong, args []string) (ctx *kong.Context, err error) {
	defer func() {
		if p := recover(); p != nil {
			if _, ok := p.(helpShown); !ok {
				panic(p)
			}
		}
	}()
	return parser.Parse(args)
}
