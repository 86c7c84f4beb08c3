package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "site:", err)
		os.Exit(1)
	}
}

func run(args []string, stdout io.Writer) error {
	if len(args) == 0 {
		return errors.New("say serve, write or compare")
	}
	flags := flag.NewFlagSet("site "+args[0], flag.ContinueOnError)
	n := flags.Int("pages", 200, "number of pages")
	addrFile := flags.String("addr-file", "", "file for the address")
	dir := flags.String("dir", "", "folder to write to")
	var c comparison
	flags.StringVar(&c.got, "got", "", "folder of the stored pages")
	flags.StringVar(&c.want, "want", "filtered", "filtered, served or none")
	flags.BoolVar(&c.utf8, "utf8", false, "the crawler stores UTF-8")
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	pages, err := makePages(*n)
	if err != nil {
		return err
	}
	switch {
	case args[0] == "serve" && *addrFile != "":
		return newSite(pages).serve(*addrFile)
	case args[0] == "write" && *dir != "":
		return write(*dir, pages)
	case args[0] == "compare" && c.got != "":
		return c.run(stdout, pages)
	}
	return fmt.Errorf("%s: unknown, or its folder or file is missing", args[0])
}

// write puts pages and what is expected of them into dir.
func write(dir string, pages []page) error {
	manifest := ""
	for _, p := range pages {
		manifest += fmt.Sprintf("%s\t%s\t%s\n", p.path, p.charset, p.verdict)
		for folder, b := range map[string][]byte{"served": p.served, "expected": p.want} {
			if b == nil {
				continue
			}
			name := filepath.Join(dir, folder, filepath.FromSlash(p.path))
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				return err
			}
			if err := os.WriteFile(name, b, 0o644); err != nil {
				return err
			}
		}
	}
	return os.WriteFile(filepath.Join(dir, "manifest.tsv"), []byte(manifest), 0o644)
}
