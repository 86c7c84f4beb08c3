package readme

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

const address = "localhost:8866" // in the document

// TestShellBlocks runs the shell blocks in order and looks for the output that
// the document promises.
func TestShellBlocks(t *testing.T) {
	s := &shell{dir: workFolder(t), binary: buildBinary(t)}
	ran, last, skipped := 0, "", false
	for _, b := range readmeBlocks(t) {
		switch b.kind {
		case "run":
			if _, err := exec.LookPath("curl"); err != nil && strings.Contains(b.text, "curl") {
				t.Logf("README.md:%d: not run, there is no curl here", b.line)
				last, skipped = "", true
				continue
			}
			ran++
			last, skipped = s.run(t, b), false
		case "output":
			if !skipped {
				promised(t, b, last)
			}
		}
	}
	if ran < 3 {
		t.Fatalf("%d blocks ran, want 3 or more", ran)
	}
}

// shell runs blocks; the service starts when a block asks for it.
type shell struct {
	dir, binary, service string
}

func (s *shell) run(t *testing.T, b block) string {
	t.Helper()
	text := b.text
	if b.options["with"] == "service" {
		if s.service == "" {
			s.service = startService(t, s.binary)
		}
		if !strings.Contains(text, address) {
			t.Fatalf("README.md:%d: asks for the service and does not use %s", b.line, address)
		}
		text = strings.ReplaceAll(text, address, s.service)
	}
	cmd := exec.CommandContext(t.Context(), "sh", "-eu", "-c", text)
	cmd.Dir = s.dir
	if strings.Contains(text, "go run") {
		cmd.Dir = root
	}
	cmd.Env = append(os.Environ(), "PATH="+filepath.Dir(s.binary)+string(os.PathListSeparator)+os.Getenv("PATH"))
	out, err := cmd.CombinedOutput()
	code := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	want, err := strconv.Atoi(b.options["exit"])
	if err != nil && b.options["exit"] != "" {
		t.Fatalf("README.md:%d: %v", b.line, err)
	}
	if code != want {
		t.Fatalf("README.md:%d: exit code %d, want %d\n%s\n%s", b.line, code, want, text, short(string(out)))
	}
	return string(out)
}

// promised looks for the lines of a block in what was printed, in order.
func promised(t *testing.T, b block, printed string) {
	t.Helper()
	rest, looked := printed, 0
	for _, line := range strings.Split(strings.TrimSpace(b.text), "\n") {
		if line == "..." {
			continue
		}
		looked++
		_, after, ok := strings.Cut(rest, line)
		if !ok {
			t.Errorf("README.md:%d: %q was not printed, or not in this order:\n%s", b.line, line, short(printed))
			return
		}
		rest = after
	}
	if looked == 0 {
		t.Errorf("README.md:%d: the block promises nothing", b.line)
	}
}

// short cuts long output for a message.
func short(s string) string {
	const most = 3000
	if len(s) <= most {
		return s
	}
	return s[:most] + " ..."
}

func buildBinary(t *testing.T) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "dross")
	cmd := exec.CommandContext(t.Context(), "go", "build", "-o", bin, "./cmd/dross")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return bin
}

// workFolder makes the folder that a reader of the document would stand in.
func workFolder(t *testing.T) string {
	t.Helper()
	dir, sample := t.TempDir(), read(t, "filter/testdata/sample.html")
	record, err := json.Marshal(map[string]string{"id": "1", "content_type": "text/html", "content": sample})
	if err != nil {
		t.Fatal(err)
	}
	response := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + sample
	warc := fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/\r\nWARC-Date: 2026-11-14T08:00:00Z\r\n"+
		"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\nContent-Type: application/http; msgtype=response\r\n"+
		"Content-Length: %d\r\n\r\n%s\r\n\r\n", len(response), response)
	for name, text := range map[string]string{"filter/testdata/sample.html": sample, "pages.ndjson": string(record) + "\n", "crawl.warc": warc} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

var readyLine = regexp.MustCompile(`msg=ready address=(\S+)`)

// startService starts "dross serve" on a free port and returns its address once
// it is ready.
func startService(t *testing.T, binary string) string {
	t.Helper()
	cmd := exec.Command(binary, "serve", "--listen=127.0.0.1:0")
	log, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ready := make(chan string, 1)
	done := make(chan struct{})
	go func() {
		defer close(done)
		lines := bufio.NewScanner(log)
		for lines.Scan() {
			if m := readyLine.FindStringSubmatch(lines.Text()); m != nil {
				ready <- m[1]
			}
		}
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		<-done
		if err := cmd.Wait(); err != nil {
			t.Errorf("dross serve: %v", err)
		}
	})
	select {
	case at := <-ready:
		return at
	case <-done:
		t.Fatal("dross serve ended before it was ready")
	case <-time.After(30 * time.Second):
		t.Fatal("dross serve is not ready after 30 s")
	}
	return ""
}
