// Package cluster starts a throwaway PostgreSQL for tests, from the binaries that are installed.
package cluster

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

const (
	// Variable names the database that tests use instead of a cluster of their own.
	Variable = "MUSTER_POSTGRES_DSN"
	// Required is set where tests that find no PostgreSQL must fail and not skip. .ci/run sets it.
	Required = "MUSTER_POSTGRES_REQUIRED"
)

// Run is what a TestMain does: it finds a database, runs the tests with its DSN, stops what it started and returns the code to exit with. The DSN is
// empty where there is no PostgreSQL; tests then skip and say so, unless [Required] is set: then none runs and the code is that of a failure.
func Run(errs io.Writer, tests func(dsn string) int) int {
	dsn := os.Getenv(Variable)
	if dsn == "" {
		server, stop, err := Start()
		if err != nil {
			_, _ = fmt.Fprintf(errs, "no PostgreSQL for the tests: %v\n", err)
			if os.Getenv(Required) != "" {
				_, _ = fmt.Fprintf(errs, "%s is set, so this is a failure\n", Required)
				return 1
			}
		} else {
			defer stop()
			dsn = server
		}
	}
	return tests(dsn)
}

// binaries finds where initdb and postgres are: in PATH, or the newest that Debian keeps.
func binaries() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		real, err := filepath.EvalSymlinks(path)
		return filepath.Dir(real), err
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err == nil && len(found) == 0 {
		err = errors.New("initdb is not installed")
	}
	if err != nil {
		return "", err
	}
	return filepath.Dir(found[len(found)-1]), nil
}

// Binary is the path of one of PostgreSQL's programs, such as pg_dump.
func Binary(name string) (string, error) {
	dir, err := binaries()
	if err != nil {
		return "", err
	}
	return exec.LookPath(filepath.Join(dir, name))
}

// Start makes a cluster in a temporary folder that listens on a socket in it. The server refuses to run as root, so root runs it as nobody.
// Settings are more of the server's, each as NAME=VALUE.
func Start(settings ...string) (dsn string, stop func(), err error) {
	bin, err := binaries()
	if err != nil {
		return "", nil, err
	}
	dir, err := os.MkdirTemp("", "pg")
	if err != nil {
		return "", nil, err
	}
	remove := func() { _ = os.RemoveAll(dir) }
	attr := &syscall.SysProcAttr{}
	if os.Geteuid() == 0 {
		uid, gid, err := nobody()
		if err == nil {
			err = os.Chown(dir, uid, gid)
		}
		if err != nil {
			remove()
			return "", nil, err
		}
		attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)} //nolint:gosec // ids of the system
	}
	data := filepath.Join(dir, "data")
	run := func(name string, args ...string) *exec.Cmd {
		cmd := exec.Command(filepath.Join(bin, name), args...) //nolint:gosec // programs of PostgreSQL
		cmd.Dir, cmd.SysProcAttr = dir, attr
		cmd.Env = []string{"LC_ALL=C", "PATH=" + os.Getenv("PATH")}
		return cmd
	}
	if out, err := run("initdb", "-D", data, "-U", "muster", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions").CombinedOutput(); err != nil {
		remove()
		return "", nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	args := []string{"-D", data, "-k", dir}
	for _, s := range append([]string{"listen_addresses=", "fsync=off", "max_connections=100", "shared_buffers=64MB"}, settings...) {
		args = append(args, "-c", s)
	}
	server := run("postgres", args...)
	if err := server.Start(); err != nil {
		remove()
		return "", nil, err
	}
	stop = func() {
		_ = server.Process.Signal(syscall.SIGINT)
		_ = server.Wait()
		remove()
	}
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		out, err := run("pg_isready", "-h", dir, "-U", "muster", "-d", "postgres").CombinedOutput()
		if err == nil {
			return "host=" + dir + " user=muster dbname=postgres", stop, nil
		}
		if time.Now().After(deadline) {
			stop()
			return "", nil, fmt.Errorf("the server does not answer: %s", out)
		}
	}
}

func nobody() (uid, gid int, err error) {
	u, err := user.Lookup("nobody")
	if err != nil {
		return 0, 0, err
	}
	uid, err = strconv.Atoi(u.Uid)
	if err != nil {
		return 0, 0, err
	}
	gid, err = strconv.Atoi(u.Gid)
	return uid, gid, err
}
