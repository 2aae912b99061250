package ca

import (
	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/statutory/internal/law"
)

func contributionParams() []hr.Parameter {
	const cpp, ei = "chapter 6, CPP", "chapter 7, EI"
	return []hr.Parameter{
		dated("cpp.exemption", "CPP basic exemption a year", "money", cpp, from2025, "3500"),
		dated("cpp.rate", "CPP rate, base and first addition", "percent", cpp, from2025, "5.95"),
		// 4.95 and 1.00 of 5.95 per cent, in whole numbers: ratios of rates are never rounded.
		dated("cpp.parts", "Parts that the CPP rate is made of", "count", cpp, from2025, "119"),
		dated("cpp.base_parts", "Base part of it", "count", cpp, from2025, "99"),
		dated("cpp.additional_parts", "First addition in it", "count", cpp, from2025, "20"),
		dated("cpp.maximum", "Most CPP of a year", "money", cpp, from2025, "4034.10", from2026, "4230.45"),
		dated("cpp.base_maximum", "Base part of it", "money", cpp, from2025, "3356.10", from2026, "3519.45"),
		dated("cpp.ympe", "Year's maximum pensionable earnings", "money", cpp, from2025, "71300", from2026, "74600"),
		dated("cpp.yampe", "Year's additional maximum pensionable earnings", "money", cpp, from2025, "81200", from2026, "85000"),
		dated("cpp.second_rate", "CPP2 rate", "percent", cpp, from2025, "4"),
		dated("cpp.second_maximum", "Most CPP2 of a year", "money", cpp, from2025, "396", from2026, "416"),
		dated("ei.rate", "EI rate", "percent", ei, from2025, "1.64", from2026, "1.63"),
		dated("ei.maximum_insurable", "Most insurable earnings of a year", "money", ei, from2025, "65700", from2026, "68900"),
		dated("ei.maximum", "Most EI of a year", "money", ei, from2025, "1077.48", from2026, "1123.07"),
		dated("ei.employer_multiple", "Employer's EI for each dollar of the employee's", "number", ei, from2025, "1.4"),
	}
}

// monthTable knows one word, "year": what a formula asks it for otherwise is refused.
func monthTable() hr.Table {
	source := t4127("122nd", "chapter 6, CPP: PM")
	return hr.Table{
		Name: "cpp.months", Title: "Months of a year", Kind: hr.Bands, Key: "count", Value: "count", ByText: true, Basis: hr.ByPayDate,
		Steps: []hr.TableStep{book.Rows("year", from2025, source, law.Above("12")), book.RowsEnd("year", ends, source)},
	}
}

func creditParams() []hr.Parameter {
	const federal = "chapter 4, federal"
	return []hr.Parameter{
		dated("credit.employment", "Canada employment amount", "money", federal, from2025, "1471", from2026, "1501"),
		dated("basic.federal", "Federal basic amount", "money", "BPAF", from2025, "16129", from2026, "16452"),
		dated("basic.federal_from", "Net income from which it falls", "money", "BPAF", from2025, "177882", from2026, "181440"),
		dated("basic.federal_to", "Net income up to which it falls", "money", "BPAF", from2025, "253414", from2026, "258482"),
		dated("basic.federal_taper", "By how much it falls", "money", "BPAF", from2025, "1591", from2026, "1623"),
		dated("tax.outside_factor", "Federal tax on employment outside Canada, for each dollar", "number", federal, from2025, "1.48"),
		dated("bonus.small", "Annual income up to which a bonus bears a flat rate", "money", "chapter 5", from2025, "5000"),
		dated("bonus.small_rate", "That rate", "percent", "chapter 5", from2025, "15"),
	}
}

func provinceParams() []hr.Parameter {
	const ontario, bc, alberta = "chapter 4, Ontario", "chapter 4, British Columbia", "chapter 4, Alberta: K5P"
	to := dated("bc.reduction_to", "Income up to which British Columbia's reduction is given", "money", bc, from2025, "40807", from2026, "41722", fromJuly2026, "44952")
	list := []hr.Parameter{
		dated("basic.manitoba", "Manitoba basic amount", "money", "BPAMB", from2025, "15969", fromJuly2025, "15591", from2026, "15780"),
		dated("basic.manitoba_from", "Net income from which it falls, to nothing at twice as much", "money", "BPAMB", from2025, "200000"),
		dated("basic.ns_slope", "Change of Nova Scotia's basic amount with income", "percent", "chapter 4, Nova Scotia", from2025, "-6", fromJuly2025, "6", from2026, "0"),
		dated("basic.ns_from", "Income from which it changes", "money", "chapter 4, Nova Scotia", from2025, "25000"),
		dated("basic.ns_width", "Over how much income it changes", "money", "chapter 4, Nova Scotia", from2025, "50000"),
		dated("alberta.threshold", "Credits above which Alberta gives a further one", "money", alberta, from2025, "0", fromJuly2025, "3600", from2026, "4896"),
		dated("alberta.share", "That credit: share of what lies above", "number", alberta, from2025, "0", fromJuly2025, "2", from2026, "1"), // 0.04 / 0.06 and 0.25
		dated("alberta.of", "and what the share is divided by", "number", alberta, from2025, "1", fromJuly2025, "3", from2026, "4"),
		dated("ontario.surtax_from", "Ontario tax above which the surtax is due", "money", ontario, from2025, "5710", from2026, "5818"),
		dated("ontario.second_surtax_from", "Ontario tax above which the second surtax is due", "money", ontario, from2025, "7307", from2026, "7446"),
		dated("ontario.surtax_rate", "Ontario surtax", "percent", ontario, from2025, "20"),
		dated("ontario.second_surtax_rate", "Ontario second surtax", "percent", ontario, from2025, "36"),
		dated("ontario.reduction", "Ontario tax reduction", "money", ontario, from2025, "294", from2026, "300"),
		dated("ontario.reduction_dependant", "Ontario tax reduction for each dependant", "money", ontario, from2025, "544", from2026, "554"),
		dated("bc.reduction", "British Columbia tax reduction", "money", bc, from2025, "562", from2026, "575", fromJuly2026, "805"),
		dated("bc.reduction_from", "Income from which it falls", "money", bc, from2025, "25020", from2026, "25570"),
		dated("bc.reduction_rate", "By which share of the income above", "percent", bc, from2025, "3.56"),
		to,
	}
	for i := range list {
		for j := range list[i].Steps {
			s := &list[i].Steps[j]
			if s.Since == hr.MustDate(fromJuly2026) {
				s.Uncertain = unseen
				if list[i].Name == "bc.reduction_to" {
					s.Uncertain += "; at 3.56 % it leaves a step at its end"
				}
			}
		}
	}
	return list
}

func taxTables() []hr.Table {
	table := func(name, title, key, value string) hr.Table {
		return hr.Table{Name: name, Title: title, Kind: hr.Bands, Key: key, Value: value, ByText: true, Basis: hr.ByPayDate}
	}
	rate := table("tax.rate", "Rate of tax", "money", "percent")
	constant := table("tax.constant", "Constant taken off the rate's tax", "money", "money")
	basic := table("tax.basic", "Basic amount of a province", "count", "money")
	list := append(schedules(), schedule{"XX", from2025, []bracket{{"0", "0", "0"}}, "0"})
	for _, s := range list {
		source := t4127(editions[s.since], "tables of rates, income thresholds and constants, "+s.where)
		var r, c []hr.TableRow
		for i, b := range s.rows {
			if i+1 < len(s.rows) {
				r, c = append(r, law.Below(s.rows[i+1].from, b.rate)), append(c, law.Below(s.rows[i+1].from, b.constant))
			} else {
				r, c = append(r, law.Above(b.rate)), append(c, law.Above(b.constant))
			}
		}
		steps := []hr.TableStep{book.Rows(s.where, s.since, source, r...), book.Rows(s.where, s.since, source, c...)}
		if s.basic != "" {
			steps = append(steps, book.Rows(s.where, s.since, source, law.Above(s.basic)))
		}
		for i := range steps {
			switch {
			case s.since == fromJuly2026:
				steps[i].Uncertain = unseen
			case s.where == "PE" && s.since == from2026:
				steps[i].Uncertain = "142,250 and 6,460 are printed; the next edition has 142,520 and 6,464, so they are probably slips"
			}
		}
		rate.Steps, constant.Steps = append(rate.Steps, steps[0]), append(constant.Steps, steps[1])
		basic.Steps = append(basic.Steps, steps[2:]...)
	}
	for _, t := range []*hr.Table{&rate, &constant, &basic} {
		for _, where := range t.Texts() {
			t.Steps = append(t.Steps, book.RowsEnd(where, ends, t4127("124th", "")))
		}
	}
	return []hr.Table{rate, constant, basic}
}

// healthTables are the Ontario health premium: from each income on a base, a rate on what lies above, and a most.
func healthTables() []hr.Table {
	var out []hr.Table
	for _, t := range []struct {
		name, title, unit string
		values            [6]string
	}{
		{"ontario.health_from", "Income above which the rate of the Ontario health premium holds", "money", [6]string{"0", "20000", "36000", "48000", "72000", "200000"}},
		{"ontario.health_base", "Ontario health premium up to there", "money", [6]string{"0", "0", "300", "450", "600", "750"}},
		{"ontario.health_rate", "Rate above it", "percent", [6]string{"0", "6", "6", "25", "25", "25"}},
		{"ontario.health_most", "Most in this row", "money", [6]string{"0", "300", "450", "600", "750", "900"}},
	} {
		source := t4127("122nd", "chapter 4, Ontario: V2")
		var rows []hr.TableRow
		for i, limit := range []string{"20000", "36000", "48000", "72000", "200000"} {
			rows = append(rows, law.UpTo(limit, t.values[i]))
		}
		out = append(out, hr.Table{
			Name: t.name, Title: t.title, Kind: hr.Bands, Key: "money", Value: t.unit, Basis: hr.ByPayDate,
			Steps: []hr.TableStep{book.Rows("", from2025, source, append(rows, law.Above(t.values[5]))...), book.RowsEnd("", ends, source)},
		})
	}
	return out
}
