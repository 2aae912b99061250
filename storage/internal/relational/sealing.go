package relational

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/personal"
)

// What is personal of a row, as package personal says, is not in the columns of its fields where the store has a cipher: they are empty, and one column, "sealed", has
// a ciphertext for each class, under the key of the subject and the class. A row without anything personal has none.

// sealedColumn is the column of ciphertexts: JSON, by class.
var sealedColumn = column{name: "sealed", kind: Bytes}

// sealable is a row on its way in or out.
type sealable struct {
	subject string // about whom it is; empty: nothing is sealed
	field   string // what its ciphertexts are bound to: the table and the key of the row
	v       reflect.Value
	blob    []byte // of the column

	late  bool            // it was written before the store had a cipher: what is erased is dropped, and no error
	taken bool            // something personal was in it
	gone  []hr.FieldClass // what was dropped
}

// seal moves what is personal of rows into their blobs. A value of a class whose key was destroyed is [storage.ErrErased].
func (db *DB) seal(ctx context.Context, c Conn, rows []sealable) error {
	if db.cipher == nil {
		return nil
	}
	taken := make([][]personal.Leaf, len(rows))
	var names []storage.KeyName
	for i, r := range rows {
		if r.subject == "" {
			continue
		}
		taken[i] = personal.Take(r.v, personal.Classes()...)
		rows[i].taken = len(taken[i]) > 0
		for _, l := range taken[i] {
			names = append(names, storage.KeyName{Tenant: db.tenant, Subject: r.subject, Class: l.Class})
		}
	}
	keys, err := db.keysFor(ctx, c, names)
	if err != nil {
		return err
	}
	for i := range rows {
		plain := map[hr.FieldClass][]byte{}
		for _, l := range taken[i] {
			begin := byte(',')
			if plain[l.Class] == nil {
				begin = '{'
			}
			plain[l.Class] = appendDocument(append(appendText(append(plain[l.Class], begin), l.Path), ':'), l.Value)
		}
		if len(plain) == 0 {
			continue
		}
		sealed := make(map[hr.FieldClass][]byte, len(plain))
		for class, text := range plain {
			name := storage.KeyName{Tenant: db.tenant, Subject: rows[i].subject, Class: class}
			key := keys[name]
			if key.destroyed() && rows[i].late {
				rows[i].gone = append(rows[i].gone, class)
				continue
			}
			if key.destroyed() {
				return fmt.Errorf("relational: class %s: %w", class, storage.ErrErased)
			}
			if sealed[class], err = db.cipher.Seal(ctx, name, key.wrapped, rows[i].field, append(text, '}')); err != nil {
				return err
			}
		}
		if len(sealed) == 0 {
			continue
		}
		if rows[i].blob, err = json.Marshal(sealed); err != nil {
			return err
		}
	}
	return nil
}

// open puts what the blobs of rows have back into their fields. Those of a class whose key was destroyed stay empty.
func (db *DB) open(ctx context.Context, c Conn, rows []sealable) error {
	if db.blind {
		return nil
	}
	blobs := make([]map[hr.FieldClass][]byte, len(rows))
	var names []storage.KeyName
	for i, r := range rows {
		if len(r.blob) == 0 {
			continue
		}
		if db.cipher == nil {
			return fmt.Errorf("relational: the store was opened without a cipher: %w", storage.ErrSealed)
		}
		if err := json.Unmarshal(r.blob, &blobs[i]); err != nil {
			return fmt.Errorf("relational: a sealed column is damaged: %w", storage.ErrSealed)
		}
		for class := range blobs[i] {
			names = append(names, storage.KeyName{Tenant: db.tenant, Subject: r.subject, Class: class})
		}
	}
	if len(names) == 0 {
		return nil
	}
	keys, err := db.keys(ctx, c, names)
	if err != nil {
		return err
	}
	for i, r := range rows {
		for class, sealed := range blobs[i] {
			name := storage.KeyName{Tenant: db.tenant, Subject: r.subject, Class: class}
			key, found := keys[name]
			if !found {
				return fmt.Errorf("relational: the key is lost: %w", storage.ErrSealed)
			}
			if key.destroyed() {
				continue
			}
			text, err := db.cipher.Open(ctx, name, key.wrapped, r.field, sealed)
			if err != nil {
				return err
			}
			if err := give(r.v, class, text); err != nil {
				return err
			}
		}
	}
	return nil
}

// give sets the fields of one class from what was sealed of them.
func give(v reflect.Value, class hr.FieldClass, text []byte) error {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	fields := map[string]any{}
	if err := dec.Decode(&fields); err != nil {
		return errors.New("relational: what was sealed is no document") // the error of the decoder would quote it
	}
	return personal.Give(v, class, func(path string, into reflect.Value) error {
		tree, found := fields[path]
		if !found {
			return nil
		}
		into.SetZero()
		return grow(into, tree)
	})
}

// mark is how a value is kept that rows are found by: as it is, or as the cipher's mark of it.
func (db *DB) mark(ctx context.Context, field, plain string) (string, error) {
	if db.cipher == nil {
		return plain, nil
	}
	return db.cipher.Mark(ctx, db.tenant, field, plain)
}
