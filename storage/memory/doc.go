// Package memory is the reference store: every port of Muster over plain maps, with rollback and copies on the way in and out. Use
// it in tests, in examples, and to read what a port means. It forgets everything when the process ends.
//
// Units of work run one after the other, so it is serialisable and needs no guard rows; a store call made with the context from
// outside a unit, while the unit is open, waits until that context ends, which is how such a mistake shows.
package memory
