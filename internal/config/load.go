package config

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
)

// Fault is one thing wrong with the settings.
type Fault struct {
	// Where is the place: "flag --limit.queue", "environment DROSS_LISTEN" or "dross.yml:12: lists.dir".
	Where string
	// Err says what is wrong there.
	Err error
}

// Error gives place and fault in one line.
func (f *Fault) Error() string { return f.Where + ": " + f.Err.Error() }

// Unwrap returns Err.
func (f *Fault) Unwrap() error { return f.Err }

var (
	errUnknown  = errors.New("unknown setting")
	errNoValue  = errors.New("needs a value")
	errStranger = errors.New("unexpected argument")
)

// given holds the texts of one source by setting, with the place of each.
type given map[string]source

type source struct {
	where string
	texts []string
}

// Load reads settings from the file that --config.file or DROSS_CONFIG_FILE
// names, then from environ ("KEY=value" as of os.Environ), then from args (the
// flags after "dross serve"). The error joins a *Fault for everything that is
// wrong in all three. Others are settings of other commands, which the file
// may hold too.
func Load(args, environ []string, others ...string) (Config, error) {
	flags, faults := parseFlags(args)
	env, more := parseEnv(environ)
	faults = append(faults, more...)

	path := ""
	for _, g := range []given{env, flags} {
		if s, ok := g["config.file"]; ok {
			path = s.texts[len(s.texts)-1]
		}
	}
	var file given
	if path != "" {
		file, more = parseFile(path, others)
		faults = append(faults, more...)
	}

	c := Default()
	for _, g := range []given{file, env, flags} {
		faults = append(faults, c.apply(g)...)
	}
	faults = append(faults, c.validate(len(faults) > 0)...)
	return c, errors.Join(faults...)
}

func (c *Config) apply(g given) []error {
	var faults []error
	for _, f := range fields(c) {
		s, ok := g[f.Name]
		if !ok {
			continue
		}
		if err := f.set(s.texts); err != nil {
			faults = append(faults, &Fault{s.where, err})
		}
	}
	return faults
}

func lookup(name string) (Field, bool) {
	all := Fields()
	i := slices.IndexFunc(all, func(f Field) bool { return f.Name == name })
	if i < 0 {
		return Field{}, false
	}
	return all[i], true
}

func parseEnv(environ []string) (given, []error) {
	byEnv := map[string]string{}
	for _, f := range Fields() {
		byEnv[f.Env] = f.Name
	}
	g, faults := given{}, []error(nil)
	for _, kv := range environ {
		key, value, _ := strings.Cut(kv, "=")
		if !strings.HasPrefix(key, "DROSS_") {
			continue
		}
		name, ok := byEnv[key]
		if !ok {
			faults = append(faults, &Fault{"environment " + key, errUnknown})
			continue
		}
		g[name] = source{"environment " + key, []string{value}}
	}
	return g, faults
}

func parseFlags(args []string) (given, []error) {
	g, faults := given{}, []error(nil)
	for i := 0; i < len(args); i++ {
		name, value, hasValue, err := splitFlag(args[i])
		if err == nil && !hasValue {
			if i+1 >= len(args) {
				err = &Fault{"flag --" + name, errNoValue}
			} else {
				i++
				value = args[i]
			}
		}
		if err != nil {
			faults = append(faults, err)
			continue
		}
		s := g[name]
		g[name] = source{"flag --" + name, append(s.texts, value)}
	}
	return g, faults
}

// splitFlag takes "--name=value", "--name", and "--name" or "--no-name" of a switch.
func splitFlag(arg string) (name, value string, hasValue bool, err error) {
	body, ok := strings.CutPrefix(arg, "--")
	if !ok || body == "" {
		return "", "", false, &Fault{fmt.Sprintf("argument %q", arg), errStranger}
	}
	name, value, hasValue = strings.Cut(body, "=")
	if f, ok := lookup(name); ok {
		if f.isBool() && !hasValue {
			return name, "true", true, nil
		}
		return name, value, hasValue, nil
	}
	if short, no := strings.CutPrefix(name, "no-"); no && !hasValue {
		if f, ok := lookup(short); ok && f.isBool() {
			return short, "false", true, nil
		}
	}
	return "", "", true, &Fault{"flag --" + name, errUnknown}
}

// readFile is os.ReadFile with the fault's place.
func readFile(path string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, &Fault{"flag --config.file", fmt.Errorf("reading settings: %w", err)}
	}
	return b, nil
}
