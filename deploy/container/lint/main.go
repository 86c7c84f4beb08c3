// Lint runs BuildKit's own Dockerfile checks, those of `docker build --check`,
// without a BuildKit daemon and without a registry, and loads Compose files as
// docker compose does.
//
//	lint FILE...
//
// A file whose name ends in .yaml is a Compose file, any other a Dockerfile. It
// prints each warning with its line, and exits 1 when there is one.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/containerd/platforms"
	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/subrequests/lint"
	digest "github.com/opencontainers/go-digest"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: lint FILE...")
		os.Exit(2)
	}
	if err := run(context.Background(), os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "lint:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, files []string) error {
	for _, name := range files {
		if filepath.Ext(name) == ".yaml" {
			services, err := checkCompose(ctx, name)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			if _, err := fmt.Fprintf(out, "%s: %d services, no fault\n", name, services); err != nil {
				return err
			}
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		results, err := check(ctx, name, text)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if results.Error != nil {
			return fmt.Errorf("%s: %s", name, results.Error.Message)
		}
		if n := len(results.Warnings); n > 0 {
			if err := results.PrintTo(out, nil); err != nil {
				return err
			}
			return fmt.Errorf("%s: %d warnings", name, n)
		}
		if _, err := fmt.Fprintf(out, "%s: no warning\n", name); err != nil {
			return err
		}
	}
	return nil
}

// check lints the text of one Dockerfile, all stages.
func check(ctx context.Context, name string, text []byte) (*lint.LintResults, error) {
	platform := platforms.MustParse("linux/amd64")
	source := llb.NewSourceMap(nil, name, "Dockerfile", text)
	source.Definition = &llb.Definition{}
	opt := dockerfile2llb.ConvertOpt{
		SourceMap:      source,
		TargetPlatform: &platform,
		MetaResolver:   bases{platform},
	}
	opt.BuildPlatforms = []ocispecs.Platform{platform}
	return dockerfile2llb.DockerfileLint(ctx, text, opt)
}

// bases says of every base image what the checks want to know of it, its
// platform, so that none has to be fetched.
type bases struct{ platform ocispecs.Platform }

// ResolveImageConfig returns a configuration that holds nothing but the platform.
func (b bases) ResolveImageConfig(_ context.Context, ref string, _ sourceresolver.Opt) (string, digest.Digest, []byte, error) {
	config, err := json.Marshal(ocispecs.Image{Platform: b.platform})
	return ref, digest.FromBytes(config), config, err
}
