package lifecycle

import (
	"context"
	"errors"
	"log/slog"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// DocumentID names a document.
type DocumentID string

// Document is something that an employee has shown and that may expire: a visa, a licence, a medical certificate, a contract. The file
// itself is the host's. Version 0 is not stored yet.
type Document struct {
	ID       DocumentID      `json:"id" class:"public"` // empty in [Service.KeepDocument]: one is made
	Employee hr.EmployeeID   `json:"employee" class:"public"`
	Kind     string          `json:"kind" class:"public"`                   // the host's word: "visa", "driving_licence", "medical"
	Title    string          `json:"title,omitempty" class:"private"`       // what a list shows
	Number   hr.Secret       `json:"number,omitzero" class:"government_id"` // as printed on it
	Issued   hr.Date         `json:"issued,omitzero" class:"private"`
	Expires  hr.Date         `json:"expires,omitzero" class:"private"` // the last day on which it is good; zero: it does not expire
	File     string          `json:"file,omitempty" class:"private"`   // where the host keeps it
	Renewed  DocumentID      `json:"renewed,omitempty" class:"public"` // the document that has taken its place; it is not watched any more
	Void     bool            `json:"void,omitempty" class:"public"`    // taken back or not needed any more; it is not watched either
	Version  storage.Version `json:"version" class:"public"`
}

// LogValue hides the values.
func (Document) LogValue() slog.Value { return slog.StringValue("[document]") }

// KeepDocument stores a new document, in place of the one that renews names where that is not empty. It returns the id of the new one. Faults
// come together: no kind, an id that is taken (RuleDocument), a day of expiry before the day of issue (RuleDocumentDates), a renewed
// document that is not there, another employee's or of another kind (RuleDocumentUnknown), renewed or void already (RuleDocument).
func (s Service) KeepDocument(ctx context.Context, cmd hr.Command, d Document, renews DocumentID) (DocumentID, error) {
	args := struct {
		Document Document
		Renews   DocumentID
	}{d, renews}
	return do(ctx, s, cmd, "lifecycle.KeepDocument", storage.About(args, d.Employee), func(ctx context.Context, cmd hr.Command) (DocumentID, []storage.Event, error) {
		d := d
		if err := s.keeps(); err != nil {
			return "", nil, err
		}
		if _, err := s.employment(ctx, d.Employee); err != nil {
			return "", nil, err
		}
		if d.ID == "" {
			d.ID = DocumentID(cmd.NewID("document"))
		}
		d.Version, d.Renewed, d.Void = 0, "", false
		var faults hr.Faults
		if d.Kind == "" {
			faults.Missing("document.kind", RuleDocument)
		}
		if !d.Expires.IsZero() && d.Expires.Before(d.Issued) {
			faults.Add("document.expires", RuleDocumentDates, "must not be before the day of issue")
		}
		if _, err := s.Documents.Document(ctx, d.ID); err == nil {
			faults.Join("", &hr.FieldError{Path: "document.id", Rule: RuleDocument, Reason: "is the id of another document", Err: hr.ErrDuplicate})
		} else if !errors.Is(err, storage.ErrNotFound) {
			return "", nil, err
		}
		var old Document
		if renews != "" {
			var err error
			if old, err = s.Documents.Document(ctx, renews); err != nil && !errors.Is(err, storage.ErrNotFound) {
				return "", nil, err
			}
			switch {
			case old.Employee != d.Employee || old.Kind != d.Kind:
				faults.Add("renews", RuleDocumentUnknown, "is no document of this employee and this kind")
			case old.Renewed != "" || old.Void:
				faults.Add("renews", RuleDocument, "is renewed or void already")
			}
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		if err := s.Documents.PutDocument(ctx, d); err != nil {
			return "", nil, err
		}
		if renews != "" {
			old.Renewed = d.ID
			if err := s.Documents.PutDocument(ctx, old); err != nil {
				return "", nil, err
			}
		}
		return d.ID, []storage.Event{event(cmd, "document", d.Employee, hr.Ref{Kind: "document", ID: string(d.ID)})}, nil
	})
}

// VoidDocument marks a document as not good any more, so that it is watched no longer. One that is not there is RuleDocumentUnknown.
func (s Service) VoidDocument(ctx context.Context, cmd hr.Command, id DocumentID) error {
	var d Document
	about := storage.AboutCase(id, func(ctx context.Context) (_ []hr.EmployeeID, err error) {
		if err = s.keeps(); err != nil {
			return nil, err
		}
		if d, err = s.Documents.Document(ctx, id); errors.Is(err, storage.ErrNotFound) {
			err = &hr.FieldError{Path: "document", Rule: RuleDocumentUnknown, Reason: "is no document", Err: storage.ErrNotFound}
		}
		return []hr.EmployeeID{d.Employee}, err
	})
	_, err := do(ctx, s, cmd, "lifecycle.VoidDocument", about, func(ctx context.Context, cmd hr.Command) (DocumentID, []storage.Event, error) {
		now := d
		now.Void = true
		return id, []storage.Event{event(cmd, "document_void", d.Employee, hr.Ref{Kind: "document", ID: string(id)})}, s.Documents.PutDocument(ctx, now)
	})
	return err
}

// DocumentsOf returns the documents of one employee, by id.
func (s Service) DocumentsOf(ctx context.Context, v hr.View, emp hr.EmployeeID) ([]Document, error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.DocumentsOf", emp); err != nil {
		return nil, err
	}
	if err := s.keeps(); err != nil {
		return nil, err
	}
	return s.Documents.DocumentsOf(ctx, emp)
}

func (s Service) keeps() error {
	if s.Documents == nil {
		return &hr.FieldError{Path: "lifecycle.documents", Rule: RuleService, Reason: "is required", Err: hr.ErrRequired}
	}
	return nil
}
