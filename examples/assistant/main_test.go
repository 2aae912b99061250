package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/stretchr/testify/require"
)

const inside = "ASSISTANT_TEST_RUN"

// The test binary is the program, where a test starts it.
func TestMain(m *testing.M) {
	if os.Getenv(inside) != "" {
		if err := run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// A client starts the program and speaks over its standard input and output; the person confirms with the same program, from a terminal.
func TestOverStdio(t *testing.T) {
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-stdio", "-as", "E045", "-data", dir)
	cmd.Env = append(os.Environ(), inside+"=1")
	var said bytes.Buffer
	cmd.Stderr = &said
	c, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), &mcp.CommandTransport{Command: cmd}, nil)
	require.NoError(t, err, said.String())
	list, err := c.ListTools(t.Context(), nil)
	require.NoError(t, err)
	require.Len(t, list.Tools, 12)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	res, err := c.CallTool(ctx, &mcp.CallToolParams{Name: "explain_figure", Arguments: map[string]any{"month": "2026-09", "line": "basic_pay"}})
	require.NoError(t, err)
	require.False(t, res.IsError)
	require.Contains(t, fmt.Sprint(res.StructuredContent), "basic")
	res, err = c.CallTool(ctx, &mcp.CallToolParams{Name: "draft_leave_request", Arguments: map[string]any{"type": "earned", "from": "2026-11-23", "through": "2026-11-24"}})
	require.NoError(t, err)
	require.False(t, res.IsError)
	id := res.StructuredContent.(map[string]any)["data"].(map[string]any)["draft"].(string)
	require.NoError(t, c.Close())
	require.Contains(t, said.String(), "Arjun Menon")

	confirm := func(as, says string) (string, error) {
		var out bytes.Buffer
		err := run(t.Context(), []string{"-confirm", id, "-as", as, "-data", dir}, io.NopCloser(strings.NewReader(says)), &out, io.Discard)
		return out.String(), err
	}
	_, err = confirm("E044", "yes\n")
	require.Error(t, err, "somebody else's")
	out, err := confirm("E045", "no\n")
	require.NoError(t, err)
	require.Contains(t, out, "It still waits")
	out, err = confirm("E045", "yes\n")
	require.NoError(t, err)
	require.Contains(t, out, "Ask for earned leave from 2026-11-23 through 2026-11-24 for E045.")
	require.Contains(t, out, "was sent")
	_, err = confirm("E045", "yes\n")
	require.Error(t, err, "once")
}

func TestRunRefuses(t *testing.T) {
	dir := t.TempDir()
	for want, args := range map[string][]string{
		"-as must be one of E045": {"-stdio", "-as", "E999", "-data", dir},
		"cannot listen":           {"-addr", "127.0.0.1:99999", "-data", dir},
	} {
		require.ErrorContains(t, run(t.Context(), args, io.NopCloser(strings.NewReader("")), io.Discard, io.Discard), want)
	}
}
