package main

import (
	"os"
	"strings"
	"testing"
)

// sound is a bundle that passes; each case below breaks one thing of it.
func sound(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("testdata/sound.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestSound(t *testing.T) {
	n, err := run(strings.NewReader(sound(t)))
	if err != nil || n != 8 {
		t.Errorf("%d objects, %v", n, err)
	}
}

func TestFaults(t *testing.T) {
	cases := map[string]struct{ old, new, want string }{
		"misspelt field":      {"readOnlyRootFilesystem:", "readOnlyRootFileSystem:", `unknown field`},
		"field twice":         {"maxUnavailable: 1", "maxUnavailable: 1\n  maxUnavailable: 1", "already set"},
		"unknown kind":        {"kind: PodMonitor", "kind: PodWatcher", "no kind"},
		"wrong type":          {"minReplicas: 3", "minReplicas: three", "minReplicas"},
		"no such Pod":         {"podSelector: {matchLabels: {app: dross}}", "podSelector: {matchLabels: {app: other}}", "finds no Pod"},
		"empty selector":      {"podSelector: {matchLabels: {app: dross}}", "podSelector: {}", "selector is empty"},
		"no such port":        {"targetPort: http", "targetPort: web", "no port"},
		"monitor's port":      {"endpoints: [{port: http}]", "endpoints: [{port: web}]", "finds no Service"},
		"Pod monitor's port":  {"podMetricsEndpoints: [{port: http}]", "podMetricsEndpoints: [{port: web}]", "no such port"},
		"no such ConfigMap":   {"configMap: {name: lists}", "configMap: {name: list}", "no ConfigMap list"},
		"no such target":      {"kind: Deployment, name: dross", "kind: Deployment, name: drops", "no Deployment drops"},
		"replicas and scaler": {"template:", "replicas: 2\n  template:", "fight"},
		"no version":          {"image: dross:v1", "image: dross", "without a version"},
		"root":                {"runAsUser: 65532", "runAsUser: 0", "may run as root"},
		"capabilities":        {"drop: [ALL]", "drop: [ALL], add: [NET_RAW]", "has capabilities"},
		"memory":              {"limits: {memory: 256Mi}", "limits: {memory: 512Mi}", "differ"},
		"no probe":            {"livenessProbe: {httpGet: {path: /livez, port: http}}", "", "lacks a probe"},
		"nothing":             {"", "", "no objects"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			text := ""
			if c.old != "" {
				text = sound(t)
				if strings.Count(text, c.old) != 1 {
					t.Fatalf("%q is %d times in the sound bundle, want once", c.old, strings.Count(text, c.old))
				}
				text = strings.Replace(text, c.old, c.new, 1)
			}
			_, err := run(strings.NewReader(text))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}
