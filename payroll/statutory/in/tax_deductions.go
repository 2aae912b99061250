package in

import "github.com/musterhr/hr"

// salaryIncomeParams are the limits of what is exempt and of what a house may bring.
func salaryIncomeParams() []hr.Parameter {
	children := func(name, title, unit, before, now, rule string) hr.Parameter {
		return hr.Parameter{Name: name, Title: title, Unit: unit, Basis: hr.ByPayDate, Steps: []hr.ParameterStep{
			since(oldest, before, taxRules1962(rule)),
			doubtful(newAct, now, taxRules2026("r.15 and the rule on allowances"), draftOnly),
			ends(taxEnds, nextFinanceAct()),
		}}
	}
	return []hr.Parameter{
		ofTax("tax.hra_rent_share", "House rent allowance: rent counts above this share of salary", "percent", "10", taxRules1962("rule 2A"), taxRules2026("r.279")),
		children("tax.children_education", "Education allowance that is exempt, a child and month", "money", "100", "3000", "rule 2BB(2), Sl. 5"),
		children("tax.children_hostel", "Hostel allowance that is exempt, a child and month", "money", "300", "9000", "rule 2BB(2), Sl. 6"),
		children("tax.children_at_most", "Children that those allowances are exempt for, at most", "count", "2", "2", "rule 2BB(2)"),
		{
			Name: "tax.landlord_pan_rent", Title: "Rent of a year above which the landlord's PAN is asked for", Unit: "money", Basis: hr.ByPayDate,
			Steps: []hr.ParameterStep{
				since(oldest, "100000", published("CBDT salary circulars", "house rent allowance, landlord's PAN", "", notReadAgain)),
				doubtful(newAct, "100000", taxRules2026("r.205, Form 124, which asks for the relationship too"), "read in secondary sources"),
				ends(taxEnds, nextFinanceAct()),
			},
		},
		ofTax("tax.retirement_limit", "Employer's PF, NPS and superannuation of a year above which they are a perquisite", "money", "750000", taxAct1961("s.17(2)(vii)"), mapped("s.17")),
		ofTax("tax.house_interest", "Interest on the home lived in, at most", "money", "200000", taxAct1961("s.24(b)"), taxAct2025("s.22(1)(b)")),
		ofTax("tax.house_interest_limited", "The same for repairs or a home not finished in five years", "money", "30000", taxAct1961("s.24(b)"), mapped("s.22")),
		ofTax("tax.house_loss", "Loss from houses that lowers other income, at most", "money", "200000", taxAct1961("s.71(3A)"), mapped("set-off of losses from house property")),
	}
}

// hraShares is the share of salary that house rent allowance may be exempt for, by the names of [HRACity].
func hraShares() hr.Table {
	t := hr.Table{
		Name: "tax.hra_share", Title: "Share of salary that house rent allowance is exempt for, by the city of the home",
		Kind: hr.Bands, Key: "money", Value: "percent", ByText: true, Basis: hr.ByPayDate,
	}
	for _, city := range fourCities {
		t.Steps = append(t.Steps, rows(city, oldest, taxRules1962("rule 2A"), above(50)), rows(city, newAct, taxRules2026("r.279(1)(c)"), above(50)))
	}
	for _, city := range newCities {
		t.Steps = append(t.Steps, rows(city, oldest, taxRules1962("rule 2A"), above(40)), rows(city, newAct, taxRules2026("r.279(1)(c)"), above(50)))
	}
	t.Steps = append(t.Steps, rows(otherCity, oldest, taxRules1962("rule 2A"), above(40)), rows(otherCity, newAct, taxRules2026("r.279(1)(c)"), above(40)))
	return endingWithTheYear(t)
}

// deductionParams are the limits of Chapter VIII of the 2025 Act, Chapter VI-A of the 1961 Act.
func deductionParams() []hr.Parameter {
	nps := func(name, title, value string, more ...hr.ParameterStep) hr.Parameter {
		p := ofTax(name, title, "percent", value, taxAct1961("s.80CCD(2)"), taxAct2025("s.124(1), (2) and (13)"))
		p.Steps = append(p.Steps[:1:1], append(more, p.Steps[1:]...)...)
		return p
	}
	newNPS := nps("tax.new.employer_nps", "Employer's NPS that is deducted, share of salary, new regime", "14")
	newNPS.Steps[0] = since(oldest, "10", taxAct1961("s.80CCD(2)"))
	newNPS.Steps = append(newNPS.Steps[:1:1], append([]hr.ParameterStep{
		since("2024-04-01", "14", published("Finance (No. 2) Act 2024", "s.80CCD(2) of the 1961 Act", "2024-08-16", notReadAgain)),
	}, newNPS.Steps[1:]...)...)
	money := func(name, title, value string, old, now hr.Source) hr.Parameter {
		return ofTax(name, title, "money", value, old, now)
	}
	share := func(name, title, value string, old, now hr.Source) hr.Parameter {
		return ofTax(name, title, "percent", value, old, now)
	}
	return []hr.Parameter{
		nps("tax.old.employer_nps", "Employer's NPS that is deducted, share of salary, old regime", "10"),
		newNPS,
		nps("tax.government_nps", "Employer's NPS that is deducted, share of salary, Government", "14"),
		money("tax.savings_limit", "80C, 80CCC and 80CCD(1) together, at most", "150000", taxAct1961("s.80CCE"), taxAct2025("s.123")),
		share("tax.own_nps_share", "Own NPS within them, share of salary at most", "10", taxAct1961("s.80CCD(1)"), mapped("s.124")),
		money("tax.own_nps_extra", "Own NPS beyond them, at most", "50000", taxAct1961("s.80CCD(1B)"), taxAct2025("s.124(3)")),
		money("tax.health_limit", "Health insurance, at most", "25000", taxAct1961("s.80D"), taxAct2025("s.126")),
		money("tax.health_senior", "Health insurance where somebody is 60 or older, at most", "50000", taxAct1961("s.80D"), taxAct2025("s.126")),
		money("tax.health_checkup", "Preventive check-up within it, at most", "5000", taxAct1961("s.80D"), taxAct2025("s.126")),
		money("tax.disability", "Disability, of the employee or a dependant", "75000", taxAct1961("s.80DD, s.80U"), mapped("s.127, s.154")),
		money("tax.disability_severe", "Severe disability, of the employee or a dependant", "125000", taxAct1961("s.80DD, s.80U"), mapped("s.127, s.154")),
		money("tax.treatment_limit", "Treatment of a listed illness, at most", "40000", taxAct1961("s.80DDB"), mapped("s.128")),
		money("tax.treatment_senior", "Treatment of a patient of 60 or older, at most", "100000", taxAct1961("s.80DDB"), mapped("s.128")),
		money("tax.first_home_interest", "Interest under 80EE, at most", "50000", taxAct1961("s.80EE"), mapped("s.130")),
		money("tax.affordable_home_interest", "Interest under 80EEA, at most", "150000", taxAct1961("s.80EEA"), mapped("s.131")),
		money("tax.electric_vehicle_interest", "Interest under 80EEB, at most", "150000", taxAct1961("s.80EEB"), mapped("s.132")),
		money("tax.rent_month", "Rent without a house rent allowance, a month at most", "5000", taxAct1961("s.80GG"), mapped("s.134")),
		share("tax.rent_income_share", "The same, share of income at most", "25", taxAct1961("s.80GG"), mapped("s.134")),
		share("tax.rent_own_share", "The same, rent counts above this share of income", "10", taxAct1961("s.80GG"), mapped("s.134")),
		money("tax.savings_interest", "Interest on savings accounts, at most", "10000", taxAct1961("s.80TTA"), mapped("s.153")),
		money("tax.interest_senior", "Interest on any deposit at 60 or older, at most", "50000", taxAct1961("s.80TTB"), mapped("s.153")),
	}
}

// tdsParams are what deducting itself needs.
func tdsParams() []hr.Parameter {
	return []hr.Parameter{
		{
			Name: "tds.no_pan_rate", Title: "Least rate of tax on salary without a PAN", Unit: "percent", Basis: hr.ByPayDate,
			Steps: []hr.ParameterStep{
				since(oldest, "20", taxAct1961("s.206AA")),
				doubtful(newAct, "20", taxAct2025("s.397(2)"), "read in secondary sources; that the 20 % bears no cess and looks past the rebate is practice"),
			},
		},
		{
			Name: "tds.rounding_step", Title: "Step that monthly income tax is rounded to", Unit: "money", Basis: hr.ByPayDate,
			Steps: []hr.ParameterStep{doubtful(oldest, "1", taxAct1961("s.192; from 1 April 2026 s.392 of the 2025 Act"), "neither section rounds; to the rupee is practice")},
		},
		{
			Name: "tds.other_credit", Title: "Other tax deducted or collected counts (1 yes, 0 no)", Unit: "count", Basis: hr.ByPayDate,
			Steps: []hr.ParameterStep{
				since(oldest, "0", taxAct1961("s.192(2B)")),
				since("2024-10-01", "1", published("Finance (No. 2) Act 2024", "s.192(2B) of the 1961 Act, Form 12BAA", "2024-08-16", notReadAgain)),
				since(newAct, "1", taxRules2026("r.204, Form 122")),
			},
		},
	}
}
