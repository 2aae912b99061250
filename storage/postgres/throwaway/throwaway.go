// Package throwaway starts a PostgreSQL that is gone afterwards, from the binaries that are installed: for demonstrations, and for tests of hosts
// that keep their data with package postgres. It syncs nothing to disk, so it is no place for data.
package throwaway

import "github.com/musterhr/hr/storage/internal/cluster"

// Start makes a cluster in a temporary folder and starts its server, which listens on a socket in that folder only. Settings are more of the server's, each
// as NAME=VALUE. It returns the DSN of an empty database, and what stops the server and removes the folder. Where no PostgreSQL is installed it is an error.
func Start(settings ...string) (dsn string, stop func(), err error) {
	return cluster.Start(settings...)
}
