package payroll

import (
	"fmt"
	"slices"
	"strings"

	"github.com/musterhr/hr"
)

// Extension is a host's decision to use a pack for days past its review, on record: it is part of the plan's digest, which every run
// and payslip carries, and every explanation of such a day shows it.
type Extension struct {
	Pack    string // the code of the pack: "in"
	Through hr.Date
	By      hr.ActorID // who decided
	Reason  string     // what was checked: shown in explanations
}

// trust is until when a pack answers.
type trust struct {
	pack     Pack
	through  hr.Date // the last day within the review; zero: without end
	oldest   string  // what was reviewed first
	reviewed hr.Date // when
	extended Extension
}

// trusts works out until when the packs answer, and reports extensions that say too little.
func trusts(faults *hr.Faults, c Config) []trust {
	out := make([]trust, 0, len(c.Packs))
	for _, pack := range c.Packs {
		t := trust{pack: pack}
		if pack.ReviewMonths > 0 {
			t.oldest, t.reviewed = oldestReview(pack)
			var err error
			if t.through, err = t.reviewed.AddMonths(pack.ReviewMonths, hr.MonthClamp); err != nil {
				faults.Add("packs."+pack.Code+".reviewed", RulePackReview, "must be a day of the calendar")
			}
		}
		out = append(out, t)
	}
	for i, e := range c.Extensions {
		at := fmt.Sprintf("extensions[%d]", i)
		n := slices.IndexFunc(out, func(t trust) bool { return t.pack.Code == e.Pack })
		if n < 0 {
			faults.Add(at+".pack", RulePackExtension, "there is no pack %q", e.Pack)
			continue
		}
		if e.By == "" {
			faults.Missing(at+".by", RulePackExtension)
		}
		if strings.TrimSpace(e.Reason) == "" {
			faults.Missing(at+".reason", RulePackExtension)
		}
		if !e.Through.After(out[n].through) || out[n].through.IsZero() {
			faults.Add(at+".through", RulePackExtension, "must lie past the %s until which the pack answers anyway", out[n].through)
		}
		if !out[n].extended.Through.IsZero() {
			faults.Add(at+".pack", RulePackExtension, "is extended twice")
		}
		out[n].extended = e
	}
	return out
}

// oldestReview returns which value that still holds was checked first, and when. Values that ended or were followed by others need no
// new review: history does not change.
func oldestReview(p Pack) (name string, reviewed hr.Date) {
	name, reviewed = p.Name, p.Reviewed
	older := func(what string, on hr.Date) {
		if on.Before(reviewed) {
			name, reviewed = what, on
		}
	}
	for _, x := range p.Params {
		last := hr.ParameterStep{}
		for _, s := range x.Steps {
			if !s.Since.Before(last.Since) {
				last = s
			}
		}
		if !last.Ends {
			older(x.Name, last.Reviewed)
		}
	}
	for _, x := range p.Tables {
		last := map[string]hr.TableStep{}
		for _, s := range x.Steps {
			if !s.Since.Before(last[s.Text].Since) {
				last[s.Text] = s
			}
		}
		for _, text := range x.Texts() {
			if s := last[text]; !s.Ends {
				older(strings.TrimSpace(x.Name+" "+text), s.Reviewed)
			}
		}
	}
	return name, reviewed
}

// Trusted returns the last day for which the packs of the plan answer: that of a period or of its payment, whichever is later. Runs
// for later days are refused. It is zero where nothing ends.
func (p *Plan) Trusted() hr.Date {
	var least hr.Date
	for _, t := range p.trusts {
		through := t.through
		if through.Before(t.extended.Through) {
			through = t.extended.Through
		}
		if !through.IsZero() && (least.IsZero() || through.Before(least)) {
			least = through
		}
	}
	return least
}

// checkReview refuses a day past the review of a pack that nobody extended.
func (p *Plan) checkReview(faults *hr.Faults, period hr.Period, payDate hr.Date) {
	day := laterOf(period, payDate)
	if p.trusted.IsZero() || !day.After(p.trusted) {
		return
	}
	for _, t := range p.trusts {
		if t.through.IsZero() || !day.After(t.through) || !day.After(t.extended.Through) {
			continue
		}
		faults.Add("packs."+t.pack.Code, RulePackReview,
			"%s was last checked on %s and is used for %d months, so to %s, and this is %s: take a newer pack, or decide in Config.Extensions that it is used longer",
			t.oldest, t.reviewed, t.pack.ReviewMonths, t.through, day)
	}
}

// tellReview says in an explanation that a pack is used past its review, and who decided it.
func (p *Plan) tellReview(t *hr.Trace, in Input) {
	for _, x := range p.trusts {
		if x.extended.Through.IsZero() || !laterOf(in.Period, in.PayDate).After(x.through) {
			continue
		}
		note := fmt.Sprintf("the law of %s is used past its review of %s, to %s, by decision of %s: %s", x.pack.Name, x.reviewed, x.extended.Through, x.extended.By, x.extended.Reason)
		if t.Note != "" {
			note = t.Note + "; " + note
		}
		t.Note = note
	}
}

// laterOf returns the last day that the law is read for.
func laterOf(period hr.Period, payDate hr.Date) hr.Date {
	if payDate.After(period.Through) {
		return payDate
	}
	return period.Through
}
