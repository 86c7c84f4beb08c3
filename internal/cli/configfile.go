package cli

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/alecthomas/kong"
	"gopkg.in/yaml.v3"

	"github.com/drosshq/dross/internal/config"
)

// configFile is the flag --config.file.
type configFile string

// BeforeResolve reads the file, so that its values are there for the flags.
func (configFile) BeforeResolve(ctx *kong.Context, trace *kong.Path) error {
	path, _ := ctx.FlagValue(trace.Flag).(configFile)
	if path == "" {
		return nil
	}
	data, err := os.ReadFile(string(path))
	if err != nil {
		return fmt.Errorf("--config.file: %w", named(string(path), err))
	}
	known := knownSettings(ctx.Model)
	values, err := parseSettings(string(path), data, known)
	if err != nil {
		return err
	}
	ctx.AddResolver(settings(values))
	return nil
}

// settings are the values of a file by setting, in words as a flag takes them.
type settings map[string]setting

type setting struct {
	where string
	texts []string
}

// Validate has nothing to do: parseSettings has checked the names.
func (settings) Validate(*kong.Application) error { return nil }

// Resolve gives a flag its value, unless the environment has one.
func (s settings) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, env := range flag.Envs {
		if _, ok := os.LookupEnv(env); ok {
			return nil, nil
		}
	}
	for _, name := range append([]string{flag.Name}, flag.Aliases...) {
		v, ok := s[name]
		if !ok {
			continue
		}
		if !flag.IsSlice() && len(v.texts) != 1 {
			return nil, fmt.Errorf("%s: takes one value, not %d", v.where, len(v.texts))
		}
		sep := ","
		if flag.IsSlice() && flag.Tag.Sep > 0 {
			sep = string(flag.Tag.Sep)
		}
		return strings.Join(v.texts, sep), nil
	}
	return nil, nil
}

// knownSettings are the names that a file may hold: the flags of every command
// and the settings of the service, so that one file serves them all.
func knownSettings(app *kong.Application) map[string]bool {
	known := map[string]bool{}
	for _, f := range config.Fields() {
		if f.InFile {
			known[f.Name] = true
		}
	}
	_ = kong.Visit(app, func(node kong.Visitable, next kong.Next) error {
		if flag, ok := node.(*kong.Flag); ok && len(flag.Envs) > 0 && flag.Name != "config.file" {
			for _, name := range append([]string{flag.Name}, flag.Aliases...) {
				known[name] = true
			}
		}
		return next(nil)
	})
	return known
}

// parseSettings reads a YAML file; a dot in a setting's name may be written as
// a level of the file. Every fault is reported, with its line.
func parseSettings(path string, data []byte, known map[string]bool) (settings, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, fmt.Errorf("%s: %s", path, strings.TrimPrefix(strings.ReplaceAll(err.Error(), "\n", " "), "yaml: "))
	}
	p := settingsParser{path: path, known: known, values: settings{}}
	if len(doc.Content) == 1 {
		p.node("", doc.Content[0])
	}
	return p.values, errors.Join(p.faults...)
}

type settingsParser struct {
	path   string
	known  map[string]bool
	values settings
	faults []error
}

func (p *settingsParser) fault(n *yaml.Node, format string, args ...any) {
	p.faults = append(p.faults, fmt.Errorf("%s:%d: %w", p.path, n.Line, fmt.Errorf(format, args...)))
}

// node takes what stands under a name: a setting, or a level of names.
func (p *settingsParser) node(name string, n *yaml.Node) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	switch {
	case n.Kind == yaml.MappingNode && (name == "" || p.isLevel(name)):
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i].Value
			if name != "" {
				key = name + "." + key
			}
			p.node(key, n.Content[i+1])
		}
	case name == "" && n.Tag == "!!null":
	case name == "":
		p.fault(n, "the settings are not a mapping")
	case !p.known[name]:
		p.fault(n, "unknown setting %q", name)
	default:
		p.setting(name, n)
	}
}

// isLevel reports whether a mapping under this name holds settings rather than
// being the value of one, as the scores of "threshold" are.
func (p *settingsParser) isLevel(name string) bool {
	for known := range p.known {
		if strings.HasPrefix(known, name+".") {
			return true
		}
	}
	return false
}

// takesMapping reports whether the values of a setting are of the form KEY=VALUE.
func takesMapping(name string) bool {
	switch strings.TrimPrefix(name, "filter.") {
	case "threshold", "strip", "keep":
		return true
	}
	return false
}

func (p *settingsParser) setting(name string, n *yaml.Node) {
	if _, twice := p.values[name]; twice {
		p.fault(n, "setting %q is given twice", name)
		return
	}
	v := setting{where: fmt.Sprintf("%s:%d: %s", p.path, n.Line, name)}
	switch n.Kind {
	case yaml.SequenceNode:
		for _, e := range n.Content {
			if e.Kind != yaml.ScalarNode {
				p.fault(e, "setting %q takes plain values", name)
				return
			}
			v.texts = append(v.texts, e.Value)
		}
	case yaml.MappingNode:
		if !takesMapping(name) {
			p.fault(n, "setting %q is not a mapping", name)
			return
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			v.texts = append(v.texts, n.Content[i].Value+"="+n.Content[i+1].Value)
		}
	default:
		v.texts = []string{n.Value}
	}
	p.values[name] = v
}
