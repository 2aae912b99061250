package memory_test

import (
	"testing"

	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/storagetest"
)

func TestRecruitment(t *testing.T) {
	storagetest.Recruitment(t, func(*testing.T) storagetest.RecruitmentStore {
		db := memory.New()
		return storagetest.RecruitmentStore{
			Core:     storagetest.Core{Tx: db, Log: db, Know: db, Journal: db, Serial: true},
			Openings: db, Applications: db, Candidates: db, Plan: db, Requisitions: db, Interviews: db, Scorecards: db,
		}
	})
}
