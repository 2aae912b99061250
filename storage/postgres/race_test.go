//go:build race

package postgres_test

// detector is on: the process that is killed runs ten times slower, and has one goroutine that writes.
const detector = true
