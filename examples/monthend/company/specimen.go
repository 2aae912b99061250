// Package specimen is the specimen company as files, for the programs beside monthend. README.md documents every column.
package specimen

import "embed"

// Files are the files of the company.
//
//go:embed *.csv pay.rules
var Files embed.FS
