package storage_test

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// trail is an audit that anybody can edit.
type trail struct {
	heads []storage.AuditHead
	links map[string][]storage.AuditLink
}

func (t *trail) AuditHeads(_ context.Context, after string, limit int) (out []storage.AuditHead, err error) {
	for _, h := range t.heads {
		if h.Stream > after && len(out) < limit {
			out = append(out, h)
		}
	}
	return out, nil
}

func (t *trail) AuditLinks(_ context.Context, stream string, after int64, limit int) (out []storage.AuditLink, err error) {
	for _, l := range t.links[stream] {
		if l.Number > after && len(out) < limit {
			out = append(out, l)
		}
	}
	return out, nil
}

// written is an audit of two chains with seven entries each, as it was written.
func written() *trail {
	t := &trail{links: map[string][]storage.AuditLink{}}
	for _, emp := range []hr.EmployeeID{"E1", "E2"} {
		head := storage.AuditHead{Stream: "employee/" + string(emp)}
		for n := range 7 {
			l := storage.Chain(head, storage.Audit{
				Command: hr.CommandID(fmt.Sprint("c", n)), Verb: "leave.Approve", Actor: "ann", Purpose: "leave", Reason: fmt.Sprint("as agreed ", n),
				Subjects: []hr.EmployeeID{emp}, At: now.Add(time.Duration(n) * time.Hour),
			}, fmt.Sprint("salt", emp, n))
			t.links[head.Stream] = append(t.links[head.Stream], l)
			head = l.Head()
		}
		t.heads = append(t.heads, head)
	}
	return t
}

// Whatever somebody does to an audit afterwards shows, at the first place that it touches.
func TestVerifyAudit(t *testing.T) {
	const e1, e2 = "employee/E1", "employee/E2"
	sound := written()
	faults, err := storage.VerifyAudit(t.Context(), sound)
	require.NoError(t, err)
	require.Empty(t, faults)
	before, err := storage.TakeCheckpoint(t.Context(), sound, now)
	require.NoError(t, err)
	require.Equal(t, sound.heads, before.Heads)

	for n := range 7 {
		place := storage.AuditFault{Stream: e1, Number: int64(n + 1)}
		for _, c := range []struct {
			done string
			edit func(a *trail)
			at   storage.AuditFault
		}{
			{"an edited actor", func(a *trail) { a.links[e1][n].Actor = "bob" }, place},
			{"an edited reason", func(a *trail) { a.links[e1][n].Reason = "because" }, place},
			{"another subject", func(a *trail) { a.links[e1][n].Subjects = []hr.EmployeeID{"E2"} }, place},
			{"another moment", func(a *trail) { a.links[e1][n].At = a.links[e1][n].At.Add(time.Microsecond) }, place},
			{"a deleted entry", func(a *trail) { a.links[e1] = slices.Delete(a.links[e1], n, n+1) }, place},
			{"an entry of the other chain", func(a *trail) { a.links[e1][n] = a.links[e2][n] }, place},
			{"an entry written anew, with the head set to it", func(a *trail) {
				h := storage.AuditHead{Stream: e1}
				if n > 0 {
					h = a.links[e1][n-1].Head()
				}
				a.links[e1][n] = storage.Chain(h, storage.Audit{Verb: "leave.Approve", Actor: "bob", Subjects: []hr.EmployeeID{"E1"}, At: now}, "salt")
			}, storage.AuditFault{Stream: e1, Number: min(int64(n+2), 8)}},
			{"an end cut off", func(a *trail) { a.links[e1] = a.links[e1][:n] }, place},
		} {
			a := written()
			c.edit(a)
			faults, err := storage.VerifyAudit(t.Context(), a)
			require.NoError(t, err)
			require.Len(t, faults, 1, "%s at %d", c.done, n+1)
			faults[0].Reason = ""
			require.Equal(t, c.at, faults[0], "%s at %d", c.done, n+1)
		}
		if n > 0 {
			a := written()
			a.links[e1][n-1], a.links[e1][n] = a.links[e1][n], a.links[e1][n-1]
			faults, err := storage.VerifyAudit(t.Context(), a)
			require.NoError(t, err)
			require.Len(t, faults, 1, "two entries swapped at %d", n)
			require.Equal(t, int64(n), faults[0].Number)
		}
	}

	cut := written() // and the head with it: only the checkpoint knows
	cut.links[e1], cut.heads[0] = cut.links[e1][:5], cut.links[e1][4].Head()
	faults, err = storage.VerifyAudit(t.Context(), cut)
	require.NoError(t, err)
	require.Empty(t, faults)
	faults, err = storage.VerifyAudit(t.Context(), cut, before)
	require.NoError(t, err)
	require.Equal(t, []storage.AuditFault{{Stream: e1, Number: 6, Reason: "the chain ends here, and had 7 entries at the checkpoint"}}, faults)

	anew := written() // by somebody who writes every entry from the fifth on and the head anew: the chain is whole, and another one
	head := anew.links[e1][3].Head()
	for n, l := range anew.links[e1][4:] {
		l.Actor = "bob"
		anew.links[e1][4+n] = storage.Chain(head, l.Audit, l.Salt)
		head = anew.links[e1][4+n].Head()
	}
	anew.heads[0] = head
	faults, err = storage.VerifyAudit(t.Context(), anew)
	require.NoError(t, err)
	require.Empty(t, faults)
	faults, err = storage.VerifyAudit(t.Context(), anew, before)
	require.NoError(t, err)
	require.Equal(t, []storage.AuditFault{{Stream: e1, Number: 7, Reason: "the chain is another one than at the checkpoint"}}, faults)

	gone := written()
	delete(gone.links, e2)
	gone.heads = gone.heads[:1]
	faults, err = storage.VerifyAudit(t.Context(), gone, before)
	require.NoError(t, err)
	require.Equal(t, []storage.AuditFault{{Stream: e2, Reason: "the chain is gone, and was there at the checkpoint"}}, faults)

	erased := written()
	for n, l := range erased.links[e1] {
		erased.links[e1][n] = l.Erased()
	}
	faults, err = storage.VerifyAudit(t.Context(), erased, before)
	require.NoError(t, err)
	require.Empty(t, faults, "what is erased lawfully leaves the chain as it was")
	require.Empty(t, erased.links[e1][0].Reason)

	public, private, err := ed25519.GenerateKey(nil)
	require.NoError(t, err)
	signature := before.Sign(private)
	require.True(t, before.Signed(public, signature))
	before.Heads[0].Number--
	require.False(t, before.Signed(public, signature))
}
