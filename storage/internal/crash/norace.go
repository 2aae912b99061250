//go:build !race

package crash

// Detector says that the race detector is on.
const Detector = false
