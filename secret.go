package hr

import (
	"crypto/subtle"
	"fmt"
	"io"
	"log/slog"
	"unique"
)

// FieldClass says how a stored field must be guarded. Every field of every stored type carries its class as the struct
// tag `class:"..."` from the day it is born; a test walks them.
type FieldClass string

const (
	ClassPublic       FieldClass = "public"        // may be seen by all colleagues: a name of a department
	ClassContact      FieldClass = "contact"       // reaches a person: name, mail, telephone
	ClassPrivate      FieldClass = "private"       // about a person: birth date, reasons, attendance
	ClassGovernmentID FieldClass = "government_id" // PAN, Aadhaar, UAN, SSN, and bank account numbers
	ClassMoney        FieldClass = "money"         // pay
	ClassSpecial      FieldClass = "special"       // health, disability, religion, union: what law protects most
)

// FieldClasses lists every class in the order above.
func FieldClasses() []FieldClass {
	return []FieldClass{ClassPublic, ClassContact, ClassPrivate, ClassGovernmentID, ClassMoney, ClassSpecial}
}

const hidden = "[hidden]"

// Secret holds an identity number or an account number. It prints, logs and formats as "[hidden]", and refuses to be
// marshalled: whoever must write the value says so with [Secret.Reveal]. The zero Secret is empty.
type Secret struct {
	v unique.Handle[string] // fmt prints an unexported field of another type without asking us, and then shows an address
}

// NewSecret wraps a value. The empty value is the zero Secret.
func NewSecret(v string) Secret {
	if v == "" {
		return Secret{}
	}
	return Secret{unique.Make(v)}
}

// Reveal returns the value. Search for this name to find every place where a secret leaves the library.
func (s Secret) Reveal() string {
	if s.IsZero() {
		return ""
	}
	return s.v.Value()
}

// IsZero reports whether s is empty.
func (s Secret) IsZero() bool { return s == Secret{} }

// Equal compares in constant time.
func (s Secret) Equal(o Secret) bool {
	return subtle.ConstantTimeCompare([]byte(s.Reveal()), []byte(o.Reveal())) == 1
}

// Tail returns the last four characters behind dots, and dots alone for a value of fewer than eight: enough for its
// owner to recognise it.
func (s Secret) Tail() string {
	v := s.Reveal()
	if len(v) < 8 {
		return "••••"
	}
	return "••••" + v[len(v)-4:]
}

// String returns "[hidden]", and "" for the zero Secret.
func (s Secret) String() string {
	if s.IsZero() {
		return ""
	}
	return hidden
}

// Format writes "[hidden]" whatever the verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// LogValue hides the value from slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText refuses: a secret is written on purpose, through [Secret.Reveal], or not at all. The zero Secret is the
// empty text.
func (s Secret) MarshalText() ([]byte, error) {
	if s.IsZero() {
		return nil, nil
	}
	return nil, &FieldError{Rule: RuleSecretInvalid, Reason: "a secret is not marshalled; write what Reveal returns where that is meant"}
}

// UnmarshalText reads a value, such as that of a form: to take a secret in is nobody's leak.
func (s *Secret) UnmarshalText(b []byte) error {
	*s = NewSecret(string(b))
	return nil
}
