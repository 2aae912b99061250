package api

import (
	"context"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/storage"
)

// AuditEntry is one entry of the audit: who did what to whom, when and why. Values are not in it.
type AuditEntry struct {
	Stream   string          `json:"stream"`
	Number   int64           `json:"number"`
	At       time.Time       `json:"at"`
	Verb     string          `json:"verb" example:"leave.Decide"`
	Actor    hr.ActorID      `json:"actor"`
	Purpose  string          `json:"purpose,omitempty"`
	Reason   string          `json:"reason,omitempty"`
	Via      []string        `json:"via,omitempty"`
	Subjects []hr.EmployeeID `json:"subjects,omitempty"`
	Refused  string          `json:"refused,omitempty" doc:"why it was refused; missing for what was done"`
	Hash     string          `json:"hash"`
}

// Chain is the end of one chain of the audit.
type Chain struct {
	Stream string `json:"stream"`
	Number int64  `json:"number" doc:"how many entries it has"`
	Hash   string `json:"hash" doc:"of the last"`
}

func (a *API) approvals() {
	get(a, "/v1/approvals", "approvals", "What waits for my decision", func(ctx context.Context, r Request, _ *Nothing) (List[desk.Waiting], error) {
		waiting, err := a.Inbox(ctx, r.User)
		return whole(waiting), err
	})
}

func (a *API) audit() {
	get(a, "/v1/audit", "audit", "The chains of the audit", func(ctx context.Context, r Request, in *Paging) (List[Chain], error) {
		if err := storage.May(ctx, r.App.Kit, r.View(), hr.VerbAudit); err != nil {
			return List[Chain]{}, err
		}
		heads, err := r.App.Store.AuditHeads(ctx, in.After, in.Limit)
		out := make([]Chain, len(heads))
		for i, h := range heads {
			out[i] = Chain{h.Stream, h.Number, h.Hash}
		}
		return list(out, in.Limit, func(c Chain) string { return c.Stream }), err
	})
	type entriesIn struct {
		Stream string `query:"stream" required:"true" maxLength:"300"`
		After  int64  `query:"after" minimum:"0" doc:"the number of the last entry of the page before"`
		Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"100"`
	}
	get(a, "/v1/audit/entries", "audit", "The entries of one chain, in order", func(ctx context.Context, r Request, in *entriesIn) (List[AuditEntry], error) {
		if err := storage.May(ctx, r.App.Kit, r.View(), hr.VerbAudit); err != nil {
			return List[AuditEntry]{}, err
		}
		links, err := r.App.Store.AuditLinks(ctx, in.Stream, in.After, in.Limit)
		out := make([]AuditEntry, len(links))
		for i, l := range links {
			out[i] = AuditEntry{l.Stream, l.Number, l.At, l.Verb, l.Actor, l.Purpose, l.Reason, l.Via, l.Subjects, l.Refused, l.Hash}
		}
		return list(out, in.Limit, func(e AuditEntry) string { return itoa(e.Number) }), err
	})
	get(a, "/v1/audit/verification", "audit", "Whether the audit is whole: every edit, deletion, swap and cut of it is found", func(ctx context.Context, r Request, _ *Nothing) (Verified, error) {
		if err := storage.May(ctx, r.App.Kit, r.View(), hr.VerbAudit); err != nil {
			return Verified{}, err
		}
		faults, err := storage.VerifyAudit(ctx, r.App.Store)
		out := Verified{Whole: len(faults) == 0 && err == nil, Faults: []string{}}
		for _, f := range faults {
			out.Faults = append(out.Faults, f.Stream+" "+itoa(f.Number)+": "+f.Reason)
		}
		return out, err
	})
}

// Verified says whether the audit is whole.
type Verified struct {
	Whole  bool     `json:"whole"`
	Faults []string `json:"faults"`
}
