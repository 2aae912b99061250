package lifecycle_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

type row = hr.Transition[lifecycle.State, lifecycle.Event]

// sabbatical is the standard table with a host's own interruption, at a quarter of the pay, and its own end.
func sabbatical(t require.TestingT) lifecycle.Table {
	table, err := lifecycle.Standard().Extend(map[lifecycle.State]lifecycle.Meaning{
		"sabbatical": {Employed: true, Paid: decimal.New(25, -2), Accrues: true, Interrupts: true},
		"absconded":  {},
	},
		row{From: lifecycle.Confirmed, On: "go_on_sabbatical", To: "sabbatical"},
		row{From: "sabbatical", On: lifecycle.Return, To: lifecycle.Confirmed},
		row{From: "sabbatical", On: lifecycle.Exit, To: lifecycle.Exited},
		row{From: lifecycle.Confirmed, On: "abscond", To: "absconded"},
		row{From: "absconded", On: lifecycle.Rehire, To: lifecycle.Preboarding},
	)
	require.NoError(t, err)
	return table
}

func TestATableRefusesWhatCannotBe(t *testing.T) {
	employed := lifecycle.Meaning{Employed: true, Works: true, Paid: decimal.NewFromInt(1)}
	pause := lifecycle.Meaning{Employed: true, Interrupts: true}
	type states = map[lifecycle.State]lifecycle.Meaning
	there, back := row{From: lifecycle.Confirmed, On: "pause", To: "paused"}, row{From: "paused", On: "resume", To: lifecycle.Confirmed}
	for name, c := range map[string]struct {
		states states
		rows   []row
		want   []string
	}{
		"a state without a meaning":       {nil, []row{there}, []string{"rows[0] lifecycle.table.meaning"}},
		"another meaning for suspended":   {states{lifecycle.Suspended: employed}, nil, []string{"states[suspended] lifecycle.table.meaning"}},
		"pay where nobody is employed":    {states{"paused": {Paid: decimal.NewFromInt(1)}}, []row{there}, []string{"states[paused] lifecycle.table.meaning"}},
		"leave where nobody is employed":  {states{"paused": {Accrues: true}}, []row{there}, []string{"states[paused] lifecycle.table.meaning"}},
		"more than the agreed pay":        {states{"paused": {Employed: true, Paid: decimal.New(11, -1)}}, []row{there}, []string{"states[paused].paid lifecycle.table.meaning"}},
		"a way out of an exit":            {nil, []row{{From: lifecycle.Exited, On: "undo", To: lifecycle.Confirmed}}, []string{"rows[0] lifecycle.table.end"}},
		"a rehire to another state":       {states{"gone": {}}, []row{{From: lifecycle.Confirmed, On: "go", To: "gone"}, {From: "gone", On: lifecycle.Rehire, To: lifecycle.Confirmed}}, []string{"rows[1] lifecycle.table.end", "rows[1] lifecycle.table.event"}},
		"the dead come again":             {nil, []row{{From: lifecycle.Deceased, On: lifecycle.Rehire, To: lifecycle.Preboarding}}, []string{"rows[0] lifecycle.table.end"}},
		"a rehire of the employed":        {states{"paused": employed}, []row{there, {From: "paused", On: lifecycle.Rehire, To: lifecycle.Preboarding}}, []string{"rows[1] lifecycle.table.end"}},
		"a pause without an end":          {states{"paused": pause}, []row{there}, []string{"rows[0] lifecycle.table.back"}},
		"an exit that is none":            {states{"paused": pause}, []row{there, back, {From: "paused", On: lifecycle.Exit, To: lifecycle.Confirmed}}, []string{"rows[2] lifecycle.table.event"}},
		"two rows for one event":          {nil, []row{{From: lifecycle.Confirmed, On: lifecycle.Exit, To: lifecycle.Exited}}, []string{"rows[0] hr.machine.row"}},
		"one row twice":                   {states{"paused": pause}, []row{there, back, there}, []string{"rows[2] hr.machine.row"}},
		"a state that nothing leads to":   {states{"paused": pause}, []row{back}, []string{"rows hr.machine.unreachable"}},
		"a meaning that no row is about":  {states{"paused": pause}, nil, []string{"states[paused] hr.machine.unreachable"}},
		"a row without an event, and one": {states{"paused": pause}, []row{{From: lifecycle.Confirmed, To: "paused"}, there, back}, []string{"rows[0].on hr.machine.row"}},
	} {
		_, err := lifecycle.Standard().Extend(c.states, c.rows...)
		require.Equal(t, c.want, faults(err), name)
	}
}

// Whatever the table: pay, work and leave are of the employed only, and nothing leads on from an end but a rehire.
func TestWhatTheStatesMean(t *testing.T) {
	for _, table := range []lifecycle.Table{{}, lifecycle.Standard(), sabbatical(t)} {
		m := table.Machine()
		for _, s := range m.States() {
			means := table.Meaning(s)
			if means.Employed {
				continue
			}
			require.Zero(t, means, s)
			for _, on := range m.Allowed(s) {
				require.Equal(t, lifecycle.Rehire, on, s)
			}
		}
		require.Equal(t, []lifecycle.Event(nil), m.Allowed(lifecycle.Deceased))
	}
	require.Zero(t, lifecycle.Standard().Meaning("sabbatical"), "an extension leaves the table it came from as it was")
	share := func(s lifecycle.State) string { return lifecycle.Standard().Meaning(s).Paid.String() }
	require.Equal(t, []string{"1", "0", "0", "1", "1"}, []string{share("confirmed"), share("suspended"), share("on_long_leave"), share("seconded"), share("on_notice")})
}
