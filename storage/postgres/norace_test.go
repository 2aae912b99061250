//go:build !race

package postgres_test

const detector = false
