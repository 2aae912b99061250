package storagetest_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/storagetest"
)

// shown is another name for the port, which has a method of its own name.
type shown lifecycle.Documents

// mixedDocuments is a port as an extract meets it: it has lost a field, or answers for everybody.
type mixedDocuments struct {
	bug string
	shown
}

func (b mixedDocuments) DocumentsOf(ctx context.Context, emp hr.EmployeeID) ([]lifecycle.Document, error) {
	list, err := b.shown.DocumentsOf(ctx, emp)
	for i := range list {
		switch b.bug {
		case "a field is lost":
			list[i].Title = ""
		case "another's row":
			other := map[hr.EmployeeID]hr.EmployeeID{"E1": "E2", "E2": "E1"}[emp]
			return b.shown.DocumentsOf(ctx, other)
		}
	}
	return list, err
}

// An extract that lacks something of the person, or has something of another, is found.
func TestExtracts(t *testing.T) {
	spoiled := func(bug string, fails ...string) double {
		return double{bug, fails, func(t *testing.T) {
			storagetest.Extracts(t, func(*testing.T) storagetest.Ports {
				db := memory.New()
				p := storagetest.PortsOf(storagetest.Core{Tx: db, Log: db, Know: db, Journal: db, Serial: true}, db)
				p.Documents = mixedDocuments{bug, db}
				return p
			})
		}}
	}
	proves(
		t, "", spoiled("").run,
		spoiled("a field is lost", every(1), every(2)),
		spoiled("another's row", only(1), only(2)),
	)
}

func every(n int) string {
	return fmt.Sprintf("person %d has every field of every record, under its class", n)
}

func only(n int) string {
	return fmt.Sprintf("person %d is given nothing about others, as JSON and as text", n)
}
