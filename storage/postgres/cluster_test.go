package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/musterhr/hr/storage/internal/crash"
)

// dsn is the database of these tests: MUSTER_POSTGRES_DSN, or that of a throwaway cluster. Empty: neither is to be had, and tests skip.
var dsn string

// TestMain starts a throwaway cluster from the installed binaries, unless MUSTER_POSTGRES_DSN names a database. Goroutines are not checked: the pools'
// own outlive the tests.
func TestMain(m *testing.M) {
	crash.Worker(work)
	os.Exit(func() int {
		dsn = os.Getenv("MUSTER_POSTGRES_DSN")
		if dsn == "" {
			stop, err := startCluster()
			if err != nil {
				fmt.Fprintln(os.Stderr, "no PostgreSQL for the tests:", err)
			} else {
				defer stop()
			}
		}
		return m.Run()
	}())
}

// binaries finds where initdb and postgres are.
func binaries() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		real, err := filepath.EvalSymlinks(path)
		return filepath.Dir(real), err
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err == nil && len(found) == 0 {
		err = errors.New("initdb is not installed")
	}
	if err != nil {
		return "", err
	}
	return found[len(found)-1], nil
}

// startCluster makes a cluster in a temporary folder that listens on a socket in it. The server refuses to run as root, so root runs it as nobody.
func startCluster() (stop func(), err error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "pg")
	if err != nil {
		return nil, err
	}
	remove := func() { _ = os.RemoveAll(dir) }
	attr := &syscall.SysProcAttr{}
	if os.Geteuid() == 0 {
		nobody, err := user.Lookup("nobody")
		if err != nil {
			remove()
			return nil, err
		}
		uid, _ := strconv.Atoi(nobody.Uid)
		gid, _ := strconv.Atoi(nobody.Gid)
		if err := os.Chown(dir, uid, gid); err != nil {
			remove()
			return nil, err
		}
		attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	data := filepath.Join(dir, "data")
	run := func(name string, args ...string) *exec.Cmd {
		cmd := exec.Command(filepath.Join(bin, name), args...)
		cmd.Dir, cmd.SysProcAttr = dir, attr
		cmd.Env = []string{"LC_ALL=C", "PATH=" + os.Getenv("PATH")}
		return cmd
	}
	if out, err := run("initdb", "-D", data, "-U", "muster", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions").CombinedOutput(); err != nil {
		remove()
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	server := run("postgres", "-D", data, "-k", dir, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=100", "-c", "shared_buffers=64MB")
	if err := server.Start(); err != nil {
		remove()
		return nil, err
	}
	stop = func() {
		_ = server.Process.Signal(syscall.SIGINT)
		_ = server.Wait()
		remove()
	}
	dsn = "host=" + dir + " user=muster dbname=postgres"
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		c, err := pgx.Connect(context.Background(), dsn)
		if err == nil {
			return stop, c.Close(context.Background())
		}
		if time.Now().After(deadline) {
			dsn = ""
			stop()
			return nil, err
		}
	}
}
