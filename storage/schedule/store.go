package schedule

import (
	"context"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Mark says how far a job is and who is at it.
type Mark struct {
	Job     string          `json:"job" class:"public"`
	Through hr.Date         `json:"through" class:"public"`          // the last day for which it is done, or on which there was nothing to do
	Holder  string          `json:"holder,omitempty" class:"public"` // the worker who is at the next day; empty: nobody
	Until   time.Time       `json:"until,omitzero" class:"public"`   // until when nobody else begins: the holder's time, or the pause after a fault
	Tries   int             `json:"tries,omitempty" class:"public"`  // how often the next day has failed
	Fault   string          `json:"fault,omitempty" class:"private"` // why, in the words of the error
	Version storage.Version `json:"version" class:"public"`
}

// Marks keeps one mark for each job, under the sentences of package storage. storagetest.Marks proves a store.
type Marks interface {
	// Mark returns the mark of a job, or storage.ErrNotFound.
	Mark(ctx context.Context, job string) (Mark, error)
	// PutMark stores m under the next version if the stored version is m.Version (0: no row yet), else storage.ErrConflict.
	PutMark(ctx context.Context, m Mark) error
}
