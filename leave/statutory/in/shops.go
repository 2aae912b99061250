package in

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// ShopsAct is what a State's shops and establishments Act gives in a year. A zero is nothing, or not said.
type ShopsAct struct {
	Earned     decimal.Decimal // days of earned leave in a year; zero where it goes by the days worked
	WorkedPer  decimal.Decimal // days worked for one day of earned leave; zero where a year gives a fixed number
	Eligible   decimal.Decimal // days worked in the year before that give it; zero: not by days
	Accumulate decimal.Decimal // days of earned leave that may stand on the account
	Casual     decimal.Decimal // days in a year
	Sick       decimal.Decimal // days in a year; zero where they are in Casual, or there are none
}

// shopsActs are the States of [Shops], by the code of their region, with the figures of the facts document in the order of the fields of
// [ShopsAct]. Tables of these Acts copy each other, so that every figure is to be reviewed by who uses it.
var shopsActs = []struct {
	state, act string
	days       [6]string
	why        string
}{
	{"dl", "Delhi Shops and Establishments Act 1954 s.22", [6]string{"15", "0", "0", "45", "12", "0"}, "casual and sick leave are together; five days after four months are known and not confirmed"},
	{"gj", "Gujarat Shops and Establishments (Regulation of Employment and Conditions of Service) Act 2019 s.18", [6]string{"0", "20", "240", "63", "7", "7"}, ""},
	{"ka", "Karnataka Shops and Commercial Establishments Act 1961 s.15", [6]string{"0", "20", "0", "45", "0", "12"}, "older texts let 30 days accumulate"},
	{"tn", "Tamil Nadu Shops and Establishments Act 1947 s.25", [6]string{"12", "0", "0", "24", "12", "12"}, "known and not confirmed"},
	{"ts", "Telangana Shops and Establishments Act 1988 s.30", [6]string{"15", "0", "240", "60", "12", "12"}, "encashment of eight days a year is known and not confirmed"},
	{"hr", "Haryana, shops and establishments", [6]string{"0", "20", "0", "30", "7", "7"}, "for reach: read in tables only"},
	{"ap", "Andhra Pradesh, shops and establishments", [6]string{"15", "0", "0", "60", "12", "12"}, "for reach: read in tables only"},
	{"wb", "West Bengal, shops and establishments", [6]string{"14", "0", "0", "28", "10", "14"}, "for reach: read in tables only; sick leave is on half pay"},
}

var shopsFields = [6][2]string{
	{"earned", "days of earned leave in a year"},
	{"worked_per_day", "days worked for one day of earned leave"},
	{"eligible_days", "days worked in the year before that give earned leave"},
	{"accumulate", "days of earned leave that may stand on the account"},
	{"casual", "days of casual leave in a year"},
	{"sick", "days of sick leave in a year"},
}

// shopsFrom is the day from which the figures are given: the Acts are older, and when each amendment came into force was not read.
const shopsFrom = "2026-01-01"

func shopsParameters() (out []hr.Parameter) {
	for _, s := range shopsActs {
		why := "read in secondary tables that copy each other: review it, also for when it came into force"
		if s.why != "" {
			why += "; " + s.why
		}
		for i, f := range shopsFields {
			out = append(out, parameter("shops."+s.state+"."+f[0], s.act+": "+f[1], "days", doubtful(shopsFrom, s.days[i], published(s.act, "leave", "", ""), why)))
		}
	}
	return out
}

// ShopsStates lists the codes of the States that [StateShops] knows, in order; Maharashtra has [ShopsMaharashtra].
func ShopsStates() []string {
	out := make([]string, len(shopsActs))
	for i, s := range shopsActs {
		out[i] = s.state
	}
	return out
}

// StateShops returns what the Act of a State ("ka") gives on a day. Every figure is marked uncertain in the law and wants a review of the
// host's own. A State or a day without figures is an [hr.ParameterError].
func StateShops(law leave.Law, on hr.Date, state string) (ShopsAct, error) {
	names := make([]string, len(shopsFields))
	for i, f := range shopsFields {
		names[i] = "shops." + state + "." + f[0]
	}
	v, err := law.Values(on, names...)
	if err != nil {
		return ShopsAct{}, err
	}
	return ShopsAct{Earned: v[0], WorkedPer: v[1], Eligible: v[2], Accumulate: v[3], Casual: v[4], Sick: v[5]}, nil
}

// StateShopsPolicies returns the leave types of a State's Act from a day on, by calendar year, for a host to review: "earned", by days worked or
// a fixed number after the year, carried up to what may accumulate and paid at exit; "casual" and "sick", in front and lapsing. In West
// Bengal sick leave is on half pay. Who has worked enough to be eligible is for the host to ask, before the year is credited.
func StateShopsPolicies(law leave.Law, since hr.Date, state string) ([]hr.Step[leave.Policy], error) {
	act, err := StateShops(law, since, state)
	if err != nil {
		return nil, err
	}
	paid := decimal.NewFromInt(1)
	earned := leave.Policy{
		Type: "earned", Name: "Earned leave", Unit: leave.Days, Paid: paid,
		CarryOver: leave.CarryOver{Closes: true, Limit: act.Accumulate}, Encashment: leave.Encashment{Exit: true},
	}
	if act.WorkedPer.Sign() > 0 {
		earned.Earning = leave.Earning{Give: paid, Per: act.WorkedPer, Rounds: leave.Rounded{Step: paid, Mode: hr.Down}}
	} else {
		earned.Accrual = leave.Accrual{Every: leave.Yearly, PerYear: act.Earned, Day: 1}
		earned.Waiting = leave.Waiting{Months: 12}
	}
	policies := []leave.Policy{earned}
	for _, more := range []struct {
		t    leave.TypeID
		name string
		days decimal.Decimal
	}{{"casual", "Casual leave", act.Casual}, {"sick", "Sick leave", act.Sick}} {
		if more.days.Sign() > 0 {
			policies = append(policies, leave.Policy{
				Type: more.t, Name: more.name, Unit: leave.Days, Paid: paid, CarryOver: leave.CarryOver{Closes: true},
				Accrual:   leave.Accrual{Every: leave.Yearly, PerYear: more.days, Day: 1},
				Proration: leave.Proration{Method: leave.ByMonthsTouched}, Rounding: leave.Rounded{Step: decimal.New(5, -1), Mode: hr.HalfUp},
			})
		}
	}
	if last := &policies[len(policies)-1]; state == "wb" && last.Type == "sick" {
		last.Paid = decimal.New(5, -1)
	}
	out := make([]hr.Step[leave.Policy], len(policies))
	for i, p := range policies {
		out[i] = hr.Step[leave.Policy]{Since: since, Value: p, Source: published("shops and establishments Act of the State", "leave", "", "from secondary tables: review it")}
	}
	return out, nil
}
