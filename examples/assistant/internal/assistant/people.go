package assistant

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

// most is how many rows a tool returns.
const most = 50

type findIn struct {
	Query string `json:"query" jsonschema:"part of a name, number, department or position; empty: everybody"`
}

type personOut struct {
	Employee   string `json:"employee" class:"public"`
	Name       string `json:"name" class:"contact"`
	Email      string `json:"email,omitempty" class:"contact"`
	Department string `json:"department,omitempty" class:"public"`
	Position   string `json:"position,omitempty" class:"public"`
	Manager    string `json:"manager,omitempty" class:"public"`
}

type peopleOut struct {
	People []personOut `json:"people"`
	More   bool        `json:"more,omitempty" jsonschema:"there are more: ask more narrowly"`
}

func findPeople(ctx context.Context, c caller, in findIn) (out peopleOut, hidden []string, err error) {
	today := c.App.Today()
	query := strings.ToLower(strings.TrimSpace(in.Query))
	err = c.App.EachEmployed(ctx, hr.Period{From: today, Through: today}, func(all []hr.EmployeeID) error {
		var pins []hr.Pin
		var ids []hr.EmployeeID
		var verdicts []hr.Verdict
		for _, id := range all {
			v, err := storage.Judge(ctx, c.App.Kit, c.view(), "lifecycle.People", id)
			if err != nil {
				return err
			}
			if v.Allow {
				ids, pins, verdicts = append(ids, id), append(pins, hr.Pin{Employee: id}), append(verdicts, v)
			}
		}
		if len(ids) == 0 {
			return nil
		}
		people, err := c.App.People.People(ctx, c.view(), ids...)
		if err != nil {
			return err
		}
		lines, err := c.App.Stand(ctx, pins)
		if err != nil {
			return err
		}
		for i, p := range people {
			t, _ := lines[i].At(today)
			row, blank := hr.Show(verdicts[i], personOut{string(ids[i]), p.Name, p.Email, t.Department, t.Position, string(t.Manager)})
			found := slices.ContainsFunc([]string{row.Employee, row.Name, row.Department, row.Position}, func(s string) bool { return strings.Contains(strings.ToLower(s), query) })
			switch {
			case !found:
			case len(out.People) == most:
				out.More = true
			default:
				out.People, hidden = append(out.People, row), union(hidden, blank)
			}
		}
		return nil
	})
	return out, hidden, err
}

func union(a, b []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(append(slices.Clone(a), b...))))
}

// whose is the employee that a tool is asked about: the user where none is named.
func (c caller) whose(employee string) (hr.EmployeeID, error) {
	id := cmp.Or(hr.EmployeeID(employee), c.user.Employee)
	if id == "" {
		return "", &hr.FieldError{Path: "employee", Rule: hr.RuleRequired, Reason: "is required: the user is no employee"}
	}
	return id, nil
}

type employeeIn struct {
	Employee string `json:"employee,omitempty" jsonschema:"the employee's number; empty: the user"`
}

type documentOut struct {
	ID      string `json:"id" class:"public"`
	Kind    string `json:"kind" class:"public"`
	Title   string `json:"title,omitempty" class:"private"`
	Expires string `json:"expires,omitempty" class:"private"`
}

type documentsOut struct {
	Documents []documentOut `json:"documents"`
}

func documents(ctx context.Context, c caller, in employeeIn) (out documentsOut, hidden []string, err error) {
	id, err := c.whose(in.Employee)
	if err != nil {
		return out, nil, err
	}
	v, err := c.may(ctx, "lifecycle.DocumentsOf", id)
	if err != nil {
		return out, nil, err
	}
	list, err := c.App.People.DocumentsOf(ctx, c.view(), id)
	for _, d := range list {
		if len(out.Documents) < most && !d.Void {
			row, blank := hr.Show(v, documentOut{string(d.ID), d.Kind, d.Title, dayText(d.Expires)})
			out.Documents, hidden = append(out.Documents, row), union(hidden, blank)
		}
	}
	return out, hidden, err
}

func dayText(d hr.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

type candidateOut struct {
	ID    string   `json:"id" class:"public"`
	Name  string   `json:"name" class:"contact"`
	Email string   `json:"email,omitempty" class:"contact"`
	Tags  []string `json:"tags,omitempty" class:"private"`
}

type candidatesOut struct {
	Candidates []candidateOut `json:"candidates"`
}

func candidates(ctx context.Context, c caller, in findIn) (out candidatesOut, hidden []string, err error) {
	const verb = "recruitment.CandidatesAfter"
	v, err := c.may(ctx, verb)
	if err != nil {
		return out, nil, err
	}
	query := strings.ToLower(strings.TrimSpace(in.Query))
	for after := recruitment.CandidateID(""); len(out.Candidates) < most; {
		rows, err := c.App.Hiring.CandidatesAfter(ctx, c.view(), after, 200)
		if err != nil || len(rows) == 0 {
			return out, hidden, err
		}
		for _, x := range rows {
			row, blank := hr.Show(v, candidateOut{string(x.ID), x.Person.Name, x.Person.Email, x.Tags})
			if len(out.Candidates) < most && x.Erased.IsZero() && strings.Contains(strings.ToLower(row.Name), query) {
				out.Candidates, hidden = append(out.Candidates, row), union(hidden, blank)
			}
		}
		after = rows[len(rows)-1].ID
	}
	return out, hidden, nil
}
