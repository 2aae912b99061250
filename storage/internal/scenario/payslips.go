package scenario

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// Payslip is a payslip whose amounts are hard on the form in which an SQL store keeps them.
type Payslip struct {
	Employee hr.EmployeeID
	Currency hr.Currency
	Texts    bool // one of the amounts does not fit into an integer, so all are kept as texts
	Lines    []payroll.Line
}

// Payslips are at and beyond the edges of 64 bits, in the smallest unit of the currency or in millionths of a day.
func Payslips() []Payslip {
	return []Payslip{
		{"usual", "INR", false, []payroll.Line{
			line("basic", payroll.Earning, "money", "50000.00"), line("loss", payroll.Earning, "money", "-0.05"), line("less", payroll.Deduction, "money", "-1200.50"),
			line("none", payroll.Deduction, "money", "0"), line("days", payroll.Info, "days", "21.333333"), line("whole", payroll.Info, "days", "-3"),
		}},
		{"without places", "JPY", false, []payroll.Line{line("basic", payroll.Earning, "money", "300000"), line("less", payroll.Deduction, "money", "-1")}},
		{"three places", "BHD", false, []payroll.Line{line("basic", payroll.Earning, "money", "712.345"), line("less", payroll.Deduction, "money", "-0.001")}},
		{"largest", "INR", false, []payroll.Line{ // 9223372036854775807 is 2^63 - 1
			line("basic", payroll.Earning, "money", "92233720368547758.07"), line("less", payroll.Deduction, "money", "-92233720368547758.07"),
			line("days", payroll.Info, "days", "9223372036854.775807"),
		}},
		{"too large", "INR", true, []payroll.Line{line("basic", payroll.Earning, "money", "92233720368547758.08"), line("less", payroll.Deduction, "money", "12.50")}},
		{"too low", "INR", true, []payroll.Line{line("basic", payroll.Earning, "money", "-123456789012345678901234567890.12")}},
		{"too fine", "INR", true, []payroll.Line{line("basic", payroll.Earning, "money", "0.005"), line("less", payroll.Deduction, "money", "-7")}},
		{"too fine a day", "INR", true, []payroll.Line{line("basic", payroll.Earning, "money", "100.00"), line("days", payroll.Info, "days", "0.0000001")}},
	}
}

// line is a line of a payslip, with the amount as it is written here.
func line(name string, kind payroll.Kind, unit, amount string) payroll.Line {
	return payroll.Line{Name: name, Title: "The " + name, Kind: kind, Unit: unit, Amount: decimal.RequireFromString(amount)}
}
