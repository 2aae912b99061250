package scenario

import (
	"context"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Note is the smallest command that there is: what it leaves is its row in the log and its line in the audit.
func Note(ctx context.Context, kit storage.Kit, id hr.CommandID) error {
	cmd := hr.Command{ID: id, Actor: preparer, Purpose: "probe"}
	_, err := storage.Do(ctx, kit, cmd, "scenario.Note", storage.About(id, employee(0)), func(context.Context, hr.Command) (string, []storage.Event, error) {
		return "noted", nil, nil
	})
	return err
}
