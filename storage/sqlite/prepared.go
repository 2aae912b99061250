package sqlite

import (
	"context"
	"database/sql"
	"sync"
)

// prepared is a pool that keeps the statements it has read once: SQLite takes longer to understand a question than to answer it. SQLite itself
// understands one again whose tables have changed.
type prepared struct {
	*sql.DB
	mu sync.Mutex
	of map[string]*sql.Stmt
}

// statements is how many are kept. Questions about a list are other texts for each length of the list; those beyond are asked as they come.
const statements = 512

// QueryContext implements runner.
func (p *prepared) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := p.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return p.DB.QueryContext(ctx, query, args...)
	}
	return s.QueryContext(ctx, args...)
}

// statement returns the statement of a query, or nil where none is kept.
func (p *prepared) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	p.mu.Lock()
	s, full := p.of[query], len(p.of) >= statements
	p.mu.Unlock()
	if s != nil || full {
		return s, nil
	}
	made, err := p.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if s = p.of[query]; s != nil { // somebody else was faster
		return s, made.Close()
	}
	p.of[query] = made
	return made, nil
}
