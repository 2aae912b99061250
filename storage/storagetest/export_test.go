package storagetest

import "time"

// LosePatience shortens the wait for stores that hang, in the processes that run doubles.
func LosePatience() { pause, patience = 40*time.Millisecond, 2*time.Second }
