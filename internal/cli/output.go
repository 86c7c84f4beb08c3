package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// targets gives every input its file under dir: its path below the folder that
// all inputs share. It fails where two would meet or an input would be written
// over.
func targets(dir string, ins []input) ([]string, error) {
	paths := make([]string, len(ins))
	for i, in := range ins {
		if in.isStdin() {
			return nil, usagef("--output: standard input has no name to write under")
		}
		abs, err := filepath.Abs(in.arg)
		if err != nil {
			return nil, usagef("%s: %w", in.name, err)
		}
		paths[i] = abs
	}
	base := commonFolder(paths)
	taken := map[string]string{}
	for i, path := range paths {
		rel, err := filepath.Rel(base, path)
		if err != nil {
			return nil, usagef("%s: %w", ins[i].name, err)
		}
		paths[i] = filepath.Join(dir, rel)
		if other, ok := taken[paths[i]]; ok {
			return nil, usagef("--output: %s and %s would both be written to %s", other, ins[i].name, paths[i])
		}
		taken[paths[i]] = ins[i].name
	}
	for _, path := range paths {
		if err := spares(path, ins); err != nil {
			return nil, err
		}
	}
	return paths, nil
}

// spares fails when path is one of the inputs.
func spares(path string, ins []input) error {
	to, err := os.Stat(path)
	if err != nil {
		return nil //nolint:nilerr // what does not exist yet is no input
	}
	for _, in := range ins {
		from, err := os.Stat(in.arg)
		if err == nil && os.SameFile(from, to) {
			return usagef("--output: %s would be written over", in.name)
		}
	}
	return nil
}

// commonFolder is the deepest folder that holds all paths.
func commonFolder(paths []string) string {
	base := filepath.Dir(paths[0])
	for _, path := range paths[1:] {
		for !strings.HasPrefix(path, strings.TrimSuffix(base, string(filepath.Separator))+string(filepath.Separator)) {
			base = filepath.Dir(base)
		}
	}
	return base
}

// writeFile writes data to path, making its folder, so that the file is there
// whole or not at all.
func writeFile(path string, data []byte) error {
	return createFile(path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// createFile lets fill write a new file and puts it in its place when that
// went well.
func createFile(path string, fill func(io.Writer) error) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return fmt.Errorf("create folder: %w", err)
	}
	tmp, err := openTemp(path)
	if err != nil {
		return fmt.Errorf("create file: %w", err)
	}
	defer func() {
		if err != nil {
			_ = tmp.Close()
			_ = os.Remove(tmp.Name())
		}
	}()
	if err := fill(tmp); err != nil {
		return err
	}
	if err := tmp.Close(); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return fmt.Errorf("put file in place: %w", err)
	}
	return nil
}

// openTemp makes a file beside path, with the permissions that a new file gets
// here, or those of the file that it will replace.
func openTemp(path string) (*os.File, error) {
	mode := os.FileMode(0o666)
	if info, err := os.Stat(path); err == nil {
		if !info.Mode().IsRegular() {
			return nil, fmt.Errorf("%s is not a regular file", path)
		}
		mode = info.Mode().Perm()
	}
	for i := range 100 {
		name := fmt.Sprintf("%s.%d-%d.tmp", path, os.Getpid(), i)
		f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
		if !os.IsExist(err) {
			return f, err
		}
	}
	return nil, fmt.Errorf("%s.*.tmp: too many temporary files are left over", path)
}
