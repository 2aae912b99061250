package nacha

import (
	"fmt"
	"io"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/bankfile/internal/fixed"
)

// Write writes a file and returns its control figures. A file that breaks a rule is refused before anything is written, with every
// [hr.FieldError] at once and no account number in any.
func Write(w io.Writer, f File) (Totals, error) {
	var faults hr.Faults
	lines, totals := f.lines(&faults)
	if faults.Any() {
		return Totals{}, fmt.Errorf("nacha: write: %w", faults.Err())
	}
	if _, err := io.WriteString(w, fixed.Join(lines, f.LF)); err != nil {
		return Totals{}, fmt.Errorf("nacha: write: %w", err)
	}
	return totals, nil
}

func (f File) lines(faults *hr.Faults) (lines []string, t Totals) {
	line := func(at string) *fixed.Record { return fixed.Writing(faults, at, rules, allowed) }
	header := line("file")
	f.header(header)
	f.check(faults, "file")
	lines = append(lines, header.Line())
	if len(f.Batches) == 0 {
		faults.Add("batches", RuleOrder, "are missing")
	}
	var all sums
	number := 0
	for i, b := range f.Batches {
		at := batchPath(i)
		head := line(at)
		b.header(head)
		b.check(faults, at, number)
		b.mixed(faults, at)
		number = b.Number
		lines = append(lines, head.Line())
		var own sums
		trace := 0
		for j, e := range b.Entries {
			at := fmt.Sprintf("%s.entries[%d]", at, j)
			entry := line(at)
			e.line(entry, b)
			e.check(faults, at, trace)
			trace = e.Trace
			lines = append(lines, entry.Line())
			if e.Addenda != "" {
				addenda := line(at + ".addenda")
				e.addenda(addenda)
				lines = append(lines, addenda.Line())
			}
			own.add(e)
		}
		foot := line(at + ".control")
		b.control(foot, own)
		lines = append(lines, foot.Line())
		all.join(own)
	}
	blocks := (len(lines) + 1 + 9) / 10
	foot := line("file.control")
	control(foot, len(f.Batches), blocks, all)
	lines = append(lines, foot.Line())
	for len(lines) < 10*blocks {
		lines = append(lines, filler)
	}
	return lines, Totals{
		Lines: len(lines), Batches: len(f.Batches), Entries: all.entries, EntriesAndAddenda: all.entries + all.addenda,
		Blocks: blocks, Hash: all.hashText(), Credit: all.credit, Debit: all.debit,
	}
}

var filler = strings.Repeat("9", width)
