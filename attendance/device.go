package attendance

import "github.com/musterhr/hr"

// Device is a reader of punches. A reader at the gate is nobody's; a phone is its owner's, and takes no punch of anybody else.
type Device struct {
	ID    string
	Owner hr.EmployeeID // empty: everybody's
}
