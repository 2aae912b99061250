package history

import (
	"testing"

	"github.com/musterhr/hr/storage/storagetest"
)

// Run makes one history of 16 writers, of the kind that proves sentence.
func Run(t testing.TB, sentence string, p storagetest.Ports, seed uint64) {
	for _, k := range kinds() {
		if k.name == sentence {
			k.run(t, p, seed, 16)
			return
		}
	}
	t.Fatalf("no kind of history proves %q", sentence)
}

// Sentences are what the kinds of histories prove.
func Sentences() (names []string) {
	for _, k := range kinds() {
		names = append(names, k.name)
	}
	return names
}
