// Package report writes what came of a month end to a folder, proves from the written files that no money and no day was lost, and
// prints the month for a person. The example program monthend uses it; a host has its own pages in its place.
package report
