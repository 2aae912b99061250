package assistant

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
)

// Draft is something that an assistant prepared and that a person must confirm: until then nothing has happened.
type Draft struct {
	ID   string     `json:"id"`
	By   hr.ActorID `json:"by"`   // in whose name it was prepared, and who alone may confirm it
	Does string     `json:"does"` // what it will do, in a sentence of this program and not of the model
	At   time.Time  `json:"at"`

	// One of these is what it does.
	Apply  *leave.Application `json:"apply,omitempty"`
	Decide *decision          `json:"decide,omitempty"`
	Letter *lifecycle.Letter  `json:"letter,omitempty"`

	State DraftState `json:"state"`
}

type decision struct {
	Request leave.RequestID `json:"request"`
	Says    leave.Decision  `json:"says"`
}

// DraftState is where a draft stands.
type DraftState string

const (
	DraftWaits     DraftState = "waits for confirmation"
	DraftConfirmed DraftState = "confirmed"
	DraftDropped   DraftState = "dropped"
)

// Lasts is how long a draft can be confirmed.
const Lasts = 24 * time.Hour

// mostDrafts is how many drafts of one user may wait.
const mostDrafts = 50

// Drafts keeps drafts as files of a folder, so that the program which confirms need not be the one that prepared.
type Drafts struct {
	Dir string
	App *app.App
}

var (
	errGone  = &hr.FieldError{Path: "draft", Rule: hr.RuleInvalid, Reason: "does not wait for confirmation: it was confirmed, dropped, or is older than a day"}
	errFull  = &hr.FieldError{Path: "draft", Rule: hr.RuleInvalid, Reason: "too many drafts wait: confirm or drop some first"}
	errEmpty = errors.New("assistant: a draft that does nothing")
)

type draftOut struct {
	Draft  string `json:"draft" jsonschema:"the id of the draft"`
	Does   string `json:"does" jsonschema:"what it will do once the user has confirmed it"`
	Text   string `json:"text,omitempty" jsonschema:"the text of a letter"`
	Status string `json:"status"`
}

// draft puts a draft down for the user.
func (c caller) draft(_ context.Context, d Draft) (draftOut, []string, error) {
	waiting, err := c.Drafts.Of(c.user.ID)
	if err == nil && len(waiting) >= mostDrafts {
		err = errFull
	}
	if err != nil {
		return draftOut{}, nil, err
	}
	d.ID, d.By, d.At, d.State = rand.Text(), c.user.ID, c.App.Kit.Clock(), DraftWaits
	if err := c.Drafts.put(d); err != nil {
		return draftOut{}, nil, err
	}
	out := draftOut{Draft: d.ID, Does: d.Does, Status: "nothing has happened yet: the user must confirm it on the confirmation page or command line, and you cannot"}
	if d.Letter != nil {
		out.Text = d.Letter.Subject + "\n\n" + d.Letter.Body
	}
	return out, nil, nil
}

func (s *Drafts) file(id string) string { return filepath.Join(s.Dir, id+".json") }

// put writes a draft whole or not at all.
func (s *Drafts) put(d Draft) error {
	text, err := json.Marshal(d)
	if err != nil {
		return err
	}
	part := s.file(d.ID) + "." + rand.Text()
	if err := os.WriteFile(part, text, 0o600); err != nil {
		return err
	}
	return os.Rename(part, s.file(d.ID))
}

// get reads a draft. An id that is no name of a draft is not found, whatever path it spells.
func (s *Drafts) get(id string) (d Draft, err error) {
	if len(id) != 26 || strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") != "" {
		return d, storage.ErrNotFound
	}
	text, err := os.ReadFile(s.file(id))
	if errors.Is(err, fs.ErrNotExist) {
		return d, storage.ErrNotFound
	}
	if err == nil {
		err = json.Unmarshal(text, &d)
	}
	return d, err
}

// Of returns the drafts of a user that wait, the oldest first.
func (s *Drafts) Of(user hr.ActorID) (list []Draft, err error) {
	files, err := filepath.Glob(filepath.Join(s.Dir, "*.json"))
	for _, f := range files {
		d, err := s.get(strings.TrimSuffix(filepath.Base(f), ".json"))
		if err != nil {
			return nil, err
		}
		if d.By == user && s.waits(d) {
			list = append(list, d)
		}
	}
	slices.SortFunc(list, func(a, b Draft) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	return list, err
}

func (s *Drafts) waits(d Draft) bool {
	return d.State == DraftWaits && s.App.Kit.Clock().Before(d.At.Add(Lasts))
}

// Mine returns a draft of a user; that of somebody else is not found.
func (s *Drafts) Mine(user hr.ActorID, id string) (Draft, error) {
	d, err := s.get(id)
	if err == nil && d.By != user {
		err = storage.ErrNotFound
	}
	return d, err
}

// Confirm does what a draft says, or drops it, and returns what came of it. It is for a person who has shown who they are to this program: no tool
// calls it. The services ask the policy again, as of now, and the command has the id of the draft, so that confirming twice does it once.
func (s *Drafts) Confirm(ctx context.Context, person hr.Actor, id string, yes bool) (string, error) {
	d, err := s.Mine(person.ID, id)
	if err != nil {
		return "", err
	}
	if !s.waits(d) {
		return "", errGone
	}
	if !yes {
		d.State = DraftDropped
		return "dropped", s.put(d)
	}
	cmd := hr.Command{ID: hr.CommandID("assistant/" + d.ID), Actor: person, Purpose: "prepared by an assistant, confirmed by the person"}
	var did string
	switch {
	case d.Apply != nil:
		var request leave.RequestID
		request, err = s.App.Leave.Apply(ctx, cmd, *d.Apply)
		did = fmt.Sprintf("leave request %s was sent", request)
	case d.Decide != nil:
		cmd.Reason = d.Decide.Says.Reason
		err = s.App.Leave.Decide(ctx, cmd, d.Decide.Request, d.Decide.Says)
		did = fmt.Sprintf("the decision on leave request %s was given", d.Decide.Request)
	case d.Letter != nil:
		did, err = s.issue(d)
	default:
		err = errEmpty
	}
	if err != nil {
		return "", err
	}
	d.State = DraftConfirmed
	return did, s.put(d)
}

// issue writes a letter to a file beside the drafts.
func (s *Drafts) issue(d Draft) (string, error) {
	name := filepath.Join(s.Dir, "letter-"+d.ID+".txt")
	return "the letter was written to " + name, os.WriteFile(name, []byte(d.Letter.Subject+"\n\n"+d.Letter.Body+"\n"), 0o600)
}
