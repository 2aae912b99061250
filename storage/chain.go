package storage

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"time"

	"github.com/musterhr/hr"
)

// AuditHead is the end of one chain of audit entries. The zero AuditHead, with a Stream, is that of a chain without entries.
type AuditHead struct {
	Stream string `class:"public"`
	Number int64  `class:"public"` // how many entries the chain has
	Hash   string `class:"public"` // of the last
}

// AuditLink is an audit entry in its chain. Its Hash covers the Hash before it and everything else but Reason, Refused and Salt: those two
// texts, which may be about a person, enter as marks that only who has the Salt can compare with a text. So they can be erased with
// the salt, and the chain still holds.
type AuditLink struct {
	Audit       `class:"private"`
	Stream      string `class:"public"`
	Number      int64  `class:"public"`  // from 1, without a gap
	Salt        string `class:"private"` // random; empty once the texts were erased
	ReasonMark  string `class:"public"`
	RefusedMark string `class:"public"`
	Hash        string `class:"public"`
}

// AuditStream says to which chain an entry belongs: that of its subject if it has one, and otherwise that of its verb.
func AuditStream(a Audit) string {
	if len(a.Subjects) == 1 {
		return "employee/" + string(a.Subjects[0])
	}
	return "verb/" + a.Verb
}

// Chain puts an entry behind the end of its chain. Salt is 128 random bits or more, in any form. The moment of the entry is kept to
// the microsecond, which is what every store can.
func Chain(head AuditHead, a Audit, salt string) AuditLink {
	a.At = a.At.UTC().Truncate(time.Microsecond)
	l := AuditLink{
		Audit: a, Stream: head.Stream, Number: head.Number + 1, Salt: salt,
		ReasonMark: mark(salt, a.Reason), RefusedMark: mark(salt, a.Refused),
	}
	l.Hash = l.hash(head.Hash)
	return l
}

// Head returns the end of the chain that l is the last entry of.
func (l AuditLink) Head() AuditHead {
	return AuditHead{Stream: l.Stream, Number: l.Number, Hash: l.Hash}
}

// Erased returns l without the texts that may be about a person. Its hash stays.
func (l AuditLink) Erased() AuditLink {
	l.Reason, l.Refused, l.Salt = "", "", ""
	return l
}

// mark commits to a text without showing it. The empty text has no mark.
func mark(salt, text string) string {
	if text == "" {
		return ""
	}
	return hr.Digest("audit_mark/1", []string{salt, text})
}

func (l AuditLink) hash(before string) string {
	l.Reason, l.Refused, l.Salt, l.Hash = "", "", "", ""
	return hr.Digest("audit/1", struct {
		Before string
		Link   AuditLink
	}{before, l})
}

// AuditFault is a place where the audit is not as it was written. It names no one but the stream.
type AuditFault struct {
	Stream string
	Number int64 // of the first entry that does not fit; 0: the chain as a whole
	Reason string
}

// Checkpoint is what the audit came to at some moment: the end of every chain. Kept, or signed and given away, where whoever could edit the
// audit cannot edit it, it shows what was cut off since.
type Checkpoint struct {
	At    time.Time
	Heads []AuditHead // by stream
}

// verifyPage is how many entries are read at once.
const verifyPage = 500

// TakeCheckpoint reads the ends of all chains. It does not verify them.
func TakeCheckpoint(ctx context.Context, trail AuditTrail, at time.Time) (Checkpoint, error) {
	c := Checkpoint{At: at.UTC().Truncate(time.Microsecond)}
	for after := ""; ; {
		heads, err := trail.AuditHeads(ctx, after, verifyPage)
		if err != nil || len(heads) == 0 {
			return c, err
		}
		c.Heads = append(c.Heads, heads...)
		after = heads[len(heads)-1].Stream
	}
}

// Digest is what a signature covers.
func (c Checkpoint) Digest() string { return hr.Digest("audit_checkpoint/1", c) }

// Sign signs the checkpoint.
func (c Checkpoint) Sign(key ed25519.PrivateKey) []byte { return ed25519.Sign(key, []byte(c.Digest())) }

// Signed reports whether signature is one of this checkpoint by the owner of key.
func (c Checkpoint) Signed(key ed25519.PublicKey, signature []byte) bool {
	return len(key) == ed25519.PublicKeySize && ed25519.Verify(key, []byte(c.Digest()), signature)
}

// VerifyAudit reads all of the audit and returns every chain that is not as it was written, each with the first place that does not fit: any edit,
// deletion, insertion or swap of entries, and what is missing at the end of a chain of which the head, or one of the checkpoints, knows
// more. An entry of which the texts and the salt are not there was erased, or was read without keys, and fits. Without a checkpoint, whoever cuts off the end of a chain and moves its head back is not found out. Time grows with the number
// of entries; memory does not.
func VerifyAudit(ctx context.Context, trail AuditTrail, since ...Checkpoint) ([]AuditFault, error) {
	must := map[string][]AuditHead{} // what checkpoints say
	for _, c := range since {
		for _, h := range c.Heads {
			must[h.Stream] = append(must[h.Stream], h)
		}
	}
	var faults []AuditFault
	verify := func(head AuditHead) error {
		at := AuditHead{Stream: head.Stream}
		wanted := must[head.Stream]
		delete(must, head.Stream)
		fault := func(number int64, reason string, args ...any) {
			faults = append(faults, AuditFault{head.Stream, number, fmt.Sprintf(reason, args...)})
		}
		for {
			links, err := trail.AuditLinks(ctx, head.Stream, at.Number, verifyPage)
			if err != nil {
				return err
			}
			for _, l := range links {
				switch {
				case l.Stream != head.Stream || l.Number != at.Number+1:
					fault(at.Number+1, "the entry is missing")
					return nil
				case l.hash(at.Hash) != l.Hash:
					fault(l.Number, "the entry is not what was written here")
					return nil
				case l.Salt != "" && (mark(l.Salt, l.Reason) != l.ReasonMark || mark(l.Salt, l.Refused) != l.RefusedMark), l.Salt == "" && (l.Reason != "" || l.Refused != ""):
					fault(l.Number, "its texts are not what was written here")
					return nil
				}
				at = l.Head()
				for _, w := range wanted {
					if w.Number == at.Number && w.Hash != at.Hash {
						fault(at.Number, "the chain is another one than at the checkpoint")
						return nil
					}
				}
			}
			if len(links) < verifyPage {
				break
			}
		}
		if at != head {
			fault(at.Number+1, "the chain ends here, and its head says that it has %d entries", head.Number)
			return nil
		}
		for _, w := range wanted {
			if w.Number > at.Number {
				fault(at.Number+1, "the chain ends here, and had %d entries at the checkpoint", w.Number)
				return nil
			}
		}
		return nil
	}
	for after := ""; ; {
		heads, err := trail.AuditHeads(ctx, after, verifyPage)
		if err != nil {
			return nil, err
		}
		for _, h := range heads {
			if err := verify(h); err != nil {
				return nil, err
			}
			after = h.Stream
		}
		if len(heads) < verifyPage {
			break
		}
	}
	for _, c := range since {
		for _, h := range c.Heads {
			if _, missing := must[h.Stream]; missing {
				delete(must, h.Stream)
				faults = append(faults, AuditFault{Stream: h.Stream, Reason: "the chain is gone, and was there at the checkpoint"})
			}
		}
	}
	return faults, nil
}
