package formula

import "github.com/musterhr/hr"

// Trace explains a line of a row, as [Result.Trace] does: from the values kept on the way where the columns were made with steps and
// held them, and otherwise by calculating the row again.
func (c *Columns) Trace(row, line int, evidence func(input string, piece int) []hr.Ref) (hr.Trace, error) {
	r := c.request(row)
	r.Trace, r.Evidence = true, evidence
	if c.keep && !c.trip[row] {
		if kept, ok := c.record(row, r); ok {
			res := Result{p: c.p, values: make([]Value, len(c.p.lines)), errs: make([]error, len(c.p.lines)), trace: kept}
			return res.Trace(line)
		}
	}
	res, err := c.p.RunDecimals(r)
	if err != nil && res.errs == nil {
		return hr.Trace{}, err
	}
	return res.Trace(line)
}

func (c *Columns) valueOf(k kind, units int64, places int) Value {
	if k == worded && units < 0 {
		return Text(c.others[-units-1])
	}
	return c.p.valueOf(k, units, places)
}

// record writes the registers of a row as a trace reads them; ok is false where one failed, whose error only decimals have.
func (c *Columns) record(row int, r Request) (*record, bool) {
	f := c.p.ints
	kept := &record{req: r, cells: make([]cell, c.p.registers+1), pieces: make([][][]cell, len(c.p.blocks))}
	for _, in := range c.p.code {
		for _, reg := range [...]Reg{in.Dst, in.C} {
			if reg == 0 || reg == in.C && in.Op != OpPieces {
				continue
			}
			at := f.regOf[reg]
			from := f.alias[at]
			if c.marks[from] != nil && c.marks[from][row] {
				return nil, false
			}
			kept.cells[reg] = load(c.valueOf(f.kinds[reg], c.cols[from][row], f.places[at]))
		}
	}
	for i, b := range c.p.blocks {
		kept.pieces[i] = [][]cell{kept.cells[b.From : b.Through+1]}
	}
	return kept, true
}
