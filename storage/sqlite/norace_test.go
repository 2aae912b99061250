//go:build !race

package sqlite_test

const detector = false
