package relational

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

var (
	// ErrSchemaNewer: the database was migrated by a later program, and this one can no longer work with it. Use that program, or a later one.
	ErrSchemaNewer = errors.New("the schema of the database is newer than this program can work with: use a later program")
	// ErrSchemaOlder: migrations are missing. Call Migrate.
	ErrSchemaOlder = errors.New("the schema of the database is older than this program: call Migrate")
	// ErrSchemaForeign: a migration of that number was applied with another text, or a table of ours is somebody else's.
	ErrSchemaForeign = errors.New("the schema of the database was made by other migrations: use another database or schema")
	// ErrSchemaOther: a table or a column is missing or another. Call Check.
	ErrSchemaOther = errors.New("the schema of the database is not the one that this program needs: call Check, which says why")
	// ErrSchemaContract: the next step takes away what an older program needs. Stop those, and call Contract.
	ErrSchemaContract = errors.New("the next migration takes away what older programs need: stop them and call Contract")
)

// migration is one numbered step of the schema.
type migration struct {
	number   int64
	name     string
	text     string
	checksum string
	oldest   int64 // the number of the oldest program that works with the schema once the step is done
}

// contracts says whether a step takes away what an older program needs.
func (m migration) contracts() bool { return m.oldest > 1 && strings.HasPrefix(m.name, "contract_") }

// migrations reads files named NUMBER_NAME.sql, in order of number. Statements end with a semicolon at the end of a line.
//
// A program is of the number of its last file. A step named expand_... only adds: programs of before go on writing. One named contract_... takes
// away, and its first line says what it takes away from whom: "-- oldest: 2", the number of the oldest program that can go on.
func migrations(files fs.FS) ([]migration, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var out []migration
	for i, name := range names {
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		number, title, _ := strings.Cut(strings.TrimSuffix(name, ".sql"), "_")
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil || n != int64(i+1) {
			return nil, fmt.Errorf("relational: migration %s is not number %d", name, i+1)
		}
		m := migration{number: n, name: title, text: string(raw), oldest: 1}
		sum := sha256.Sum256(raw)
		m.checksum = hex.EncodeToString(sum[:])
		if said, found := strings.CutPrefix(m.text, "-- oldest: "); found {
			line, _, _ := strings.Cut(said, "\n")
			if m.oldest, err = strconv.ParseInt(line, 10, 64); err != nil || m.oldest < 2 || m.oldest >= n {
				return nil, fmt.Errorf("relational: migration %s names no earlier program", name)
			}
		}
		if i > 0 && (m.contracts() == strings.HasPrefix(title, "expand_") || m.contracts() != (m.oldest > 1)) {
			return nil, fmt.Errorf("relational: migration %s neither only expands nor says from whom it takes", name)
		}
		out = append(out, m)
	}
	return out, nil
}

const migrationTable = `CREATE TABLE IF NOT EXISTS "hr_migration" ("number" bigint PRIMARY KEY, "name" text NOT NULL, "checksum" text NOT NULL,
"oldest" bigint NOT NULL, "applied" text NOT NULL)`

// Migrate brings the schema to that of the files, in one transaction that the lock of the dialect serialises with those of other processes. What is applied
// already is compared and not applied again. A step that contracts is applied to a database that is new, and with contract; otherwise it is
// [ErrSchemaContract] if there are others behind it, and left for later if there are not.
func Migrate(ctx context.Context, engine Engine, files fs.FS, now time.Time, contract bool) error {
	steps, err := migrations(files)
	if err != nil {
		return err
	}
	tx, err := engine.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	c := reader{tx, engine.Dialect()}
	if lock := engine.Dialect().MigrationLock; lock != "" {
		if err := tx.Query(ctx, lock, nil, func(func(...any) error) error { return nil }); err != nil {
			return err
		}
	}
	done, err := compare(ctx, c, steps)
	if err != nil {
		return err
	}
	fresh := done == 0
	if fresh {
		if _, err := tx.Exec(ctx, migrationTable); err != nil {
			return err
		}
	}
	for _, m := range steps[min(done, len(steps)):] {
		if m.contracts() && !fresh && !contract {
			if slices.ContainsFunc(steps[m.number:], func(later migration) bool { return !later.contracts() }) {
				return fmt.Errorf("%w: number %d", ErrSchemaContract, m.number)
			}
			break
		}
		for _, statement := range strings.Split(m.text, ";\n") {
			if strings.TrimSpace(statement) == "" {
				continue
			}
			if _, err := tx.Exec(ctx, statement); err != nil {
				return fmt.Errorf("migration %d %s: %w", m.number, m.name, err)
			}
		}
		if _, err := c.Exec(ctx, `INSERT INTO "hr_migration" ("number", "name", "checksum", "oldest", "applied") VALUES (?, ?, ?, ?, ?)`,
			m.number, m.name, m.checksum, m.oldest, now.UTC().Format(time.RFC3339)); err != nil {
			return err
		}
	}
	return tx.Commit(ctx)
}

// Check says whether this program can work with the schema: nil, or one of the errors above.
func Check(ctx context.Context, engine Engine, files fs.FS) error {
	steps, err := migrations(files)
	if err != nil {
		return err
	}
	done, err := compare(ctx, reader{engine.Reader(), engine.Dialect()}, steps)
	if err != nil {
		return err
	}
	for _, m := range steps[min(done, len(steps)):] {
		if !m.contracts() {
			return fmt.Errorf("%w: it is at %d, the program at %d", ErrSchemaOlder, done, len(steps))
		}
	}
	return nil
}

// compare returns how many steps the database has, which are more than those of a program that a later one has overtaken and left able to work.
func compare(ctx context.Context, c reader, steps []migration) (done int, err error) {
	there := map[string]bool{}
	err = c.Query(ctx, c.d.Tables, nil, func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		there[name] = true
		return err
	})
	if err != nil {
		return 0, err
	}
	if !there["hr_migration"] {
		return 0, foreign(there, steps)
	}
	err = c.Query(ctx, `SELECT "number", "checksum", "oldest" FROM "hr_migration" ORDER BY "number"`, nil, func(scan func(...any) error) error {
		var n, oldest int64
		var checksum string
		if err := scan(&n, &checksum, &oldest); err != nil {
			return err
		}
		if n != int64(done+1) || done < len(steps) && steps[done].checksum != checksum {
			return fmt.Errorf("%w: number %d", ErrSchemaForeign, n)
		}
		if oldest > int64(len(steps)) {
			return fmt.Errorf("%w: it is at %d and needs one of %d, this one is %d", ErrSchemaNewer, n, oldest, len(steps))
		}
		done++
		return nil
	})
	if errors.Is(err, ErrSchemaOther) {
		err = fmt.Errorf("%w: hr_migration is another table", ErrSchemaForeign)
	}
	if err == nil && done == 0 {
		err = foreign(there, steps)
	}
	return done, err
}

// foreign returns an error if a table that the steps make is there although none of them was applied.
func foreign(there map[string]bool, steps []migration) error {
	for _, m := range steps {
		for _, made := range makes.FindAllStringSubmatch(m.text, -1) {
			if there[made[1]] {
				return fmt.Errorf("%w: there is a %s that none of ours made", ErrSchemaForeign, made[1])
			}
		}
	}
	return nil
}

// makes finds the tables and views that a step makes.
var makes = regexp.MustCompile(`(?m)^CREATE (?:TABLE|VIEW) "(\w+)"`)
