package crash

// Alone skips a test that one goroutine at a time runs through for long: under the race detector it would take minutes and show nothing. The test runs
// whole without it.
func Alone(t interface {
	Helper()
	Skip(args ...any)
},
) {
	t.Helper()
	if Detector {
		t.Skip("one goroutine at a time, and minutes under the race detector; the test runs without it")
	}
}
