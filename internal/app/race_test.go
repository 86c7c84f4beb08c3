//go:build race

package app

// raceFlag builds the binary under test as the test itself is built.
const raceFlag = "-race"
