package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/examples/server/internal/telemetry"
)

// said keeps what a program says, and can be read while it speaks.
type said struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// The one command: it sets the company up, says where it is and who may log in, and is ready. Told to end, it takes no more requests, answers the one that is
// under way, and ends by itself.
func TestRunsUntilItIsToldToEnd(t *testing.T) {
	ctx, end := context.WithCancel(t.Context())
	defer end()
	var out, log said
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, []string{"-addr", "127.0.0.1:0", "-data", t.TempDir(), "-traces", "stdout"}, func(string) string { return "" }, &out, slog.New(telemetry.Logs(slog.NewJSONHandler(&log, nil))))
	}()
	var address string
	require.Eventually(t, func() bool {
		select {
		case err := <-ended:
			t.Errorf("it ended: %v\n%s", err, out.String())
			return true
		default:
		}
		if found := regexp.MustCompile(`Muster is at http://(127\.0\.0\.1:\d+) `).FindStringSubmatch(out.String()); found != nil {
			address = found[1]
		}
		return address != "" && strings.Contains(out.String(), "October is there to be run")
	}, 2*time.Minute, 20*time.Millisecond)
	require.NotEmpty(t, address)
	for _, part := range []string{"DEVELOPMENT MODE", "employee", "payroll, approves", "arjun.menon@sahyadri.example"} {
		require.Contains(t, out.String(), part)
	}
	var got []byte
	require.Eventually(t, func() bool {
		answer, err := http.Get("http://" + address + "/readyz")
		if err != nil {
			return false
		}
		defer func() { _ = answer.Body.Close() }()
		got, _ = io.ReadAll(answer.Body)
		return answer.StatusCode == http.StatusOK
	}, 10*time.Second, 20*time.Millisecond)
	require.Equal(t, "ready\n", string(got))

	// A request whose body is half sent when the server is told to end.
	c, err := net.Dial("tcp", address)
	require.NoError(t, err)
	defer func() { _ = c.Close() }()
	_, err = fmt.Fprintf(c, "POST /v1/punches HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{\"direction\"", address)
	require.NoError(t, err)
	time.Sleep(100 * time.Millisecond)
	end()
	require.Eventually(t, func() bool { // nobody new is let in
		other, err := net.Dial("tcp", address)
		if err == nil {
			_ = other.Close()
		}
		return err != nil
	}, 10*time.Second, 10*time.Millisecond)
	_, err = io.WriteString(c, `:"in"}  `)
	require.NoError(t, err)
	answer, err := http.ReadResponse(bufio.NewReader(c), nil)
	require.NoError(t, err)
	defer func() { _ = answer.Body.Close() }()
	require.Equal(t, http.StatusUnauthorized, answer.StatusCode, "it is answered all the same")
	select {
	case err := <-ended:
		require.NoError(t, err)
	case <-time.After(25 * time.Second):
		t.Fatal("it does not end")
	}
	require.Contains(t, out.String(), `"Name":"GET /readyz"`, "what was traced is out before it ends")
	require.Contains(t, out.String(), `"Name":"POST none"`, "it was refused before it came to a route")
	require.NotContains(t, log.String(), `"level":"ERROR"`)
	require.Contains(t, log.String(), `"trace_id":"`)
}
