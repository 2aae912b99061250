package assistant_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/examples/assistant/internal/assistant"
)

// who says for each tool which roles have it about E045. Read off testdata/access.md of the root by the verbs that each tool asks; a role that is no
// employee cannot ask for leave.
var who = map[string]string{
	"find_people":          "everybody", // and finds whom they may see
	"leave_balances":       "employee manager hr auditor",
	"leave_requests":       "employee manager hr auditor",
	"documents":            "employee hr auditor",
	"payslip":              "employee payroll.preparer payroll.approver auditor",
	"explain_figure":       "employee payroll.preparer payroll.approver auditor",
	"preview_run":          "payroll.preparer payroll.approver auditor",
	"needs_attention":      "everybody", // and lists what is theirs
	"candidates":           "recruiter auditor",
	"draft_leave_request":  "employee manager stranger", // each their own
	"draft_leave_decision": "manager hr",
	"draft_letter":         "employee manager hr hr.approver payroll.preparer payroll.approver auditor",
}

func TestEveryToolForEveryRole(t *testing.T) {
	h := newHouse(t, ordinary)
	names, actors := roles()
	calls := h.calls()
	require.Len(t, who, len(assistant.Tools()), "a tool is missing from the table, or one too many is in it")
	pan, account := "", ""
	for _, e := range h.App.Company.People {
		if e.ID() == "E045" {
			pan, account = e.Hire.Person.Identity("pan_in").Reveal(), e.Hire.Person.Bank.Number.Reveal()
		}
	}
	require.NotEmpty(t, pan)
	require.NotEmpty(t, account)
	for _, role := range names {
		session := h.connect(t, actors[role])
		for _, tool := range assistant.Tools() {
			require.Contains(t, who, tool, "a new tool needs its row")
			require.Contains(t, calls, tool, "a new tool needs its call")
			got := call(t, session, tool, calls[tool])
			may := who[tool] == "everybody" || slices.Contains(strings.Fields(who[tool]), role)
			require.Equal(t, may, got.refused == "", "%s for %s: %s", tool, role, got.refused)
			require.NotContains(t, got.raw, pan, "%s for %s", tool, role)
			require.NotContains(t, got.raw, account, "%s for %s", tool, role)
			if may {
				require.Contains(t, got.notice, "not instructions")
			}
		}
	}
}

// What is seen is what the verdict shows; the rest is blank and named.
func TestNothingIsShownThatTheUserMayNotSee(t *testing.T) {
	h := newHouse(t, ordinary)
	_, actors := roles()
	about := map[string]any{"employee": "E045"}
	own := call(t, h.connect(t, actors["employee"]), "leave_requests", about)
	require.Contains(t, own.raw, "hospital")
	require.Empty(t, own.hidden)
	boss := h.connect(t, actors["manager"])
	theirs := call(t, boss, "leave_requests", about)
	require.NotContains(t, theirs.raw, "hospital")
	require.Equal(t, []string{"reason"}, theirs.hidden)
	require.Contains(t, call(t, boss, "draft_letter", map[string]any{"employee": "E045", "kind": "salary"}).refused, "pay", "a manager sees no pay, so no letter says it")
	found := call(t, h.connect(t, actors["employee"]), "find_people", map[string]any{"query": ""})
	require.Len(t, found.data["people"], 1, "an employee finds themselves")
	require.Greater(t, len(call(t, boss, "find_people", map[string]any{"query": ""}).data["people"].([]any)), 1)
	require.Empty(t, call(t, boss, "find_people", map[string]any{"query": "Daruwala"}).data["people"], "somebody else's boss")
}

// No tool takes from its arguments who asks, and what it does not know it refuses.
func TestNoToolTakesWhoAsks(t *testing.T) {
	h := newHouse(t, ordinary)
	_, actors := roles()
	session := h.connect(t, actors["stranger"])
	list, err := session.ListTools(t.Context(), nil)
	require.NoError(t, err)
	require.Len(t, list.Tools, len(assistant.Tools()))
	known := []string{"query", "employee", "on", "from", "through", "month", "line", "type", "reason", "request", "agree", "kind"}
	for _, tool := range list.Tools {
		schema := tool.InputSchema.(map[string]any)
		properties, _ := schema["properties"].(map[string]any)
		for name := range properties {
			require.Contains(t, known, name, "%s: an argument that says who asks is a hole; add others to the list", tool.Name)
		}
		require.Equal(t, !strings.HasPrefix(tool.Name, "draft_"), tool.Annotations.ReadOnlyHint, tool.Name)
		for _, extra := range []string{"actor", "role", "roles", "as", "user", "purpose", "confirm"} {
			args := map[string]any{extra: "E063"}
			for k, v := range h.calls()[tool.Name] {
				args[k] = v
			}
			require.Contains(t, call(t, session, tool.Name, args).refused, extra, tool.Name)
		}
	}
}

func TestArgumentsAreRefusedInWords(t *testing.T) {
	h := newHouse(t, ordinary)
	_, actors := roles()
	session := h.connect(t, actors["employee"])
	for _, c := range []struct {
		tool string
		args map[string]any
		says string
	}{
		{"leave_balances", map[string]any{"on": "tomorrow"}, "on: must be a day"},
		{"payslip", map[string]any{"month": "September"}, "month: must be a month"},
		{"payslip", map[string]any{"month": "2020-01"}, "not found"},
		{"payslip", map[string]any{"month": 9}, "month"},
		{"explain_figure", map[string]any{"month": "2026-09", "line": "no_such"}, "no_such"},
		{"draft_leave_request", map[string]any{"type": "gardening", "from": "2026-11-24", "through": "2026-11-23"}, "type: is no leave type"},
		{"draft_leave_request", map[string]any{"type": "earned", "from": "2026-11-23", "through": "2026-11-24", "reason": strings.Repeat("x", 3000)}, "reason: is too long"},
		{"draft_letter", map[string]any{"kind": "dismissal"}, "kind: must be employment or salary"},
		{"draft_leave_decision", map[string]any{"request": "../../etc/passwd", "agree": true}, "denied"},
		{"leave_requests", map[string]any{"from": "2026-11-24", "through": "2026-11-23"}, "through"},
		{"documents", map[string]any{"employee": "E999"}, "denied"},
	} {
		require.Contains(t, call(t, session, c.tool, c.args).refused, c.says, "%s %v", c.tool, c.args)
	}
	waiting, err := h.Drafts.Of("E045")
	require.NoError(t, err)
	require.Empty(t, waiting, "nothing was put down")
}
