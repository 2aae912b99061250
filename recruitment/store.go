package recruitment

import "context"

// Openings keeps the openings: one current row each. A host implements it over its own table and proves it with
// storagetest.Openings. Methods keep the contract in package storage.
type Openings interface {
	// Opening returns the row of id, or storage.ErrNotFound.
	Opening(ctx context.Context, id OpeningID) (Opening, error)
	// PutOpening stores o under the next version if the stored version is o.Version (0: no row yet), else storage.ErrConflict. It is
	// what keeps two acceptances from taking one seat, so it must hold between units that run at once.
	PutOpening(ctx context.Context, o Opening) error
	// OpeningsAfter returns the openings behind after, by id, at most limit of them; a limit below 1 is no limit.
	OpeningsAfter(ctx context.Context, after OpeningID, limit int) ([]Opening, error)
}

// Applications keeps the applications: one current row each. Prove it with storagetest.Applications.
type Applications interface {
	// Application returns the row of id, or storage.ErrNotFound.
	Application(ctx context.Context, id ApplicationID) (Application, error)
	// PutApplication stores a under the next version if the stored version is a.Version (0: no row yet), else storage.ErrConflict.
	PutApplication(ctx context.Context, a Application) error
	// ApplicationsFor returns the applications for an opening behind after, by id, at most limit of them; a limit below 1 is no limit.
	ApplicationsFor(ctx context.Context, opening OpeningID, after ApplicationID, limit int) ([]Application, error)
}
