package assistant_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/assistant/internal/assistant"
	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage/memory"
)

// ordinary is what somebody might write.
const ordinary = "a stay in hospital"

// house is the specimen company with a leave request and a document of E045 and a candidate, whose texts the test chooses.
type house struct {
	*assistant.Assistant
	request string // the leave request of E045
}

// newHouse returns the company with a text; drafts are the test's own. The records of a text are set up once, and no test writes to them.
func newHouse(t *testing.T, text string) house {
	t.Helper()
	h, found := built[text]
	if !found {
		h = build(t, text)
		built[text] = h
	}
	a := *h.Assistant
	a.Drafts = &assistant.Drafts{Dir: t.TempDir(), App: a.App}
	return house{&a, h.request}
}

var built = map[string]house{}

// build sets the company up.
func build(t *testing.T, text string) house {
	c, err := app.Specimen()
	require.NoError(t, err)
	db := memory.New()
	now := func() time.Time { return c.ClosedAt.Add(time.Hour) }
	access := hr.StandardAccess()
	a := app.New(c, db, access.Decide, now)
	require.NoError(t, a.Seed(t.Context(), io.Discard))
	all := app.New(c, db, hr.AllowAll, now)
	cmd := func(id string) hr.Command {
		return hr.Command{ID: hr.CommandID("test/" + id), Actor: hr.Actor{ID: "E045", Employee: "E045"}, Purpose: "test"}
	}
	request, err := all.Leave.Apply(t.Context(), cmd("leave"), leave.Application{Employee: "E045", Type: "earned", Period: hr.MustPeriod("2026-11-16..2026-11-17"), Reason: text})
	require.NoError(t, err)
	_, err = all.People.KeepDocument(t.Context(), cmd("document"), lifecycle.Document{ID: "D1", Employee: "E045", Kind: "visa", Title: text, Expires: hr.MustDate("2026-11-20")}, "")
	require.NoError(t, err)
	_, err = all.Hiring.AddCandidate(t.Context(), cmd("candidate"), recruitment.Candidate{ID: "C1", Person: hr.Person{Name: "Asha Rao " + text}})
	require.NoError(t, err)
	log := slog.New(slog.DiscardHandler)
	return house{&assistant.Assistant{App: a, Log: log}, string(request)}
}

// connect returns a client of the SDK that works for a user.
func (h house) connect(t *testing.T, user hr.Actor) *mcp.ClientSession {
	t.Helper()
	theirs, ours := mcp.NewInMemoryTransports()
	server, err := h.Server(user).Connect(t.Context(), ours, nil)
	require.NoError(t, err)
	client, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), theirs, nil)
	require.NoError(t, err)
	t.Cleanup(func() { _ = client.Close(); _ = server.Wait() })
	return client
}

// answered is what a tool returned: its structured content, or why it refused.
type answered struct {
	refused string
	notice  string
	data    map[string]any
	hidden  []string
	raw     string
}

func call(t *testing.T, s *mcp.ClientSession, tool string, args map[string]any) answered {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	res, err := s.CallTool(ctx, &mcp.CallToolParams{Name: tool, Arguments: args})
	require.NoError(t, err)
	if res.IsError {
		require.Nil(t, res.StructuredContent, "a refusal carries no data")
		return answered{refused: res.Content[0].(*mcp.TextContent).Text}
	}
	raw, err := json.Marshal(res.StructuredContent)
	require.NoError(t, err)
	var out struct {
		Notice string         `json:"notice"`
		Data   map[string]any `json:"data"`
		Hidden []string       `json:"hidden"`
	}
	require.NoError(t, json.Unmarshal(raw, &out))
	return answered{notice: out.Notice, data: out.Data, hidden: out.Hidden, raw: string(raw)}
}

// roles are who may connect, as everybody stands to E045.
func roles() (names []string, actors map[string]hr.Actor) {
	actors = map[string]hr.Actor{
		"employee": {ID: "E045", Employee: "E045"}, "manager": {ID: "E044", Employee: "E044"}, "stranger": {ID: "E010", Employee: "E010"},
	}
	names = []string{"employee", "manager", "stranger"}
	for _, role := range []string{
		hr.RoleHR, hr.RoleHRApprover, hr.RolePayrollPreparer, hr.RolePayrollApprover, hr.RoleAuditor, hr.RoleAdmin, hr.RoleRecruiter, hr.RoleHiring, hr.RoleScheduler, hr.RoleImporter,
	} {
		names = append(names, role)
		actors[role] = hr.Actor{ID: hr.ActorID("somebody with " + role), Roles: []string{role}}
	}
	return names, actors
}

// calls are one call of every tool, about E045.
func (h house) calls() map[string]map[string]any {
	about := map[string]any{"employee": "E045"}
	return map[string]map[string]any{
		"find_people":          {"query": ""},
		"leave_balances":       about,
		"leave_requests":       about,
		"documents":            about,
		"payslip":              {"employee": "E045", "month": "2026-09"},
		"explain_figure":       {"employee": "E045", "month": "2026-09", "line": "basic_pay"},
		"preview_run":          {},
		"needs_attention":      {},
		"candidates":           {"query": "asha"},
		"draft_leave_request":  {"type": "earned", "from": "2026-11-23", "through": "2026-11-24"},
		"draft_leave_decision": {"request": h.request, "agree": true},
		"draft_letter":         {"employee": "E045", "kind": "employment"},
	}
}
