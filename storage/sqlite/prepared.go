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

// repeated is a transaction that keeps the statements it reads more than once, such as a question about 200 people that is asked about a thousand.
// database/sql closes them with the transaction.
type repeated struct {
	*sql.Tx
	of map[string]*sql.Stmt // nil of a question that was asked once
}

// QueryContext implements runner.
func (r *repeated) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, asked := r.of[query]
	if !asked && len(r.of) < statements {
		r.of[query] = nil
	}
	if !asked {
		return r.Tx.QueryContext(ctx, query, args...)
	}
	if s == nil {
		var err error
		if s, err = r.PrepareContext(ctx, query); err != nil {
			return nil, err
		}
		r.of[query] = s
	}
	return s.QueryContext(ctx, args...)
}
