package nacha

import (
	"fmt"
	"io"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/bankfile/internal/fixed"
)

// Read reads a file strictly: every line as [Write] makes it, and every control figure compared with what the lines come to. All
// faults come at once, each with its line and without what stands in it; a line out of its order ends the reading, for nothing after it
// can be told. Lines end with CRLF or with LF, all alike.
func Read(r io.Reader) (File, Totals, error) {
	var faults hr.Faults
	lines, lf, err := fixed.Lines(&faults, r, RuleLayout, width)
	if err != nil {
		return File{}, Totals{}, fmt.Errorf("nacha: read: %w", err)
	}
	in := reader{faults: &faults, lines: lines}
	f := File{LF: lf}
	var totals Totals
	if !faults.Any() {
		totals = in.file(&f)
	}
	if faults.Any() {
		return File{}, Totals{}, fmt.Errorf("nacha: read: %w", faults.Err())
	}
	return f, totals, nil
}

type reader struct {
	faults *hr.Faults
	lines  []string
	next   int
}

// take returns the next line if it begins with kind.
func (in *reader) take(kind byte) (r *fixed.Record, at string, ok bool) {
	at = fmt.Sprintf("line %d", in.next+1)
	if in.next >= len(in.lines) || in.lines[in.next][0] != kind {
		return nil, at, false
	}
	in.next++
	return fixed.Reading(in.faults, at, rules, allowed, in.lines[in.next-1]), at, true
}

// want is take for a line that must be there.
func (in *reader) want(kind byte, name string) (r *fixed.Record, at string, ok bool) {
	if r, at, ok = in.take(kind); !ok {
		in.faults.Add(at, RuleOrder, "must be %s, which begins with %c", name, kind)
	}
	return r, at, ok
}

func (in *reader) file(f *File) (t Totals) {
	header, at, ok := in.want('1', "the file header")
	if !ok {
		return t
	}
	f.header(header)
	f.check(in.faults, at)
	var all sums
	number := 0
	for {
		b, own, more, ok := in.batch(number)
		if !ok {
			return t
		}
		if !more {
			break
		}
		number = b.Number
		all.join(own)
		f.Batches = append(f.Batches, b)
	}
	foot, at, ok := in.want('9', "a batch header (5) or the file control")
	if !ok {
		return t
	}
	if len(f.Batches) == 0 {
		in.faults.Add(at, RuleOrder, "ends a file without a batch")
	}
	blocks := (in.next + 9) / 10
	control(foot, len(f.Batches), blocks, all)
	for ; in.next < len(in.lines); in.next++ {
		if in.lines[in.next] != filler || in.next >= 10*blocks {
			in.faults.Add(fmt.Sprintf("line %d", in.next+1), RuleOrder, "must be nines that fill the last block of ten, or not be there")
			return t
		}
	}
	if in.next != 10*blocks {
		in.faults.Add(fmt.Sprintf("line %d", in.next+1), RuleLayout, "is missing: lines of nines must fill the last block of ten")
	}
	return Totals{
		Lines: len(in.lines), Batches: len(f.Batches), Entries: all.entries, EntriesAndAddenda: all.entries + all.addenda,
		Blocks: blocks, Hash: all.hashText(), Credit: all.credit, Debit: all.debit,
	}
}

// batch reads one batch, if there is one more.
func (in *reader) batch(after int) (b Batch, own sums, more, ok bool) {
	start := in.next
	if _, _, more = in.take('5'); !more {
		return b, own, false, true
	}
	trace := 0
	bank := in.lines[start][79:87] // the header is read below, once the entries have told its service class
	for {
		line, at, another := in.take('6')
		if !another {
			break
		}
		var e Entry
		addenda := e.line(line, Batch{Bank: bank})
		e.check(in.faults, at, trace)
		trace = e.Trace
		if addenda {
			line, _, ok := in.want('7', "the addenda that its entry announces")
			if !ok {
				return b, own, true, false
			}
			e.addenda(line)
		}
		own.add(e)
		b.Entries = append(b.Entries, e)
	}
	at := fmt.Sprintf("line %d", start+1)
	b.header(fixed.Reading(in.faults, at, rules, allowed, in.lines[start]))
	b.check(in.faults, at, after)
	b.mixed(in.faults, at)
	foot, _, ok := in.want('8', "an entry (6) or the batch control")
	if !ok {
		return b, own, true, false
	}
	b.control(foot, own)
	return b, own, true, true
}
