package recruitment_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
)

// calls calls every method of the service that takes a command or a view, with what stands in given for the types of its other arguments
// and their zero values else, and tells done what each has returned.
func calls(h *house, given []any, done func(name string, err error)) (n int) {
	service := reflect.ValueOf(h.Service)
	for i := range service.NumMethod() {
		name, method := service.Type().Method(i).Name, service.Method(i)
		if method.Type().NumIn() < 2 || method.Type().In(0) != reflect.TypeFor[context.Context]() {
			continue
		}
		n++
		var args []reflect.Value
		for j := range method.Type().NumIn() {
			in := method.Type().In(j)
			if method.Type().IsVariadic() && j == method.Type().NumIn()-1 {
				break
			}
			arg := reflect.Zero(in)
			for _, g := range append(given, h.ctx, h.cmd(), view) {
				if reflect.TypeOf(g).AssignableTo(in) {
					arg = reflect.ValueOf(g)
				}
			}
			args = append(args, arg)
		}
		out := method.Call(args)
		err, _ := out[len(out)-1].Interface().(error)
		done(name, err)
	}
	return n
}

// Every method that reads or writes asks the policy first, under its own name, and leaves the refusal on record and nothing else.
func TestEveryVerbIsJudged(t *testing.T) {
	allow := true
	h := newHouse(func(hr.Ask) hr.Verdict { return hr.Verdict{Allow: allow, Reason: "not yours"} })
	h.payroll(t)
	h.line(t, 1, "")
	opening := h.open(t, 1)
	id := h.applied(t, opening, toOffer...)
	talk := h.talk(t, id, "E1")
	given := []any{opening, id, talk, h.get(t, id).Candidate, h.approved(t, requisition(1))}
	before := h.state(t)
	audits, err := h.db.Audits(h.ctx)
	require.NoError(t, err)
	done := len(audits)
	allow = false
	n := calls(h, given, func(name string, err error) {
		require.ErrorIs(t, err, hr.ErrDenied, name)
		require.ErrorContains(t, err, "recruitment."+name+" is not allowed")
	})
	require.Greater(t, n, 40)
	require.Equal(t, before, h.state(t))
	audits, err = h.db.Audits(h.ctx)
	require.NoError(t, err)
	require.Len(t, audits, done+n, "each refusal is on record")
}

// A house without a plan asks for seats beside it, and for none of a line.
func TestARequestBesideThePlan(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.Plan = nil
	r := requisition(1)
	_, err := h.Request(h.ctx, h.cmd(), r)
	require.Equal(t, []string{"recruitment.plan recruitment.service"}, faults(err))
	r.Line = ""
	h.approved(t, r)
}

// A service without a port says so, whatever is asked of it, and does not break.
func TestEveryVerbWithoutPorts(t *testing.T) {
	h := newHouse(hr.AllowAll)
	full := h.Service
	for name, without := range map[string]func(s *recruitment.Service){
		"plan":         func(s *recruitment.Service) { s.Plan = nil },
		"requisitions": func(s *recruitment.Service) { s.Requisitions = nil },
		"router":       func(s *recruitment.Service) { s.Router = nil },
		"interviews":   func(s *recruitment.Service) { s.Interviews = nil },
		"scorecards":   func(s *recruitment.Service) { s.Scorecards = nil },
		"terms":        func(s *recruitment.Service) { s.Terms = nil },
		"bonuses":      func(s *recruitment.Service) { s.Bonuses = nil },
	} {
		h.Service = full
		without(&h.Service)
		told := 0
		calls(h, nil, func(_ string, err error) {
			for _, f := range hr.FieldErrors(err) {
				if f.Rule == recruitment.RuleService && f.Path == "recruitment."+name {
					told++
				}
			}
		})
		require.Positive(t, told, name)
	}
}
