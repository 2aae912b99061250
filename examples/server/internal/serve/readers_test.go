package serve_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// crew are readers, each of whom reads one page again and again.
type crew struct {
	At       string // host and port
	Requests [][]byte
	Each     int           // how often each of them reads
	Look     time.Duration // for how long they look before they read again, on average
}

// figures are how long requests took.
type figures struct {
	P50, P99  time.Duration
	PerSecond float64
	Bytes     int           // of an answer
	server    time.Duration // of the processor, for a request
}

func (f figures) String() string {
	return fmt.Sprintf("p50 %6.1f ms, p99 %6.1f ms, %5.0f a second, %.2f ms of the processor and %d bytes each", ms(f.P50), ms(f.P99), f.PerSecond, ms(f.server), f.Bytes)
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// add adds a reader of a path.
func (c *crew) add(path string, header http.Header) {
	r := http.Request{Method: http.MethodGet, URL: &url.URL{Path: path}, Host: "localhost", Header: header}
	var b bytes.Buffer
	if err := r.Write(&b); err != nil {
		panic(err)
	}
	c.Requests = append(c.Requests, b.Bytes())
}

// read has the readers read in a process of their own, and adds what this process, the server, has used of the processor meanwhile.
func (c crew) read(t *testing.T, at string) (f figures) {
	t.Helper()
	u, err := url.Parse(at)
	require.NoError(t, err)
	c.At = u.Host
	order, err := json.Marshal(c)
	require.NoError(t, err)
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestReaders$") //nolint:gosec // this program
	child.Env = append(os.Environ(), "MUSTER_READERS=1")
	child.Stdin, child.Stderr = bytes.NewReader(order), os.Stderr
	before := used(t)
	out, err := child.Output()
	require.NoError(t, err)
	spent := used(t) - before
	line, _, _ := bytes.Cut(out, []byte("\n"))
	require.NoError(t, json.Unmarshal(line, &f), "%s", out)
	f.server = spent / time.Duration(len(c.Requests)*(c.Each+1))
	return f
}

// used is what this process has used of the processor.
func used(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	require.NoError(t, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestReaders is the process of the readers.
func TestReaders(t *testing.T) {
	if os.Getenv("MUSTER_READERS") == "" {
		t.Skip("is started by TestLoad")
	}
	var c crew
	require.NoError(t, json.NewDecoder(os.Stdin).Decode(&c))
	took := make([][]time.Duration, len(c.Requests))
	var all, ready sync.WaitGroup
	begin := make(chan struct{})
	size := 0
	for i, request := range c.Requests {
		conn, err := net.Dial("tcp", c.At)
		require.NoError(t, err)
		defer func() { _ = conn.Close() }()
		in := bufio.NewReader(conn)
		read := func() (n int64) {
			if _, err := conn.Write(request); err != nil {
				t.Error(err)
				return 0
			}
			answer, err := http.ReadResponse(in, nil)
			if err != nil {
				t.Error(err)
				return 0
			}
			n, _ = io.Copy(io.Discard, answer.Body)
			_ = answer.Body.Close()
			if answer.StatusCode != http.StatusOK {
				t.Errorf("%s: %d", request, answer.StatusCode)
			}
			return n
		}
		size += int(read()) // connections and caches
		ready.Add(1)
		all.Go(func() {
			ready.Done()
			<-begin
			for range c.Each {
				if c.Look > 0 {
					time.Sleep(time.Duration(rand.Int64N(int64(2 * c.Look))))
				}
				at := time.Now()
				read()
				took[i] = append(took[i], time.Since(at))
			}
		})
	}
	ready.Wait()
	begun := time.Now()
	close(begin)
	all.Wait()
	whole := time.Since(begun)
	flat := slices.Sorted(slices.Values(slices.Concat(took...)))
	out, err := json.Marshal(figures{P50: flat[len(flat)/2], P99: flat[len(flat)*99/100], PerSecond: float64(len(flat)) / whole.Seconds(), Bytes: size / len(c.Requests)})
	require.NoError(t, err)
	fmt.Println(string(out))
}
