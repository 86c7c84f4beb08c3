package config

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// parseFile reads the YAML file at path; each fault has its line.
func parseFile(path string, others []string) (given, []error) {
	b, err := readFile(path)
	if err != nil {
		return nil, []error{err}
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(b, &doc); err != nil {
		return nil, []error{&Fault{path, err}}
	}
	p := fileParser{path: path, others: others, out: given{}}
	if len(doc.Content) == 1 {
		p.node("", doc.Content[0])
	}
	return p.out, p.faults
}

type fileParser struct {
	path   string
	others []string // settings that are not ours
	out    given
	faults []error
}

func (p *fileParser) fault(n *yaml.Node, name string, err error) {
	where := fmt.Sprintf("%s:%d", p.path, n.Line)
	if name != "" {
		where += ": " + name
	}
	p.faults = append(p.faults, &Fault{where, err})
}

// node takes a setting, or goes down into a mapping whose keys lengthen name.
func (p *fileParser) node(name string, n *yaml.Node) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	f, known := lookup(name)
	switch {
	case slices.Contains(p.others, name):
	case known && !f.InFile:
		p.fault(n, name, errors.New("is not for the file"))
	case known:
		p.setting(f, n)
	case n.Kind == yaml.MappingNode:
		p.mapping(name, n)
	case name == "" && n.Tag == "!!null":
	case name == "":
		p.fault(n, name, errors.New("settings must be a mapping"))
	default:
		p.fault(n, name, errUnknown)
	}
}

func (p *fileParser) mapping(name string, n *yaml.Node) {
	if name != "" && len(n.Content) == 0 {
		p.fault(n, name, errUnknown)
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i].Value
		if seen[key] {
			p.fault(n.Content[i], key, errors.New("is given twice"))
			continue
		}
		seen[key] = true
		p.node(strings.TrimPrefix(name+"."+key, "."), n.Content[i+1])
	}
}

func (p *fileParser) setting(f Field, n *yaml.Node) {
	var texts []string
	switch n.Kind {
	case yaml.ScalarNode:
		texts = []string{n.Value}
	case yaml.SequenceNode:
		for _, e := range n.Content {
			if e.Kind != yaml.ScalarNode {
				p.fault(e, f.Name, errors.New("must be a plain value"))
				return
			}
			texts = append(texts, e.Value)
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			texts = append(texts, n.Content[i].Value+"="+n.Content[i+1].Value)
		}
	}
	if _, twice := p.out[f.Name]; twice {
		p.fault(n, f.Name, errors.New("is given twice"))
		return
	}
	p.out[f.Name] = source{fmt.Sprintf("%s:%d: %s", p.path, n.Line, f.Name), texts}
}

// Write prints the settings as a file that Load reads back to the same.
func (c Config) Write(w io.Writer) error {
	for _, f := range fields(&c) {
		if !f.InFile {
			continue
		}
		b, err := yaml.Marshal(map[string]any{f.Name: printable(f.value.Interface())})
		if err != nil {
			return fmt.Errorf("printing %s: %w", f.Name, err)
		}
		if _, err := w.Write(b); err != nil {
			return fmt.Errorf("printing settings: %w", err)
		}
	}
	return nil
}

func printable(v any) any {
	switch v := v.(type) {
	case fmt.Stringer:
		return v.String()
	case []string:
		return append([]string{}, v...)
	}
	return v
}
