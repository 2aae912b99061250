package hr

// Retention says how long a law wants records of a kind kept. A pack returns its periods as values; a host passes them to whoever
// plans erasure, where the longest of those that apply decides.
type Retention struct {
	Name      string         // dotted lower-case words: "in.wage_register"
	Title     string         // which records, for a payroll officer
	Months    int            // how long, in whole months after Start
	Start     RetentionStart // from when it runs
	Source    Source         // required: where it is published
	Reviewed  Date           // required: the day a person last checked it
	Uncertain string         // why it is doubtful; empty where it is not
}

// RetentionStart is what a retention period runs from. The empty start is not one.
type RetentionStart string

const (
	AfterRecord  RetentionStart = "record"   // the last day of the period that the record is about
	AfterTaxYear RetentionStart = "tax_year" // the last day of the tax year that the record is about
	AfterExit    RetentionStart = "exit"     // the last day of the employment
)

// Validate reports every fault of r at once ([RuleRetention]).
func (r Retention) Validate() error {
	var faults Faults
	if !parameterName.MatchString(r.Name) {
		faults.Add("name", RuleRetention, "must be dotted lower-case words")
	}
	if r.Title == "" {
		faults.Missing("title", RuleRetention)
	}
	if r.Months <= 0 {
		faults.Add("months", RuleRetention, "must be above zero")
	}
	switch r.Start {
	case AfterRecord, AfterTaxYear, AfterExit:
	default:
		faults.Add("start", RuleRetention, "must be record, tax_year or exit")
	}
	if r.Source.Title == "" {
		faults.Missing("source", RuleRetention)
	}
	if r.Reviewed.IsZero() {
		faults.Missing("reviewed", RuleRetention)
	}
	return faults.Err()
}

// Until returns the last day on which the record must still be there, counted from start, the day that Start names. A day that the
// last month lacks is its last day. It returns the error of [Date.AddMonths] past the end of the calendar.
func (r Retention) Until(start Date) (Date, error) { return start.AddMonths(r.Months, MonthClamp) }
