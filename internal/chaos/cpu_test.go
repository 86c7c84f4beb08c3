package chaos

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// pinned is a command on the first processor; this process is kept off it by
// pinSelf. So a server and the load take nothing from each other, and all
// servers have the same.
func pinned(name string, args ...string) *exec.Cmd {
	if !canPin() {
		return exec.Command(name, args...)
	}
	return exec.Command("taskset", append([]string{"-c", "0", name}, args...)...)
}

func canPin() bool {
	_, err := exec.LookPath("taskset")
	return err == nil && runtime.NumCPU() > 1
}

// pinSelf keeps this process off the first processor until the test ends.
func pinSelf(t testing.TB) {
	t.Helper()
	if !canPin() {
		t.Log("servers and load share the processors: the figures say little")
		return
	}
	move := func(cpus string) {
		if out, err := exec.Command("taskset", "-a", "-c", "-p", cpus, strconv.Itoa(os.Getpid())).CombinedOutput(); err != nil {
			t.Fatalf("taskset: %v: %s", err, out)
		}
	}
	all := fmt.Sprintf("0-%d", runtime.NumCPU()-1)
	move(fmt.Sprintf("1-%d", runtime.NumCPU()-1))
	t.Cleanup(func() { move(all) })
}

// clockTick is what Linux counts processor time in.
const clockTick = time.Second / 100

// cpu is the processor time that the program has used.
func (p *process) cpu(t testing.TB) time.Duration {
	t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		t.Skipf("no processor time to be read here: %v", err)
	}
	_, rest, _ := strings.Cut(string(b), ") ") // the name may hold blanks
	fields := strings.Fields(rest)
	var ticks time.Duration
	for _, f := range fields[11:13] { // utime, stime
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		ticks += time.Duration(n)
	}
	return ticks * clockTick
}
