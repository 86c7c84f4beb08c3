// Package chaos holds the tests that wear the service down. They drive the real
// program over loopback and print what they measured.
//
// The chaos run: clients of every kind, good and bad, while lists are reloaded.
//
//	go test ./internal/chaos -run TestChaos -v -timeout 10m -chaos.duration 3m -chaos.reloads 1000
//
// Without flags it takes some seconds. The load run, off without its flag:
//
//	go test ./internal/chaos -run TestLoad -v -load.duration 3s
package chaos
