package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

// Rules of the server, beside those of the packages.
const (
	RuleInternal    hr.Rule = "server.internal"        // a fault of the server
	RuleTooLarge    hr.Rule = "server.body.too_large"  // a body above the limit
	RuleBody        hr.Rule = "server.body"            // a body that is not what the route asks for
	RuleNotFound    hr.Rule = "server.not_found"       // nothing is there, or nothing that you may see
	RuleMethod      hr.Rule = "server.method"          // the route has no such method
	RuleLogin       hr.Rule = "server.login.required"  // nobody has logged in
	RuleScope       hr.Rule = "server.token.may_not"   // the token is not made for this
	RuleTooMany     hr.Rule = "server.too_many"        // too many requests
	RuleCrossOrigin hr.Rule = "server.cross_origin"    // a page of somebody else sent it
	RuleKey         hr.Rule = "server.idempotency_key" // the key of a writing request is missing or is none
	RuleMatch       hr.Rule = "server.if_match"        // the version that the change is meant for is missing or not the newest
	RuleTimeout     hr.Rule = "server.timeout"         // it took too long
)

// Problem is an answer that says what went wrong, as RFC 9457 has it, with the rule that was broken as its stable code.
type Problem struct {
	Type   string  `json:"type" doc:"about:blank: the code says more"`
	Title  string  `json:"title" example:"Unprocessable Entity"`
	Status int     `json:"status" example:"422"`
	Detail string  `json:"detail,omitempty" doc:"what is wrong and what to do, for a person"`
	Code   hr.Rule `json:"code" example:"leave.request.overlap" doc:"the rule that was broken; it never changes its meaning"`
	Errors []Fault `json:"errors,omitempty" doc:"everything that is wrong, field by field"`
	Trace  string  `json:"trace,omitempty" example:"4bf92f3577b34da6a3ce929d0e0e4736" doc:"the trace of the request: whoever runs the server finds what happened by it"`

	header http.Header
}

// Fault is one thing that is wrong.
type Fault struct {
	Path   string  `json:"path" example:"period.from" doc:"the field; empty: the request as a whole"`
	Code   hr.Rule `json:"code" example:"leave.request.overlap"`
	Reason string  `json:"reason"`
}

// Error implements error.
func (p *Problem) Error() string { return string(p.Code) + ": " + p.Detail }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders implements huma.HeadersError.
func (p *Problem) GetHeaders() http.Header { return p.header }

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// With returns p with a header of the answer.
func (p *Problem) With(name, value string) *Problem {
	if p.header == nil {
		p.header = http.Header{}
	}
	p.header.Set(name, value)
	return p
}

// complete fills in what follows from the rest.
func (p Problem) complete() Problem {
	p.Type, p.Title = "about:blank", http.StatusText(p.Status)
	return p
}

// WriteProblem answers with a problem.
func WriteProblem(w http.ResponseWriter, p Problem) {
	p = p.complete()
	p.Trace = w.Header().Get(TraceHeader)
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // the line is gone if it fails
}

// NewProblem returns a problem.
func NewProblem(status int, code hr.Rule, detail string, args ...any) *Problem {
	p := Problem{Status: status, Code: code, Detail: fmt.Sprintf(detail, args...)}.complete()
	return &p
}

// ProblemOf says what an error of a service means to a caller. What is nobody's business goes to the log only.
func ProblemOf(ctx context.Context, log *slog.Logger, err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	faults := hr.FieldErrors(err)
	switch {
	case errors.Is(err, hr.ErrDenied):
		return NewProblem(http.StatusForbidden, storage.RuleDenied, "You may not do this. Ask whoever looks after access in your company.")
	case errors.Is(err, storage.ErrReused):
		return NewProblem(http.StatusUnprocessableEntity, storage.RuleCommandReused, "The Idempotency-Key was used for something else. Use a new key for a new intention.")
	case errors.Is(err, storage.ErrConflict):
		return NewProblem(http.StatusConflict, "storage.conflict", "Somebody else changed this meanwhile. Read it again and decide again.")
	case errors.Is(err, storage.ErrNotFound), unknown(faults):
		return NewProblem(http.StatusNotFound, RuleNotFound, "Nothing is there under this id, or nothing that you may see.")
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return NewProblem(http.StatusGatewayTimeout, RuleTimeout, "This took too long and was given up. Send it again with the same Idempotency-Key: what was done is not done twice.")
	case len(faults) > 0:
		status := http.StatusUnprocessableEntity
		if slices.ContainsFunc(faults, func(f *hr.FieldError) bool { return f.Rule == hr.RuleMachineMove }) {
			status = http.StatusConflict // it is in another state by now, whatever else is wrong
		}
		p := NewProblem(status, faults[0].Rule, "%s", sentence(faults))
		for _, f := range faults {
			p.Errors = append(p.Errors, Fault{Path: f.Path, Code: f.Rule, Reason: f.Reason})
		}
		return p
	}
	log.ErrorContext(ctx, "a request failed", "request", RequestID(ctx), "err", err)
	return NewProblem(http.StatusInternalServerError, RuleInternal, "Something went wrong in the server. Nothing was changed. Tell whoever runs it the trace of this request.")
}

// unknown reports whether the one fault is that there is no case or person of an id.
func unknown(faults []*hr.FieldError) bool {
	return len(faults) == 1 && slices.Contains([]hr.Rule{
		lifecycle.RuleEmploymentUnknown, lifecycle.RuleChecklistUnknown, lifecycle.RuleProposalUnknown, lifecycle.RuleDocumentUnknown,
		recruitment.RuleRequisitionUnknown, recruitment.RuleOpeningUnknown, recruitment.RuleCandidateUnknown, recruitment.RuleApplicationUnknown, recruitment.RuleInterviewUnknown,
	}, faults[0].Rule)
}

func sentence(faults []*hr.FieldError) string {
	if len(faults) == 1 {
		if faults[0].Path == "" {
			return faults[0].Reason
		}
		return faults[0].Path + ": " + faults[0].Reason
	}
	return fmt.Sprintf("%d things are wrong; errors has them all.", len(faults))
}
