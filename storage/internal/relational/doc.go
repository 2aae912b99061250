// Package relational keeps every port of Muster in relational tables. Packages sqlite and postgres give it a connection and their
// [Dialect], and it does the rest: the unit of work, the guard rows, facts and cases, migrations.
//
// # How a value becomes a row
//
// A stored type is spread over columns, one for each field that is a single value; a struct inside it lends its name
// (approval_preparer), a period is two days, money an amount and a currency. A list is one column of JSON. So a person can read
// the tables, and a field that a domain adds becomes a column: the test of the schema fails until a migration adds it.
// Decimals and days are kept exactly; instants to the microsecond.
//
// Every key begins with the tenant. A fact that comes again under the same id is compared with what is there; a case carries its
// version, and is updated where the version still holds.
package relational
