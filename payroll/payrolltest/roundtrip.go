package payrolltest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/musterhr/hr"
)

// RoundTrip holds the reader and the writer of a bank's file against each other, for a fuzz target or a test of files that a bank has sent. Bytes
// that are refused must give nothing of a file; what is read must be written again without an error, with the same totals and the same bytes, but
// for the end of the last line, which may be missing in what is read. It returns everything that is wrong.
func RoundTrip[File, Totals any](b []byte, read func(io.Reader) (File, Totals, error), write func(io.Writer, File) (Totals, error)) error {
	file, totals, err := read(bytes.NewReader(b))
	if err != nil {
		if !reflect.ValueOf(&file).Elem().IsZero() {
			return fmt.Errorf("payrolltest: round trip: a file that is refused gives something all the same: %w", err)
		}
		return nil
	}
	var out strings.Builder
	wrote, err := write(&out, file)
	if err != nil {
		return fmt.Errorf("payrolltest: round trip: what was read is not written: %w", err)
	}
	var faults []error
	if hr.Digest("totals", totals) != hr.Digest("totals", wrote) {
		faults = append(faults, errors.New("payrolltest: round trip: the totals read and written differ"))
	}
	end := "\n"
	if strings.HasSuffix(out.String(), "\r\n") {
		end = "\r\n"
	}
	if out.String() != strings.TrimSuffix(string(b), end)+end {
		faults = append(faults, errors.New("payrolltest: round trip: the bytes read and written differ"))
	}
	return errors.Join(faults...)
}
