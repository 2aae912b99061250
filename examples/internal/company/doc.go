// Package company reads a company that is kept as a folder of CSV files into the values of the Muster packages: calendars, shifts,
// people and their terms, punches, leave, pay rules, accounts. It is what an example program uses in the place of a host's
// database; examples/monthend/company is such a folder, and its README.md documents every column.
//
// [Read] reports everything that is wrong in all files at once, each [Fault] with file, line, column and reason, and never a salary
// or an account number. What it returns does not depend on the order of rows or columns: everything is sorted by what it says.
package company
