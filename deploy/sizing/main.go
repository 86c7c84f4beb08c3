// Command sizing measures what the sizing table of deploy/README.md says, and
// prints it: pages a second of one core and memory, by size of the page.
//
//	go run ./deploy/sizing [-limit 256] [-time 4s] [-- FLAG...]
//
// It builds and starts the real service for each row, with one processor
// (GOMAXPROCS), the memory target that dross would set itself in a container of
// -limit MiB, and the FLAGs. Pages a second are pages by processor time of the
// service, so that neighbours on the machine count little. It fails when an answer
// is not the one that the page should have. Linux only.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

var sizes = []int{4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20}

// clients send at once.
const clients = 8

func main() {
	limit := flag.Int("limit", 256, "memory of the container in MiB")
	duration := flag.Duration("time", 4*time.Second, "how long each step takes")
	flag.Parse()
	if err := run(*limit, *duration, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "sizing:", err)
		os.Exit(1)
	}
}

func run(limit int, duration time.Duration, flags []string) error {
	dir, err := os.MkdirTemp("", "sizing")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{binary: filepath.Join(dir, "dross"), limit: limit, duration: duration, flags: flags}
	if out, err := exec.Command("go", "build", "-o", b.binary, "github.com/drosshq/dross/cmd/dross").CombinedOutput(); err != nil {
		return fmt.Errorf("building: %w\n%s", err, out)
	}
	if err := b.idle(); err != nil {
		return err
	}
	fmt.Printf("| page | clean, pages/s a core | with a block, pages/s a core | memory (peak, %d at once) |\n|---|---|---|---|\n", clients)
	for _, size := range sizes {
		if err := b.row(size); err != nil {
			return fmt.Errorf("pages of %d bytes: %w", size, err)
		}
	}
	return b.reloads()
}

// bench is how every row is measured.
type bench struct {
	binary   string
	limit    int
	duration time.Duration
	flags    []string
}

func (b *bench) idle() error {
	s, err := b.start()
	if err != nil {
		return err
	}
	defer s.end()
	cpu, err := s.cpu()
	if err != nil {
		return err
	}
	time.Sleep(time.Second)
	now, peak, err := s.memory()
	fmt.Printf("limit %d MiB; start: %.2f s of processor time, %d MiB after it, peak %d MiB\n", b.limit, cpu.Seconds(), now, peak)
	return err
}

func (b *bench) row(size int) error {
	s, err := b.start()
	if err != nil {
		return err
	}
	defer s.end()
	clean, err := s.load(page(size, false), "clean", b.duration)
	if err != nil {
		return err
	}
	block, err := s.load(page(size, true), "stripped", b.duration)
	if err != nil {
		return err
	}
	_, peak, err := s.memory()
	fmt.Printf("| %d KB | %s | %s | %d MiB |\n", size>>10, clean, block, peak)
	return err
}

// reloads measures the most that a service needs: lists compiled aside, under load.
func (b *bench) reloads() error {
	s, err := b.start()
	if err != nil {
		return err
	}
	defer s.end()
	done := make(chan error, 1)
	go func() {
		for range 5 {
			time.Sleep(b.duration / 6)
			if err := s.reload(); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	got, err := s.load(page(16<<10, false), "clean", b.duration)
	if err != nil {
		return err
	}
	if err := <-done; err != nil {
		return err
	}
	_, peak, err := s.memory()
	fmt.Printf("16 KB with 5 reloads in it: %s pages/s a core, peak %d MiB\n", got, peak)
	return err
}
