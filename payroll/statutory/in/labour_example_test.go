package in_test

import (
	"fmt"
	"os"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// Both the first and the last day count: 1 April 2016 to 30 September 2026 are 10 years and exactly six months, one day more is 11 years.
func ExampleGratuityOf() {
	g, err := in.GratuityOf(in.Pack(), in.GratuityService{
		Joined: hr.MustDate("2016-04-01"), LastDay: hr.MustDate("2026-10-01"), Ending: in.EndedLeaving,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = g.Trace.Text(os.Stdout)
	// Output:
	// Years that gratuity is paid for = 11 years  [2016-04-01..2026-10-01]
	//    = completed years: 10, needed: 5
	//    6 months, 1 day: more than 6 months count as a year
	//    source: Code on Social Security 2020 (in force 21 November 2025), s.53(2), 2020-09-28
	//    Service = 10 years, 6 months, 1 day
	//       the first and the last day both count
	//    How service ended = leaving
	//       given
	//    gratuity.service_years (Completed years needed) = 5 years
	//       holds since 2025-11-21
	//       source: Code on Social Security 2020 (in force 21 November 2025), s.53(1), 2020-09-28
	//    gratuity.part_year_months (Months beyond which a part of a year counts as one) = 6 count
	//       holds since 2025-11-21
	//       source: Code on Social Security 2020 (in force 21 November 2025), s.53(2), 2020-09-28
}

// A final settlement: gratuity of 26,000 x 15/26 x 11, and 20 days of leave at 26,000 / 30. Average pay of 25,000 lets 16,667 of the
// leave pay go free of tax.
func ExampleSettlement() {
	const host = `
input basic : money by piece
line basic_full in full_month_wages, full_month_gross, full_month_taxable = last(basic)
`
	regular := []payroll.Component{{Name: "host", Text: host}}
	plan, err := payroll.Compile(payroll.Config{
		Currency: "INR", Packs: []payroll.Pack{in.Pack()}, Components: append(regular, in.Settlement()...),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	terms := hr.Terms{Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.NewFromInt(26000)}}}
	for name, text := range map[string]string{
		"pf_capped": "yes", "eps_member": "yes", "esi_covered": "no", "pt_state": "DL",
		"gratuity_years": "11", "leave_days_paid": "20", "leave_days_at_credit": "20", "leave_service_years": "10", "leave_average_salary": "25000",
	} {
		terms.Answers = append(terms.Answers, hr.Answer{Name: name, Text: text})
	}
	employed, _ := hr.NewTimeline(
		hr.Step[hr.Terms]{Since: hr.MustDate("2016-04-01"), Value: terms},
		hr.Step[hr.Terms]{Since: hr.MustDate("2026-10-02"), Void: true})
	slip, err := plan.Calculate(payroll.Input{
		Employee: "E1", Period: hr.MustPeriod("2026-10-01..2026-10-31"), PayDate: hr.MustDate("2026-10-05"), Terms: employed,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, name := range []string{"gratuity", "gratuity_exempt", "leave_pay", "leave_pay_exempt", "taxable"} {
		amount, _ := slip.Amount(name)
		fmt.Println(name, amount)
	}
	// Output:
	// gratuity 165000
	// gratuity_exempt 165000
	// leave_pay 17333
	// leave_pay_exempt 16667
	// taxable 666
}

func ExampleBonusOf() {
	b, err := in.BonusOf(in.Pack(), in.BonusClaim{
		Year: hr.MustPeriod("2026-04-01..2027-03-31"), Wages: decimal.NewFromInt(84000), DaysWorked: 290, Percent: decimal.NewFromInt(10),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = b.Trace.Text(os.Stdout)
	// Output:
	// Statutory bonus = 8400 money  [2026-04-01..2027-03-31]
	//    = what is declared, between the minimum and the maximum
	//    source: Code on Wages 2019 (in force 21 November 2025), s.26(1), 2019-08-08
	//    Pay that bonus counts = 84000 money
	//       given
	//    Days worked = 290 days
	//       given
	//       bonus.days_worked (Days worked in the accounting year that are needed) = 30 days
	//          holds since 2025-11-21
	//          source: Code on Wages 2019 (in force 21 November 2025), s.26(1), 2019-08-08
	//    Minimum bonus = 7000 money
	//       = wages * 1 / 12, at least 100
	//       half_up to 1 gives 7000
	//       bonus.least (Minimum bonus at least) = 100 money
	//          holds since 2025-11-21
	//          source: Code on Wages 2019 (in force 21 November 2025), s.26(1), 2019-08-08
	//       bonus.minimum_parts (Minimum bonus: so many parts of the wages) = 1 number
	//          holds since 2026-04-01
	//          source: Code on Wages 2019 (in force 21 November 2025), s.26(1), 2019-08-08
	//       bonus.minimum_of (Minimum bonus: of so many (8.33 of 100; 1 of 12 is eight and one-third per cent exactly)) = 12 number
	//          holds since 2026-04-01
	//          source: Code on Wages 2019 (in force 21 November 2025), s.26(1), 2019-08-08
	//    Maximum bonus = 16800 money
	//       = wages * 20%
	//       half_up to 1
	//       bonus.maximum_rate (Maximum bonus) = 20 percent
	//          holds since 2025-11-21
	//          source: Code on Wages 2019 (in force 21 November 2025), s.26(3), 2019-08-08
	//    Declared bonus = 8400 money
	//       = wages * 10%
	//       half_up to 1
}

// The sixth year of the schedule that the Act prints: the maximum is paid and 60,000 set on; what is left of the second year lapses.
func ExampleAllocateBonus() {
	year := in.BonusYear{Year: 6, Allocable: decimal.NewFromInt(310000), Minimum: decimal.NewFromInt(104167), Maximum: decimal.NewFromInt(250000)}
	a, err := in.AllocateBonus(in.Pack(), hr.MustDate("2027-03-31"), year, in.BonusCarry{
		SetOn: []in.BonusBalance{{Year: 2, Amount: decimal.NewFromInt(110000)}, {Year: 4, Amount: decimal.NewFromInt(125000)}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = a.Trace.Text(os.Stdout)
	// Output:
	// Bonus of year 6 = 250000 money
	//    = the maximum: the surplus reaches it
	//    source: Code on Wages 2019 (in force 21 November 2025), s.36, 2019-08-08
	//    Allocable surplus = 310000 money
	//       given
	//    Minimum bonus = 104167 money
	//       given
	//    Maximum bonus = 250000 money
	//       given
	//    Set on, of year 2 = 110000 money
	//       carried into the year
	//    Set on, of year 4 = 125000 money
	//       carried into the year
	//    Set on this year = 60000 money
	//       beyond the maximum, at most one more maximum
	//    Lapsed, of year 2 = 110000 money
	//       this was the last year to use it
	//    Set on, of year 4 = 125000 money
	//       carried out of the year
	//    Set on, of year 6 = 60000 money
	//       carried out of the year
	//    bonus.carry_years (Accounting years after its own in which a set-on or set-off is used) = 4 count
	//       holds since 2025-11-21
	//       source: Code on Wages 2019 (in force 21 November 2025), s.36, 2019-08-08
}

func ExampleMaternity() {
	b, err := in.Maternity(in.Pack(), in.MaternityClaim{
		On: hr.MustDate("2026-10-15"), Event: in.Birth, SurvivingChildren: 2, DaysWorked: 200, AverageDailyWage: decimal.NewFromInt(1000),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(b.Weeks, "weeks, of which before the day at most", b.WeeksBefore)
	fmt.Println(b.Amount, "and a medical bonus of", b.MedicalBonus)
	_ = b.Trace.Text(os.Stdout)
	// Output:
	// 12 weeks, of which before the day at most 6
	// 84000 and a medical bonus of 3500
	// Maternity benefit = 84000 money
	//    = average daily wage * 12 weeks * 7 days
	//    a birth, surviving children before it: 2; every calendar day counts; half_up to 0.01
	//    source: Code on Social Security 2020 (in force 21 November 2025), s.60(3), 2020-09-28
	//    Average daily wage = 1000 money
	//       given
	//    Days worked in twelve months = 200 days
	//       given
	//    maternity.days_worked (Days worked in the last twelve months that are needed) = 80 days
	//       holds since 2025-11-21
	//       source: Code on Social Security 2020 (in force 21 November 2025), s.60(2), 2020-09-28
	//    maternity.children (Surviving children from which the benefit is shorter) = 2 count
	//       holds since 2025-11-21
	//       source: Code on Social Security 2020 (in force 21 November 2025), s.60(3), 2020-09-28
	//    maternity.weeks_two_children (Weeks of benefit with two surviving children or more) = 12 count
	//       holds since 2025-11-21
	//       source: Code on Social Security 2020 (in force 21 November 2025), s.60(3), 2020-09-28
	//    maternity.weeks_before_two_children (Of these at most before the expected day) = 6 count
	//       holds since 2025-11-21
	//       source: Code on Social Security 2020 (in force 21 November 2025), s.60(3), 2020-09-28
	//    maternity.medical_bonus (Medical bonus where no free care is given) = 3500 money
	//       holds since 2025-11-21
	//       source: Code on Social Security 2020 (in force 21 November 2025), s.64, 2020-09-28
}

// A Friday was the last day; Sunday is off and Monday a holiday.
func ExampleFullAndFinalDue() {
	office := hr.MustCalendar(hr.CalendarRules{
		Name: "Bengaluru", Span: hr.MustPeriod("2026-01-01..2026-12-31"), Off: []hr.WeekdayRule{{Weekday: time.Sunday}},
		Entries: []hr.CalendarEntry{{Date: hr.MustDate("2026-11-02"), Kind: hr.DayHoliday, Name: "Local holiday"}},
	})
	due, err := in.FullAndFinalDue(in.Pack(), hr.MustDate("2026-10-30"), office)
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = due.Trace.Text(os.Stdout)
	// Output:
	// Full and final settlement due = Tuesday 2026-11-03
	//    = the second working day after the last working day
	//    source: Code on Wages 2019 (in force 21 November 2025), s.17(2), 2019-08-08
	//    Last working day = Friday 2026-10-30
	//       given
	//    settlement.working_days (Working days within which wages are paid when service ends) = 2 days
	//       holds since 2025-11-21; doubtful: how to count is not said: from the day after the last, without weekly offs and holidays, is practice; the appropriate Government may set another limit
	//       source: Code on Wages 2019 (in force 21 November 2025), s.17(2), 2019-08-08
	//    Saturday 2026-10-31
	//       a working day
	//    Sunday 2026-11-01
	//       not counted: weekly off
	//    Monday 2026-11-02
	//       not counted: Local holiday
	//    Tuesday 2026-11-03
	//       a working day: due
}

func ExampleCapDeductions() {
	c, err := in.CapDeductions(in.Pack(), hr.MustPeriod("2026-10-01..2026-10-31"), decimal.NewFromInt(30000), []payroll.Amount{
		{Name: "Income tax", Amount: decimal.NewFromInt(9000)}, {Name: "Loan", Amount: decimal.NewFromInt(9000)},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = c.Trace.Text(os.Stdout)
	// Output:
	// Deductions taken = 15000 money  [2026-10-01..2026-10-31]
	//    = in the order given, up to the limit
	//    source: Code on Wages 2019 (in force 21 November 2025), s.18(3), 2019-08-08
	//    Limit = 15000 money
	//       = wages * 50%
	//       down to 0.01
	//       Wages for payment = 30000 money
	//          given
	//       deductions.limit (Share of the wages of a wage period that deductions may take) = 50 percent
	//          holds since 2025-11-21
	//          source: Code on Wages 2019 (in force 21 November 2025), s.18(3), 2019-08-08
	//    Income tax = 9000 money
	//       in full
	//    Loan = 6000 money
	//       of 9000; 3000 goes to the next wage period
}
