package storagetest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

// notAboutOne are the ports of [Ports] that keep nothing about one person, or keep it for everybody at once: the organisation, plans, runs, openings.
var notAboutOne = []string{
	"lifecycle.Structure", "payroll.Runs", "payroll.Adoptions", "recruitment.Openings", "recruitment.Plan", "recruitment.Requisitions",
}

// Extracts proves that a person is given all that is stored about them, and nothing about anybody else: two people have a value of their own in every
// field of everything that is stored about people, and each is exported.
func Extracts(t *testing.T, open func(t *testing.T) Ports) {
	people := []planted{plant("E1", "C1", 100), plant("E2", "C2", 500)}
	kept := func(t *testing.T) (context.Context, Ports) {
		ctx, p := deadline(t), open(t)
		ok(t, p.Runs.PutRun(ctx, Fill[payroll.Run](90, func(r *payroll.Run) { r.ID, r.Of, r.Members, r.Version = "R1", "", r.Members+10, 0 })))
		ok(t, p.Runs.AddMembers(ctx, "R1", "E1", "E2"))
		ok(t, p.Openings.PutOpening(ctx, recruitment.Opening{ID: "O1"}))
		for _, who := range people {
			ok(t, who.put(ctx, p))
		}
		return ctx, p
	}
	ports := reflect.TypeFor[Ports]()
	for i := range ports.NumField() {
		f := ports.Field(i)
		name := f.Type.String()
		if f.Type.Kind() == reflect.Interface && !strings.HasPrefix(name, "storage.") && !slices.Contains(notAboutOne, name) {
			must(t, people[0].records[name] != nil, "nothing is planted in %s: say what is exported of it", name)
		}
	}
	// The numbers in their values have as many digits, so that none is the beginning of another.
	for i := range people {
		who, other := people[i], people[1-i]
		t.Run(fmt.Sprintf("person %d has every field of every record, under its class", i+1), func(t *testing.T) {
			ctx, p := kept(t)
			e, err := who.export(ctx, p)
			ok(t, err)
			must(t, len(e.Kept) > 0, "it is not said how long it is kept")
			items := map[string]map[string]hr.Item{}
			for _, s := range e.Sections {
				items[s.Source] = map[string]hr.Item{}
				must(t, len(s.Records) == 1, "%s has %d records", s.Source, len(s.Records))
				for _, item := range s.Records[0].Items {
					items[s.Source][item.Path] = item
				}
			}
			for source, record := range who.records {
				for _, want := range leavesOf(reflect.ValueOf(record), "", "") {
					got, has := items[source][want.path]
					must(t, has, "%s: %s is not there", source, want.path)
					must(t, got.Class == want.class, "%s: %s has class %q, not %q", source, want.path, got.Class, want.class)
					switch {
					case want.person && !slices.Contains(who.own, want.text):
						must(t, got.Withheld == hr.WithheldPerson && got.Value.IsZero(), "%s: %s is another person", source, want.path)
					case want.text != "":
						must(t, got.Value.Reveal() == want.text, "%s: %s is not what is stored", source, want.path)
					default:
						must(t, !got.Value.IsZero(), "%s: %s has no value", source, want.path)
					}
				}
			}
		})
		t.Run(fmt.Sprintf("person %d is given nothing about others, as JSON and as text", i+1), func(t *testing.T) {
			ctx, p := kept(t)
			e, err := who.export(ctx, p)
			ok(t, err)
			var asJSON, asText bytes.Buffer
			ok(t, e.JSON(&asJSON))
			ok(t, e.Text(&asText))
			must(t, json.Valid(asJSON.Bytes()), "it is not JSON")
			both := asJSON.String() + asText.String()
			found := 0
			for source, record := range who.records {
				for _, l := range leavesOf(reflect.ValueOf(record), "", "") {
					switch there := strings.Contains(both, l.text); {
					case l.person && !slices.Contains(who.own, l.text):
						must(t, !there, "%s: %s names another person", source, l.path)
					case distinct.MatchString(l.text):
						must(t, there, "%s: %s is not written", source, l.path)
						found++
					}
				}
			}
			must(t, found > 100, "only %d values were looked for", found)
			for source, record := range other.records {
				for _, l := range leavesOf(reflect.ValueOf(record), "", "") {
					if distinct.MatchString(l.text) || slices.Contains(other.own, l.text) {
						must(t, !strings.Contains(both, l.text), "%s: %s of another person is written", source, l.path)
					}
				}
			}
			withheld(t, ctx, p, who)
		})
	}
}

// withheld proves that a verdict decides what is given.
func withheld(t *testing.T, ctx context.Context, p Ports, who planted) {
	t.Helper()
	who.policy = func(hr.Ask) hr.Verdict {
		return hr.Verdict{Allow: true, Reason: "some", Classes: []hr.FieldClass{hr.ClassPublic}}
	}
	e, err := who.export(ctx, p)
	ok(t, err)
	n := 0
	for _, s := range e.Sections {
		for _, item := range s.Records[0].Items {
			must(t, item.Class == hr.ClassPublic || item.Withheld == hr.WithheldClass && item.Value.IsZero(), "%s: %s is shown", s.Source, item.Path)
			if item.Withheld == hr.WithheldClass {
				n++
			}
		}
	}
	must(t, n > 100, "only %d fields were withheld", n)
	who.policy = func(a hr.Ask) hr.Verdict {
		return hr.Verdict{Allow: a.Verb != "payroll.Export", Classes: hr.FieldClasses()}
	}
	e, err = who.export(ctx, p)
	is(t, err, hr.ErrDenied)
	must(t, len(e.Sections) == 0, "a part is given to who may not have the whole")
}

// distinct is a text that [Fill] gives to one field alone.
var distinct = regexp.MustCompile(`^[a-z_\[\]]+-(key-)?\d{4,}$`)

// planted is a person with a value of their own in every field.
type planted struct {
	employee  hr.EmployeeID
	candidate recruitment.CandidateID
	own       []string
	records   map[string]any // by port: the stored record, or the entry
	policy    hr.Policy
}

// plantFact is a fact with an id of its own.
func plantFact[T any](n int, emp hr.EmployeeID, edit func(*T)) hr.Entry[T] {
	return pinnedFact(n, func(e *hr.Entry[T]) {
		e.ID, e.Seq = fmt.Sprintf("fact-%d", n*1000), 1
		edit(&e.Value)
	})
}

func plant(emp hr.EmployeeID, cand recruitment.CandidateID, n int) planted {
	return planted{
		employee: emp, candidate: cand, own: []string{string(emp), string(cand)}, policy: hr.AllowAll,
		records: map[string]any{
			"lifecycle.Employments": Fill[lifecycle.Employment](n+1, func(e *lifecycle.Employment) { e.ID, e.Former, e.Version = emp, "", 0 }),
			"lifecycle.Facts":       plantFact(n+2, emp, func(*hr.Terms) {}),
			"lifecycle.Record":      plantFact(n+3, emp, func(*lifecycle.Happening) {}),
			"lifecycle.Proposals":   Fill[lifecycle.Proposal](n+4, func(p *lifecycle.Proposal) { p.Employee, p.Version = emp, 0 }),
			"lifecycle.Documents":   Fill[lifecycle.Document](n+5, func(d *lifecycle.Document) { d.Employee, d.Version = emp, 0 }),
			"lifecycle.Holds":       Fill[lifecycle.LegalHold](n+6, func(h *lifecycle.LegalHold) { h.Employee, h.Version = emp, 0 }),
			"lifecycle.Consents":    plantFact(n+7, emp, func(*lifecycle.Consent) {}),
			"lifecycle.Delegations": plantFact(n+8, emp, func(d *lifecycle.Delegation) { d.From = emp }),
			"lifecycle.Checklists":  Fill[lifecycle.Checklist](n+9, func(c *lifecycle.Checklist) { c.Employee, c.Version = emp, 0 }),

			"leave.Requests": Fill[leave.Request](n+11, func(r *leave.Request) { r.Employee, r.Version = emp, 0 }),
			"leave.Ledger":   plantFact(n+12, emp, func(*leave.Movement) {}),
			"leave.Absent":   plantFact(n+13, emp, func(*leave.Away) {}),

			"attendance.Punches": plantFact(n+14, emp, func(p *attendance.Punch) { p.Employee = emp }),
			"attendance.Rosters": plantFact(n+15, emp, func(r *attendance.Rostered) { r.Employee = emp }),
			"attendance.Permits": plantFact(n+16, emp, func(p *attendance.Permit) { p.Employee = emp }),
			"attendance.Requests": Fill[attendance.Request](n+17, func(r *attendance.Request) {
				r.Employee, r.Permit.Employee, r.Version = emp, emp, 0
				for i := range r.Corrections {
					r.Corrections[i].Employee = emp
				}
			}),

			"payroll.Results":     hr.Entry[payroll.Result]{ID: "R1", Value: Fill[payroll.Result](n+18, func(r *payroll.Result) { r.Employee, r.Slip.Employee = emp, emp })},
			"payroll.Postings":    plantFact(n+19, emp, func(p *payroll.Posting) { p.Employee, p.Run, p.Of = emp, "R1", "R1" }),
			"payroll.Adjustments": plantFact(n+20, emp, func(a *payroll.Adjustment) { a.Employee = emp }),
			"payroll.Debts":       plantFact(n+21, emp, func(d *payroll.Debt) { d.Employee = emp }),
			"payroll.Requests":    Fill[payroll.Request](n+22, func(r *payroll.Request) { r.Employee, r.Debt.Employee, r.Version = emp, emp, 0 }),

			"recruitment.Candidates": Fill[recruitment.Candidate](n+23, func(c *recruitment.Candidate) {
				c.ID, c.Employee, c.Merged, c.MergedInto, c.Version = cand, emp, nil, "", 0
			}),
			"recruitment.Applications": Fill[recruitment.Application](n+24, func(a *recruitment.Application) {
				a.ID, a.Opening, a.Candidate, a.Version = recruitment.ApplicationID("A-"+cand), "O1", cand, 0
				a.HiredAs, a.Offer.Employee, a.Offer.State = emp, emp, recruitment.OfferAccepted
				for i := range a.Earlier {
					a.Earlier[i].Employee = emp
				}
			}),
			"recruitment.Interviews": Fill[recruitment.Interview](n+25, func(i *recruitment.Interview) {
				i.ID, i.Application, i.Candidate, i.Version = recruitment.InterviewID("I-"+cand), recruitment.ApplicationID("A-"+cand), cand, 0
			}),
			"recruitment.Scorecards": Fill[recruitment.Scorecard](n+26, func(c *recruitment.Scorecard) {
				c.Application, c.Interview, c.Version = recruitment.ApplicationID("A-"+cand), recruitment.InterviewID("I-"+cand), 0
			}),
		},
	}
}

// put stores everything.
func (w *planted) put(ctx context.Context, p Ports) error {
	type entry = hr.Entry[payroll.Result]
	steps := []func() error{
		func() error {
			return p.Employments.PutEmployment(ctx, w.records["lifecycle.Employments"].(lifecycle.Employment))
		},
		func() error {
			return p.Terms.AppendTerms(ctx, w.employee, w.records["lifecycle.Facts"].(hr.Entry[hr.Terms]))
		},
		func() error {
			return p.Record.AppendHappenings(ctx, w.employee, w.records["lifecycle.Record"].(hr.Entry[lifecycle.Happening]))
		},
		func() error {
			return p.Proposals.PutProposal(ctx, w.records["lifecycle.Proposals"].(lifecycle.Proposal))
		},
		func() error {
			return p.Documents.PutDocument(ctx, w.records["lifecycle.Documents"].(lifecycle.Document))
		},
		func() error { return p.Holds.PutHold(ctx, w.records["lifecycle.Holds"].(lifecycle.LegalHold)) },
		func() error {
			return p.Consents.AppendConsents(ctx, w.employee, w.records["lifecycle.Consents"].(hr.Entry[lifecycle.Consent]))
		},
		func() error {
			return p.Delegations.AppendDelegations(ctx, w.employee, w.records["lifecycle.Delegations"].(hr.Entry[lifecycle.Delegation]))
		},
		func() error {
			return p.Checklists.PutChecklist(ctx, w.records["lifecycle.Checklists"].(lifecycle.Checklist))
		},
		func() error { return p.LeaveRequests.PutRequest(ctx, w.records["leave.Requests"].(leave.Request)) },
		func() error {
			return p.Ledger.AppendMovements(ctx, w.employee, w.records["leave.Ledger"].(leave.Entry))
		},
		func() error { return p.Absent.AppendAway(ctx, w.employee, w.records["leave.Absent"].(leave.AwayEntry)) },
		func() error {
			return p.Punches.AppendPunches(ctx, w.records["attendance.Punches"].(hr.Entry[attendance.Punch]))
		},
		func() error {
			return p.Rosters.AppendRosters(ctx, w.records["attendance.Rosters"].(hr.Entry[attendance.Rostered]))
		},
		func() error {
			return p.Permits.AppendPermits(ctx, w.records["attendance.Permits"].(hr.Entry[attendance.Permit]))
		},
		func() error {
			return p.AttendanceRequests.PutAttendanceRequest(ctx, w.records["attendance.Requests"].(attendance.Request))
		},
		func() error { return p.Results.PutResults(ctx, "R1", w.records["payroll.Results"].(entry).Value) },
		func() error {
			return p.Postings.AppendPostings(ctx, w.records["payroll.Postings"].(hr.Entry[payroll.Posting]))
		},
		func() error {
			return p.Adjustments.AppendAdjustments(ctx, w.records["payroll.Adjustments"].(hr.Entry[payroll.Adjustment]))
		},
		func() error { return p.Debts.AppendDebts(ctx, w.records["payroll.Debts"].(hr.Entry[payroll.Debt])) },
		func() error {
			return p.PayrollRequests.PutPayrollRequest(ctx, w.records["payroll.Requests"].(payroll.Request))
		},
		func() error {
			return p.Candidates.PutCandidate(ctx, w.records["recruitment.Candidates"].(recruitment.Candidate))
		},
		func() error {
			return p.Applications.PutApplication(ctx, w.records["recruitment.Applications"].(recruitment.Application))
		},
		func() error {
			return p.Interviews.PutInterview(ctx, w.records["recruitment.Interviews"].(recruitment.Interview))
		},
		func() error {
			return p.Scorecards.PutScorecard(ctx, w.records["recruitment.Scorecards"].(recruitment.Scorecard))
		},
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// export asks every service, as a host does.
func (w *planted) export(ctx context.Context, p Ports) (hr.Extract, error) {
	kit := storage.Kit{Tx: p.Tx, Log: p.Log, Know: p.Know, Journal: p.Journal, Authorize: w.policy, Secret: []byte("thirty-two bytes and more of test")}
	v := hr.View{Actor: hr.Actor{ID: "officer"}, Purpose: "subject access"}
	people := lifecycle.Service{
		Kit: kit, Employments: p.Employments, Facts: p.Terms, Record: p.Record, Proposals: p.Proposals, Documents: p.Documents, Holds: p.Holds, Consents: p.Consents,
		Delegations: p.Delegations, Checklists: p.Checklists,
	}
	e, err := storage.Export(ctx, v, w.employee, people,
		leave.Service{Kit: kit, Requests: p.LeaveRequests, Ledger: p.Ledger, Absent: p.Absent},
		attendance.Service{Kit: kit, Punches: p.Punches, Rosters: p.Rosters, Permits: p.Permits, Requests: p.AttendanceRequests},
		payroll.Service{Kit: kit, Runs: p.Runs, Results: p.Results, Postings: p.Postings, Adjustments: p.Adjustments, Debts: p.Debts, Requests: p.PayrollRequests})
	if err != nil {
		return e, err
	}
	c, err := recruitment.Service{
		Kit: kit, Candidates: p.Candidates, Applications: p.Applications, Interviews: p.Interviews, Scorecards: p.Scorecards,
	}.ExportCandidate(ctx, v, w.candidate)
	return e.Join(c), err
}

// told is one field that holds something.
type told struct {
	path   string
	class  hr.FieldClass
	text   string // of a text, an id, a secret or an amount; empty for other kinds of values
	person bool   // it names somebody
}

// leavesOf lists the fields with classes that are not zero, in its own way: by their tags, whatever they are called.
func leavesOf(v reflect.Value, path string, class hr.FieldClass) (all []told) {
	if v.IsZero() {
		return nil
	}
	switch t := v.Type(); {
	case t == reflect.TypeFor[hr.Secret](), t == reflect.TypeFor[decimal.Decimal]():
	case v.Kind() == reflect.Pointer:
		return leavesOf(v.Elem(), path, class)
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			all = append(all, leavesOf(v.Index(i), fmt.Sprintf("%s[%d]", path, i), class)...)
		}
		return all
	case v.Kind() == reflect.Struct:
		if value := v.FieldByName("Value"); value.IsValid() && v.FieldByName("Withdraws").IsValid() {
			return leavesOf(value, "", "")
		}
		for i := range v.NumField() {
			f := t.Field(i)
			tag := f.Tag.Get("class")
			if tag == "" {
				continue
			}
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name == "" {
				name = f.Name
			}
			if path != "" {
				name = path + "." + name
			}
			all = append(all, leavesOf(v.Field(i), name, hr.FieldClass(tag))...)
		}
		if all != nil {
			return all
		}
	}
	l := told{path: path, class: class}
	switch x := v.Interface().(type) {
	case hr.Secret:
		l.text = x.Reveal()
	case decimal.Decimal:
		l.text = x.String()
	case hr.EmployeeID:
		l.text, l.person = string(x), true
	case hr.ActorID:
		l.text, l.person = string(x), true
	default:
		if v.Kind() == reflect.String {
			l.text = v.String()
		}
	}
	return []told{l}
}
