//go:build race

package crash

// Detector says that the race detector is on: a process that is killed then runs ten times slower, and has one goroutine that writes.
const Detector = true
