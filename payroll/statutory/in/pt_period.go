package in

import "github.com/musterhr/hr"

// ptPeriodTax are the schedules that state the tax of a half-year (Kerala, Puducherry, Chennai) or of a year, by the pay of that time.
func ptPeriodTax() []hr.TableStep {
	const (
		body      = "each local body has a table of its own"
		contested = "uncertain: one compilation shows monthly equivalents"
		either    = "two schedules are in circulation, and which one holds was not found"
	)
	kerala := published("Kerala, G.O. 1149/2024/LSGD", "half-year income, from 1 October 2024", "2024-10-01", "the date is the day it holds from; the day of publication was not read")
	chennai := published("Greater Chennai Corporation, circular", "half-year income, from the second half of 2024-25", "2025-01-20", "")
	return []hr.TableStep{
		doubtfulRows("BR", ptFirst, stateAct("Bihar", "annual income", ""), oneSourceOnly+"; "+firstDayUnknown,
			upTo(300000, 0), upTo(500000, 1000), upTo(1000000, 2000), above(2500)),
		doubtfulRows("JH", ptFirst, stateAct("Jharkhand", "annual income; collected quarterly", ""), oneSourceOnly+"; "+firstDayUnknown,
			upTo(300000, 0), upTo(500000, 1200), upTo(800000, 1800), upTo(1000000, 2100), above(2500)),
		doubtfulRows("KL", ptFirst, stateAct("Kerala", "half-year income, before 1 October 2024", ""), firstDayUnknown,
			below(12000, 0), below(18000, 120), below(30000, 180), below(45000, 300), below(60000, 450), below(75000, 600), below(100000, 750), below(125000, 1000), above(1250)),
		rows("KL", "2024-10-01", kerala,
			below(12000, 0), below(18000, 320), below(30000, 450), below(45000, 600), below(100000, 750), below(125000, 1000), above(1250)),
		doubtfulRows("ML", ptFirst, stateAct("Meghalaya", "annual income, twelve steps", ""), either+"; some say 450 and 600 for 500 and 750",
			upTo(50000, 0), upTo(75000, 200), upTo(100000, 300), upTo(150000, 500), upTo(200000, 750), upTo(250000, 1000), upTo(300000, 1250),
			upTo(350000, 1500), upTo(400000, 1800), upTo(450000, 2100), upTo(500000, 2400), above(2500)),
		doubtfulRows("ML/2022", ptFirst, stateAct("Meghalaya", "decision of the cabinet, from 1 April 2022", ""), either,
			upTo(180000, 0), upTo(300000, 500), upTo(500000, 1000), upTo(750000, 1500), above(2500)),
		doubtfulRows("MN", ptFirst, stateAct("Manipur", "annual income", ""), contested,
			upTo(50000, 0), upTo(75000, 1200), upTo(100000, 2000), upTo(125000, 2400), above(2500)),
		doubtfulRows("MP", ptFirst, stateAct("Madhya Pradesh", "annual income; collected monthly, so 166 and in March 174", ""), firstDayUnknown,
			upTo(225000, 0), upTo(300000, 1500), upTo(400000, 2000), above(2500)),
		doubtfulRows("PY", ptFirst, stateAct("Puducherry", "half-year income", ""), oneSourceOnly+"; "+firstDayUnknown,
			below(100000, 0), upTo(200000, 250), upTo(300000, 500), upTo(400000, 750), upTo(500000, 1000), above(1250)),
		doubtfulRows("TN-CHENNAI", ptFirst, chennai, "before 1 October 2024; "+body+"; "+firstDayUnknown,
			upTo(21000, 0), upTo(30000, 135), upTo(45000, 315), upTo(60000, 690), upTo(75000, 1025), above(1250)),
		doubtfulRows("TN-CHENNAI", "2024-10-01", chennai, body,
			upTo(21000, 0), upTo(30000, 180), upTo(45000, 425), upTo(60000, 930), upTo(75000, 1025), above(1250)),
	}
}
