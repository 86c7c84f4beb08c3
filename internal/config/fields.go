package config

import (
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Field describes one setting.
type Field struct {
	// Name is the flag without its dashes and the dotted key of the file.
	Name string
	// Env is the environment variable.
	Env string
	// Default is the value that holds when nothing is said, as text.
	Default string
	// Help says what the setting does.
	Help string
	// Reloadable reports whether a reload applies a changed value; the others need a restart.
	Reloadable bool
	// InFile reports whether the file may hold it.
	InFile bool

	value reflect.Value
	lines bool // a list whose values hold commas: a text has one a line
}

// Fields lists all settings in the order of the manual.
func Fields() []Field {
	var c Config
	return fields(&c)
}

// Usage writes one paragraph a setting, for help texts.
func Usage(w io.Writer) {
	for _, f := range Fields() {
		def := ""
		if f.Default != "" {
			def = " (" + f.Default + ")"
		}
		fmt.Fprintf(w, "  --%s%s\n        %s [%s]\n", f.Name, def, f.Help, f.Env)
	}
}

// Pending names the settings that differ between the two and need a restart.
func Pending(running, wanted Config) []string {
	var names []string
	was, want := fields(&running), fields(&wanted)
	for i := range was {
		if was[i].Reloadable || !was[i].InFile {
			continue
		}
		if !reflect.DeepEqual(was[i].value.Interface(), want[i].value.Interface()) {
			names = append(names, was[i].Name)
		}
	}
	return names
}

func fields(c *Config) []Field {
	v := reflect.ValueOf(c).Elem()
	out := make([]Field, 0, v.NumField())
	for i := range v.NumField() {
		tag := v.Type().Field(i).Tag
		name := tag.Get("name")
		out = append(out, Field{
			Name:       name,
			Env:        envName(name),
			Default:    tag.Get("default"),
			Help:       tag.Get("help"),
			Reloadable: tag.Get("reload") == "true",
			InFile:     tag.Get("file") != "false",
			value:      v.Field(i),
			lines:      tag.Get("split") == "lines",
		})
	}
	return out
}

func envName(flag string) string {
	return "DROSS_" + strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(flag))
}

func (f Field) isBool() bool { return f.value.Kind() == reflect.Bool }

func (f Field) setDefault() error {
	if f.Default == "" {
		return nil
	}
	return f.set([]string{f.Default})
}

// set replaces the value by what the texts say; lists take all of them, the
// others exactly one.
func (f Field) set(texts []string) error {
	if p, ok := f.value.Addr().Interface().(*[]string); ok {
		sep := ","
		if f.lines {
			sep = "\n"
		}
		*p = splitList(texts, sep)
		return nil
	}
	if len(texts) != 1 {
		return fmt.Errorf("given %d times", len(texts))
	}
	return f.setOne(texts[0])
}

func (f Field) setOne(s string) (err error) {
	switch p := f.value.Addr().Interface().(type) {
	case *string:
		*p = s
	case *bool:
		err = assign(p, s, strconv.ParseBool, "true or false")
	case *int:
		err = assign(p, s, strconv.Atoi, "a whole number")
	case *float64:
		err = assign(p, s, parseFloat, "a number")
	case *time.Duration:
		err = assign(p, s, time.ParseDuration, `a time such as "30s"`)
	case *Size:
		err = assign(p, s, ParseSize, `a size such as "64MiB"`)
	default:
		err = fmt.Errorf("no reader for settings of type %s", f.value.Type())
	}
	return err
}

func assign[T any](p *T, s string, parse func(string) (T, error), want string) error {
	v, err := parse(s)
	if err != nil {
		return fmt.Errorf("%q is not %s", s, want)
	}
	*p = v
	return nil
}
