package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
	"go.yaml.in/yaml/v4"
)

// checkCompose loads a Compose file as docker compose does, against its schema,
// and holds it to what the schema does not say. It returns how many services
// the file has.
func checkCompose(ctx context.Context, name string) (int, error) {
	options, err := cli.NewProjectOptions([]string{name}, cli.WithConsistency(true), cli.WithInterpolation(true))
	if err != nil {
		return 0, err
	}
	project, err := options.LoadProject(ctx)
	if err != nil {
		return 0, err
	}
	var faults []error
	for _, s := range project.Services {
		for _, fault := range composeFaults(s) {
			faults = append(faults, fmt.Errorf("service %s: %w", s.Name, fault))
		}
	}
	for key, c := range project.Configs {
		var any any
		if err := yaml.Unmarshal([]byte(c.Content), &any); err != nil || any == nil {
			faults = append(faults, fmt.Errorf("config %s is no YAML: %w", key, err))
		}
	}
	if len(project.Services) == 0 {
		faults = append(faults, errors.New("no services"))
	}
	return len(project.Services), errors.Join(faults...)
}

// composeFaults says what is wrong with a service: a mounted file that is not
// there (Docker would make a folder of its name), a port open to the network, a
// container with more rights than it needs.
func composeFaults(s types.ServiceConfig) (faults []error) {
	for _, v := range s.Volumes {
		if v.Type != types.VolumeTypeBind {
			continue
		}
		if _, err := os.Stat(v.Source); err != nil {
			faults = append(faults, err)
		}
	}
	for _, p := range s.Ports {
		if p.HostIP != "127.0.0.1" {
			faults = append(faults, fmt.Errorf("port %s is open to the network", p.Published))
		}
	}
	if len(s.CapDrop) != 1 || s.CapDrop[0] != "ALL" {
		faults = append(faults, errors.New("has capabilities"))
	}
	if s.Build != nil {
		if _, err := os.Stat(filepath.Join(s.Build.Context, "Dockerfile")); err != nil {
			faults = append(faults, err)
		}
	}
	return faults
}
