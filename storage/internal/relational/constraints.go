package relational

import (
	"reflect"
	"slices"
	"strings"

	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage/internal/personal"
	"github.com/musterhr/hr/storage/internal/sets"
)

// The tables say themselves what the domains promise of their rows, so that neither another program nor a person with a prompt can write what no
// domain would. The domains find each fault first and say it better; what reaches a table all the same is a storage.ConstraintError, and the unit rolls back.
//
// # What is checked
//
// Keys are not empty. Versions are above zero, knowledge numbers too. A period does not end before it begins. A kind or a state is one of its set,
// where the domain has one that no host widens (package sets). Counts do not pass what they are counted against: seats, members, chunks. The amounts
// of a payslip are whole units of the smallest place, or texts, and never both or neither. An accepted offer has made an employee, and only that has.
//
// # What is referred to
//
// A row that names another is refused unless that is there: [ties]. All of them tie tables of one port, or of ports that one service
// cannot do without. These are not tied, and why:
//
//   - Whatever names an employee to hr_employment, and leave to its requests: a host keeps those ports in tables of its own (examples/sqlhost does).
//   - Facts to the guard row of their employee, and withdrawals to what they withdraw: one more lookup for each of millions of punches, to prove what
//     the unit that took the number has just read. storage.Inspect finds those whose number nobody gave.
//   - A payslip to the dictionary of its lines: that has a row for each line, and a payslip without lines has none. storage.Inspect looks.
//   - Nothing refers to hr_posting, hr_punch, hr_result or hr_knowledge, so each can be spread over partitions and a partition be taken off. They
//     refer to others as well when they are spread: partitions.sql takes the references along.
//
// A tenant may be empty: a program with one company has no name for it.
//
// # What is unique
//
// Beside the ids, the keys of the business are primary keys, because what is made once has an id that says so. (run, employee) is the key of hr_result. What
// is to be paid to somebody by a run is one row of hr_posting, the id of which is the run, the employee and, of arrears, the period. The
// credit of leave of an employee, type and period is one row of hr_leave_movement, whose id is these. An application has one offer that counts, in its
// own row, under its version. Two units that write one of them at once wait for each other at the index; the second has storage.ErrConflict, or finds the work done.
//
// # Another kind, another state
//
// A migration that adds one drops the check of the set and adds another: on PostgreSQL an expanding step (ADD CONSTRAINT ... NOT VALID); in SQLite
// the table is built anew, in the steps of https://sqlite.org/lang_altertable.html#otheralter, with foreign_keys off. Old programs go on in both.

// tie says that a row names one of another table.
type tie struct {
	columns  []string // behind the tenant
	parent   string
	keys     []string // behind the tenant
	optional bool     // the last column is null where it names nothing
}

// ties are by the table whose rows name others.
var ties = map[string][]tie{
	auditTable:       {{[]string{"stream"}, headTable, []string{"stream"}, false}},
	knowledgeTable:   {{[]string{"employee"}, guardTable, []string{"employee"}, false}},
	"hr_run":         {byID("of", "hr_run", true)},
	"hr_run_chunk":   {byID("run", "hr_run", false)},
	memberTable:      {byID("run", "hr_run", false)},
	resultTable:      {{[]string{"run", "employee"}, memberTable, []string{"run", "employee"}, false}},
	"hr_posting":     {byID("run", "hr_run", true), byID("of", "hr_run", true), byID("lines", namesTable, false)},
	identityTable:    {byID("employee", "hr_employment", false)},
	"hr_requisition": {byID("line", "hr_plan_line", true)},
	"hr_opening":     {byID("requisition", "hr_requisition", true)},
	"hr_candidate":   {byID("merged_into", "hr_candidate", true)},
	"hr_application": {byID("opening", "hr_opening", false), byID("candidate", "hr_candidate", false)},
	"hr_interview":   {byID("application", "hr_application", false), byID("candidate", "hr_candidate", false)},
	"hr_scorecard":   {byID("application", "hr_application", false), byID("interview", "hr_interview", false)},
}

func byID(column, parent string, optional bool) tie {
	return tie{[]string{column}, parent, []string{"id"}, optional}
}

// condition is what holds of every row of a table, and the end of its name.
type condition struct{ name, holds string }

const (
	eitherAmounts = `("units" IS NULL) <> ("amounts" IS NULL)`
	countedIn     = `"members" >= 0 AND "failed" BETWEEN 0 AND "members" AND "posted" BETWEEN 0 AND "members"`
)

// conditions are those of one table alone.
var conditions = map[string][]condition{
	guardTable:     {{"seq", `"seq" >= 0`}},
	knowledgeTable: {{"seq", `"seq" > 0`}},
	headTable:      {{"end", `"number" > 0 AND "hash" <> '' OR "number" = 0 AND "hash" = ''`}},
	auditTable:     {{"number", `"number" > 0 AND "hash" <> ''`}},
	keyTable: {
		{"class", among("class", personal.Classes()...)},
		{"grave", `("wrapped" IS NULL) = ("destroyed" IS NOT NULL)`},
	},
	"hr_schedule_mark": {{"tries", `"tries" >= 0`}},
	"hr_run":           {{"counts", countedIn + ` AND "chunk" >= 0`}},
	"hr_run_chunk":     {{"counts", countedIn + ` AND "number" >= 0`}},
	dictionaryTable: {
		{"places", `"position" >= 0 AND "places" BETWEEN 0 AND 18 AND "one" > 0`},
		{"kind", among("kind", append([]string{""}, sets.Of(reflect.TypeFor[payroll.Kind]())...)...)},
	},
	resultTable:      {{"amounts", eitherAmounts}},
	"hr_posting":     {{"amounts", eitherAmounts}, {"places", `"places" BETWEEN 0 AND 9`}},
	"hr_opening":     {{"seats", `"filled" BETWEEN 0 AND "seats"`}},
	"hr_plan_line":   {{"seats", `0 <= "filled" AND "filled" <= "committed" AND "committed" <= "seats"`}},
	"hr_requisition": {{"seats", `"opened" BETWEEN 0 AND "seats"`}},
	"hr_candidate":   {{"merged_into", `"merged_into" <> "id"`}},
	"hr_application": {{"accepted", `("offer_state" = 'accepted') = ("hired_as" <> '')`}},
	"hr_interview":   {{"time", `"time_from" < "time_until"`}},
}

// among says that a column has one of these values. SQLite would make a table of an IN for each row that is written.
func among[S ~string](column string, values ...S) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = quote(column) + " = '" + string(v) + "'"
	}
	return strings.Join(out, " OR ")
}

// constraints are what holds of the rows of a table with these columns and this key, and what they refer to, as lines of a CREATE TABLE.
func constraints(d Dialect, table string, columns []column, key []string) (out []string) {
	check := func(name, holds string) {
		out = append(out, "  CONSTRAINT "+quote(table+"_"+name)+" CHECK ("+holds+")")
	}
	has := func(name string) bool { return slices.Contains(namesIn(columns), name) }
	facts := has("withdraws")
	everyone := facts || table == guardTable || table == knowledgeTable // the employee may be nobody: see hr.Everyone
	var filled []string
	for _, c := range columns {
		if c.kind == Text && slices.Contains(key, c.name) && !(everyone && c.name == "employee") {
			filled = append(filled, quote(c.name)+" <> ''")
		}
	}
	if len(filled) > 0 {
		check("key", strings.Join(filled, " AND "))
	}
	if has("version") {
		check("version", `"version" > 0`)
	}
	if facts {
		check("seq", `"seq" > 0 AND "line" >= 0`)
	}
	for i, c := range columns {
		if c.kind == Day && c.part == 1 { // of a period, and behind its first day
			from := columns[i-1].name
			check(strings.TrimSuffix(from, "_from"), quote(from)+" <= "+quote(c.name))
		}
		if c.set != nil {
			values := slices.Clone(c.set)
			if needed := !facts && len(c.path) == 1 && (c.name == "kind" || c.name == "state"); !needed {
				values = append(values, "")
			}
			check(c.name, among(c.name, values...))
		}
		if c.kind == Integers {
			check(c.name, strings.ReplaceAll(d.Whole, "?", quote(c.name)))
		}
	}
	for _, c := range conditions[table] {
		check(c.name, c.holds)
	}
	for _, t := range ties[table] {
		out = append(out, "  CONSTRAINT "+quote(table+"_"+t.columns[len(t.columns)-1]+"_there")+" FOREIGN KEY ("+
			quoted("", append([]string{"tenant"}, t.columns...))+") REFERENCES "+quote(t.parent)+" ("+quoted("", append([]string{"tenant"}, t.keys...))+")")
	}
	return out
}
