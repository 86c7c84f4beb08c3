package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/drosshq/dross/internal/config"
)

// checkEnviron reports every variable of ours that names no setting of any
// command: a misspelt one must not pass as one that was not set. The service
// reports its own, together with the faults of its flags and file; what asks
// whether all is well has no settings that matter.
func checkEnviron(command string, environ []string, app *kong.Application) error {
	switch name, _, _ := strings.Cut(command, " "); name {
	case "serve", "health", "version":
		return nil
	}
	known := otherEnv(app)
	for _, f := range config.Fields() {
		known[f.Env] = true
	}
	var faults []error
	for _, kv := range environ {
		key, _, _ := strings.Cut(kv, "=")
		if name, ours := strings.CutPrefix(key, "DROSS_"); ours && !known[key] && !isServiceLink(name) {
			faults = append(faults, fmt.Errorf("environment %s: unknown setting", key))
		}
	}
	if len(faults) == 0 {
		return nil
	}
	return &usageError{errors.Join(faults...)}
}

// otherEnv are the variables of flags that the service does not have.
func otherEnv(app *kong.Application) map[string]bool {
	others := map[string]bool{}
	_ = kong.Visit(app, func(node kong.Visitable, next kong.Next) error {
		if flag, ok := node.(*kong.Flag); ok {
			for _, env := range flag.Envs {
				others[env] = true
			}
		}
		return next(nil)
	})
	for _, f := range config.Fields() {
		delete(others, f.Env)
	}
	return others
}

func isServiceLink(name string) bool {
	return name == "PORT" || strings.HasPrefix(name, "PORT_") || strings.HasPrefix(name, "SERVICE_")
}
