package cli

import (
	"cmp"
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/drosshq/dross/lists"
)

// versionCmd is `dross version`.
type versionCmd struct {
	JSON bool `name:"json" env:"DROSS_JSON" help:"Write one JSON object."`
}

// buildInfo says what the binary was made from.
type buildInfo struct {
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"`
	Time     string `json:"time,omitempty"`
	Modified bool   `json:"modified,omitempty"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
	Lists    string `json:"lists"`
	Entries  int    `json:"entries"`
}

// Run prints the version.
func (c *versionCmd) Run(std stdio) error {
	info := readBuildInfo()
	if c.JSON {
		return json.NewEncoder(std.out).Encode(info)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "dross %s", info.Version)
	if info.Revision != "" {
		fmt.Fprintf(&b, " (%.12s", info.Revision)
		if info.Modified {
			b.WriteString(", modified")
		}
		b.WriteByte(')')
	}
	fmt.Fprintf(&b, "\n%s %s\nlists %s, %d entries\n", info.Go, info.Platform, info.Lists, info.Entries)
	_, err := std.out.Write([]byte(b.String()))
	return err
}

// What the linker says (-ldflags "-X ...") where a build has no repository at
// hand, as that of the container image. Nothing else sets them.
var (
	linkedVersion  string
	linkedRevision string
)

func readBuildInfo() buildInfo {
	set := lists.Default()
	info := buildInfo{
		Version: "unknown", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH,
		Lists: set.Revision(), Entries: set.Len(),
	}
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return info
	}
	info.Version = build.Main.Version
	for _, s := range build.Settings {
		switch s.Key {
		case "vcs.revision":
			info.Revision = s.Value
		case "vcs.time":
			info.Time = s.Value
		case "vcs.modified":
			info.Modified = s.Value == "true"
		}
	}
	info.Version = cmp.Or(linkedVersion, info.Version)
	info.Revision = cmp.Or(linkedRevision, info.Revision)
	return info
}
