package lifecycle

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/musterhr/hr"
)

// What becomes of what is held about somebody who has left is planned here, by class of field and kind of record: a law may want the number
// and the wages of a person for years after nobody needs their telephone number. Employees are of this package; candidates, who are held
// by consent and for a vacancy, are planned and erased by package recruitment.

// KeepRule is a period of retention, and what the records of that law are made of.
type KeepRule struct {
	hr.Retention
	// Classes is what the records cannot do without: {government_id, contact} for a register of wages, which names people. None: all
	// classes, which is how a pack's period reads until somebody has thought about it.
	Classes []hr.FieldClass
	// TaxYear is the first day of the tax year, of a period that runs from its end; otherwise it is not read.
	TaxYear DayOfYear
}

// DayOfYear is a day of every year.
type DayOfYear struct {
	Month time.Month
	Day   int
}

// erasable are the classes that are erased; of the others nothing tells who it was about.
var erasable = []hr.FieldClass{hr.ClassContact, hr.ClassGovernmentID, hr.ClassPrivate, hr.ClassSpecial}

// Validate returns [hr.FieldError]s with RuleErasureRules, all at once.
func (r KeepRule) Validate() error {
	var faults hr.Faults
	faults.Join("", r.Retention.Validate())
	for i, c := range r.Classes {
		if !slices.Contains(erasable, c) {
			faults.Add(fmt.Sprintf("classes[%d]", i), RuleErasureRules, "is not a class that is erased")
		}
	}
	if r.Start == hr.AfterTaxYear {
		if _, err := hr.NewDate(2023, r.TaxYear.Month, r.TaxYear.Day); err != nil {
			faults.Add("tax_year", RuleErasureRules, "must be a day of every year")
		}
	}
	return faults.Err()
}

// covers reports whether the records of the law have fields of a class.
func (r KeepRule) covers(class hr.FieldClass) bool {
	return len(r.Classes) == 0 || slices.Contains(r.Classes, class)
}

// through returns the last day on which the law wants a record that is about the time until last, of somebody whose employment ended on exit.
func (r KeepRule) through(last, exit hr.Date) (hr.Date, error) {
	switch r.Start {
	case hr.AfterExit:
		return r.Until(exit)
	case hr.AfterTaxYear:
		begins, err := hr.NewDate(last.Year(), r.TaxYear.Month, r.TaxYear.Day)
		if err != nil {
			return hr.Date{}, err
		}
		if !begins.After(last) {
			if begins, err = hr.NewDate(last.Year()+1, r.TaxYear.Month, r.TaxYear.Day); err != nil {
				return hr.Date{}, err
			}
		}
		return r.Until(begins.Add(-1))
	}
	return r.Until(last)
}

// HeldRecord is one kind of record with fields of a class.
type HeldRecord struct {
	Class  hr.FieldClass
	Record string  // "name, address of mail, telephone"
	Last   hr.Date // the last day that it is about; before the end of employment it is that end
}

// ErasureVerdict is what a line of a plan says.
type ErasureVerdict string

// The verdicts.
const (
	KeepForNow ErasureVerdict = "keep"   // until the day before Due
	EraseNow   ErasureVerdict = "erase"  // nothing asks for it any more
	Held       ErasureVerdict = "held"   // a legal hold stands
	Gone       ErasureVerdict = "erased" // it is erased already
	Stays      ErasureVerdict = "stays"  // amounts, days and codes, that lead to nobody without the rest
)

// KeptBy is one reason for keeping a record.
type KeptBy struct {
	Rule    string    // of the period: "in.wage_register"; or the reference of a hold: "hold/H1"
	Title   string    // what the law, or the hold, is about
	Source  hr.Source // of the law
	Through hr.Date   // the last day that it asks for; zero: for as long as it stands
	Doubt   string    // why the period is not certain; empty where it is
}

// ErasureLine is what a plan says of one kind of record.
type ErasureLine struct {
	HeldRecord
	Verdict ErasureVerdict
	Due     hr.Date  // the first day on which no law asks for it; zero: not known, because the employment goes on
	Why     []KeptBy // what asks for it, the one that lasts longest first; what is over is there too
}

// ErasureFacts are what [PlanErasure] reads about one employee.
type ErasureFacts struct {
	Employment Employment
	Held       []HeldRecord
	Holds      []LegalHold
}

// PlanErasure says of every kind of record that is held about an employee until when it must be kept, by which section of which law or by
// which legal hold, or that nothing asks for it any more. Lines come in the order of f.Held, and one at the end for what stays. While the
// employment goes on nothing is due. A hold that stands holds everything. An invalid rule is an error: the plan would be too short.
func PlanErasure(t Table, f ErasureFacts, rules []KeepRule, today hr.Date) ([]ErasureLine, error) {
	for i, r := range rules {
		var faults hr.Faults
		faults.Join(fmt.Sprintf("rules[%d]", i), r.Validate())
		if faults.Any() {
			return nil, faults.Err()
		}
	}
	e := f.Employment
	going := t.Meaning(e.State).Employed || e.LastDay.IsZero() || !e.LastDay.Before(today)
	var plan []ErasureLine
	for _, h := range f.Held {
		l := ErasureLine{HeldRecord: h, Verdict: KeepForNow}
		if h.Last.Before(e.LastDay) {
			l.Last = e.LastDay
		}
		gone := e.IsErased(h.Class)
		switch {
		case gone:
			l.Verdict = Gone
		case going:
			l.Why = []KeptBy{{Rule: "employment", Title: "the employment goes on"}}
		default:
			l.Due = e.LastDay.Add(1)
			for _, r := range rules {
				if !r.covers(h.Class) {
					continue
				}
				through, err := r.through(l.Last, e.LastDay)
				if err != nil {
					return nil, err
				}
				l.Why = append(l.Why, KeptBy{Rule: r.Name, Title: r.Title, Source: r.Source, Through: through, Doubt: r.Uncertain})
				if !through.Before(l.Due) {
					l.Due = through.Add(1)
				}
			}
			slices.SortStableFunc(l.Why, func(a, b KeptBy) int { return cmp.Or(b.Through.Compare(a.Through), cmp.Compare(a.Rule, b.Rule)) })
			if !l.Due.After(today) {
				l.Verdict = EraseNow
			}
		}
		for _, x := range f.Holds {
			if x.Stands() && !gone {
				l.Verdict = Held
				l.Why = append([]KeptBy{{Rule: "hold/" + string(x.ID), Title: "a legal hold since " + x.Since.String()}}, l.Why...)
			}
		}
		plan = append(plan, l)
	}
	return append(plan, ErasureLine{HeldRecord: HeldRecord{hr.ClassMoney, "amounts, days, states and codes", e.LastDay}, Verdict: Stays}), nil
}

// ClassesDue returns the classes of a plan of which every record is to be erased now, in the order of the plan. Erasure is by class: while one
// record of a class is kept, so are the others.
func ClassesDue(plan []ErasureLine) (due []hr.FieldClass) {
	for _, l := range plan {
		if l.Verdict == EraseNow && !slices.Contains(due, l.Class) {
			due = append(due, l.Class)
		}
	}
	return slices.DeleteFunc(due, func(c hr.FieldClass) bool {
		return slices.ContainsFunc(plan, func(l ErasureLine) bool { return l.Class == c && l.Verdict != EraseNow })
	})
}

// nextDue returns the day on which the class of a plan is due, and false where that is not known or it is gone.
func nextDue(plan []ErasureLine, class hr.FieldClass) (due hr.Date, known bool) {
	for _, l := range plan {
		if l.Class != class {
			continue
		}
		if l.Due.IsZero() {
			return hr.Date{}, false
		}
		if l.Due.After(due) {
			due = l.Due
		}
	}
	return due, !due.IsZero()
}
