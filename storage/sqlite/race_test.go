//go:build race

package sqlite_test

// detector is on: the process that is killed runs ten times slower, and has one goroutine that writes.
const detector = true
