package lifecycle

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// HistoryRow is one change of one thing: a field of the terms over some days, or the state of the employment.
type HistoryRow struct {
	Event    Event      `json:"event" class:"private"`
	What     string     `json:"what" class:"public"`            // "state", a field as in [TermsChange.Clear], or "terms" where they end
	Before   string     `json:"before,omitempty" class:"money"` // empty: nothing
	After    string     `json:"after,omitempty" class:"money"`  // empty: nothing
	Days     hr.Period  `json:"days" class:"private"`           // effective on these days; of a state only the first day
	Known    hr.Seq     `json:"known" class:"public"`           // the number it was learnt under
	Recorded time.Time  `json:"recorded" class:"public"`        // when it was learnt
	By       hr.ActorID `json:"by,omitempty" class:"public"`    // who did it; empty where nothing was put on record
	Why      string     `json:"why,omitempty" class:"private"`  // the reason of the command
	Word     string     `json:"word,omitempty" class:"private"` // the host's word for it
	Letter   hr.Ref     `json:"letter,omitzero" class:"public"`
	Case     hr.Ref     `json:"case,omitzero" class:"public"`
}

// HistoryReport is everything that was ever changed about the terms and the state of one employee, oldest knowledge first. It holds pay,
// and prints without it: use Text or CSV.
type HistoryReport struct {
	Employee hr.EmployeeID
	Rows     []HistoryRow
}

// String hides the values.
func (r HistoryReport) String() string { return "[history of " + string(r.Employee) + "]" }

// HistoryReport returns who changed what about one employee, when, for which days and why, as known at v.Known.Own (zero is today). Who and
// why come from Service.Record; without it, and for what was written before it was kept, they are empty. An employee that does not
// exist is RuleEmploymentUnknown.
func (s Service) HistoryReport(ctx context.Context, v hr.View, emp hr.EmployeeID) (HistoryReport, error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.HistoryReport", emp); err != nil {
		return HistoryReport{}, err
	}
	h, err := s.termsHistory(ctx, v, emp)
	if err != nil {
		return HistoryReport{}, err
	}
	happened, err := s.happenings(ctx, v, emp)
	if err != nil {
		return HistoryReport{}, err
	}
	return HistoryReport{Employee: emp, Rows: historyRows(h, happened)}, nil
}

func historyRows(h hr.History[hr.Terms], happened []hr.Entry[Happening]) (rows []HistoryRow) {
	var seqs []hr.Seq
	recorded := map[hr.Seq]time.Time{}
	for _, e := range h.Entries() {
		seqs, recorded[e.Seq] = append(seqs, e.Seq), e.Recorded
	}
	for _, e := range happened {
		seqs, recorded[e.Seq] = append(seqs, e.Seq), e.Recorded
	}
	slices.Sort(seqs)
	state := State("")
	for _, seq := range slices.Compact(seqs) {
		about := HistoryRow{Known: seq, Recorded: recorded[seq]}
		for _, e := range happened {
			if e.Seq != seq {
				continue
			}
			x := e.Value
			row := about
			row.Days = e.Period
			row.Event, row.By, row.Why, row.Word, row.Letter, row.Case = x.Event, x.By, x.Why, x.Word, x.Letter, x.Case
			switch {
			case x.To != "" && x.To != state:
				row.What, row.Before, row.After = "state", string(state), string(x.To)
				rows, state = append(rows, row), x.To
			case x.Terms == "":
				row.What = string(x.Event)
				rows = append(rows, row)
			}
		}
		for _, e := range happened { // the terms were written by the one that says so
			if x := e.Value; e.Seq == seq && x.Terms != "" {
				about.Event, about.By, about.Why, about.Word, about.Letter, about.Case = x.Event, x.By, x.Why, x.Word, x.Letter, x.Case
			}
		}
		var was hr.Timeline[hr.Terms]
		if seq > 1 {
			was = h.AsKnown(seq - 1)
		}
		rows = append(rows, termsRows(about, was, h.AsKnown(seq))...)
	}
	return rows
}

// termsRows lists what differs between two timelines, a row for each thing and run of days.
func termsRows(about HistoryRow, was, is hr.Timeline[hr.Terms]) (rows []HistoryRow) {
	var days []hr.Date
	for _, s := range slices.Concat(was.Steps(), is.Steps()) {
		days = append(days, s.Since)
	}
	slices.SortFunc(days, hr.Date.Compare)
	days = slices.Compact(days)
	add := func(r HistoryRow) {
		for i := range rows { // the same difference goes on
			o := &rows[i]
			if o.What == r.What && o.Before == r.Before && o.After == r.After && o.Days.Through == r.Days.From.Add(-1) {
				o.Days.Through = r.Days.Through
				return
			}
		}
		rows = append(rows, r)
	}
	for i, day := range days {
		row := about
		row.Days = hr.Period{From: day}
		if i+1 < len(days) {
			row.Days.Through = days[i+1].Add(-1)
		}
		before, had := was.At(day)
		after, has := is.At(day)
		if had && !has {
			row.What, row.Before = "terms", "employed"
			add(row)
			continue
		}
		d := difference(before, after)
		for _, name := range named(d) {
			row.What, row.Before, row.After = name, textOf(before, name), textOf(after, name)
			add(row)
		}
	}
	return rows
}

// named lists what a difference names: fields in their order, then pay and answers by name.
func named(c TermsChange) (names []string) {
	for _, f := range fields {
		if f.get(c.Set) != "" || slices.Contains(c.Clear, f.name) {
			names = append(names, f.name)
		}
	}
	var rest []string
	for _, p := range c.Set.Pay {
		rest = append(rest, payPath+p.Name)
	}
	for _, a := range c.Set.Answers {
		rest = append(rest, answerPath+a.Name)
	}
	for _, name := range c.Clear {
		if strings.HasPrefix(name, payPath) || strings.HasPrefix(name, answerPath) {
			rest = append(rest, name)
		}
	}
	slices.Sort(rest)
	return append(names, rest...)
}

// textOf returns what t has under a name as in [TermsChange.Clear].
func textOf(t hr.Terms, name string) string {
	if pay, ok := strings.CutPrefix(name, payPath); ok {
		amount, has := t.Amount(pay)
		if !has {
			return ""
		}
		return hr.Canonical(amount)
	}
	if answer, ok := strings.CutPrefix(name, answerPath); ok {
		text, _ := t.Answer(answer)
		return text
	}
	for _, f := range fields {
		if f.name == name {
			return f.get(t)
		}
	}
	return ""
}

var historyColumns = []string{"known", "recorded", "event", "what", "before", "after", "from", "through", "by", "why", "word", "letter", "case"}

func (r HistoryRow) cells() []string {
	through := ""
	if !r.Days.Through.IsZero() {
		through = r.Days.Through.String()
	}
	return []string{
		strconv.FormatInt(int64(r.Known), 10), r.Recorded.UTC().Format(time.RFC3339), string(r.Event), r.What, r.Before, r.After,
		r.Days.From.String(), through, string(r.By), r.Why, r.Word, refText(r.Letter), refText(r.Case),
	}
}

func refText(r hr.Ref) string {
	if r.IsZero() {
		return ""
	}
	return r.String()
}

// CSV writes the report with a head, in UTF-8. Instants are in UTC. A cell that a spreadsheet would take for a formula gets an apostrophe
// before it.
func (r HistoryReport) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	rows := [][]string{historyColumns}
	for _, row := range r.Rows {
		cells := row.cells()
		for i, c := range cells {
			if c != "" && strings.ContainsRune("=+-@\t\r", rune(c[0])) {
				cells[i] = "'" + c
			}
		}
		rows = append(rows, cells)
	}
	return out.WriteAll(rows)
}

// Text writes the report for a person to read.
func (r HistoryReport) Text(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "History of %s\n", r.Employee)
	seq := hr.Seq(0)
	for _, row := range r.Rows {
		if row.Known != seq {
			seq = row.Known
			fmt.Fprintf(t, "%d  %s  %s%s\n", seq, row.Recorded.UTC().Format("2006-01-02 15:04"), row.Event, aside(row))
		}
		days, change := row.Days.String(), row.After
		if row.Days.From == row.Days.Through {
			days = row.Days.From.String()
		}
		switch {
		case row.Before != "" && row.After != "":
			change = row.Before + " -> " + row.After
		case row.Before != "":
			change = row.Before + " ends"
		}
		fmt.Fprintf(t, "\t%s\t%s\t%s\n", days, row.What, change)
	}
	return t.Flush()
}

func aside(r HistoryRow) string {
	text := ""
	if r.By != "" {
		text += ", by " + string(r.By)
	}
	for _, words := range []string{r.Why, r.Word, refText(r.Case), refText(r.Letter)} {
		if words != "" {
			text += ", " + words
		}
	}
	return text
}
