// Package formula is the language in which Muster's pay components are written: a text that a payroll officer can read
// and a host can store, compiled once into a program that answers every line of a payslip exactly.
//
// # A component in five minutes
//
//	input basic "Basic pay a month" : money
//	input payable_days : days
//	input days_in_month : days
//
//	param ceiling : money = 15_000 from 2014-09-01
//
//	line earned "Basic pay" in earnings = round(basic * payable_days / days_in_month, 0.01)
//	let wage = min(earned, ceiling)
//	line epf "Provident fund" in deductions law "EPF Scheme 1952, para 29" = round(wage * 12%, 1)
//
// A statement begins in the first column; what continues it is indented. # begins a comment. The statements are:
//
//	input NAME ["title"] : UNIT [by piece] [= LIT]    what a request must give, or may where a value stands behind =
//	param NAME : UNIT = 12% from 2026-04-01, 10%      a number that changes on known days; without a day it has always held
//	let   NAME ["title"] [: UNIT] [law "..."] = ...   a step on the way; it keeps its exact fraction
//	line  NAME ["title"] [: UNIT] [in GROUP, GROUP] [law "..."] = ...
//	group NAME ["title"] [: UNIT]                     a group that may stay empty: a law sums it, the host fills it
//	bands NAME : UNIT -> UNIT [by text]               a table: the row that the key falls in gives the whole answer
//	    ["MH"] upto 10_000: 175
//	    above: 200
//	slabs NAME : UNIT -> percent                      a table: each row's rate is for the slice inside it; the answer is the sum
//	    upto 4_00_000: 0%
//	    above: 5%
//
// Several texts may declare one input, such as a pack and the host's own components, if they agree on what it is.
// The order of statements does not matter. A name is made of letters, digits and _, in parts joined by dots:
// epf.wage_ceiling is a parameter of a pack. A row reads upto (the limit belongs to it), below (it does not) or above;
// in a table by text a row without a text belongs to the text of the row before. Slabs begin at zero. In an expression:
//
//	if a > b then x else y     or and not     = != < <= > >=     + - * /
//	min(a, b, ...)  max(a, b, ...)
//	round(x, 0.01)  round(x, 1, half_even)  ceil(x, 1)  floor(x, 1)
//	sum(earnings)              every line in the group, wherever it is written
//	tax_slabs(income)          pt_bands(state, gross)
//	pieces(rate * days)        first(rate)  last(rate)
//	15_000   12%   208 hours   0.5 days   2026-09-17   "MH"   yes   no
//
// round takes a mode: half_up (the default; a half goes away from zero), half_down, half_even, up, down, ceiling, floor.
// ceil is toward plus infinity and floor toward minus infinity.
//
// # Units
//
// Numbers are money, days, hours, months, years, count, number or products such as money/days; then there are date,
// text and yes/no. Units multiply and cancel: money * days / days is money, money * hours / 208 hours is money. Adding or
// comparing two units is a fault, and its hint names the literal to write. A bare literal takes the unit of the other side
// of + - and comparisons, of min, max and if, of a table's key and of a line; in * and / it is plain. Count and number are
// the same in arithmetic, and 12% is the plain number 0.12.
//
//	where                                            what is given    what a formula reads
//	an input, a parameter or a table in percent      12               0.12
//	a literal                                        12%              0.12
//	a let or a line                                  is never in percent; declare number
//
// A line that states no unit has the unit of its formula, which must then be one word. Dates compare, and later - earlier
// is days. Texts know = and != and choose the rows of a table.
//
// # What a formula cannot say
//
// A [Kernel] is Go that builds instructions when a program is compiled: a waterfall over claims, a power. A formula calls it by
// name, as it calls a table. It has no loops at run time, as formulas have none.
//
// # Exact, and lazy
//
// Numbers are exact decimals, and a division keeps an exact fraction until a rounding ends it: round(a * b / c, 0.01) is
// one step, so nothing is rounded twice. A let may stay a fraction; a line that divides must round. A divisor that is not
// above zero, a text without rows and a dated value that is missing are errors of whatever uses them, and of nothing else:
// the side of an if that is not taken, and the right of a decided and/or, raise nothing.
//
// # Pieces of a period
//
// A raise in the middle of a month makes two pieces of it. An input "by piece" has a value in each. Inside pieces(...) its
// name is that value, and the results of all pieces are added exactly; parameters and tables are those of the piece's last
// day (those by pay date stay at the day of payment). Elsewhere write first(rate) or last(rate). A let that reads values
// by piece has a value by piece itself. A let that reads none is one value for the period, also inside pieces(...): where
// such a let reads a parameter that changes there is a warning. [Program.Cuts] tells on which days a period must be cut.
//
// # Two forms of a program
//
// A program runs in integers where they hold it, and in decimals where they do not; which of the two is never to be seen in an answer.
// In the integer form each value on the way has a fixed number of places: money those of the currency, days and hours two, and so on
// ([Program.InputPlaces]). [Columns] runs it for many employees together. [Program.RunDecimals] is the interpreter that says what is
// right; tests compare every register of the two over random programs.
//
// # What differs from the usual
//
//   - The words of the language, the units among them, name nothing: "2 hours" and "2 * hours" must not be one slip apart.
//   - A percent is written with its sign, in parameters and tables too, so that nobody has to guess whether 12 is 0.12.
//   - A comma never groups digits: 12_00_000, and min(1, 200) with a space.
//   - Comparisons do not chain, and a composite unit is never the silent unit of a line.
//
// # Guarantees
//
//	faults             all at once, each with file, line, column, a stable rule id and what to write instead
//	canonical text     Parse, String, Parse again is the same file
//	size               a text of at most 1 MiB, 20,000 statements, expressions nested 200 deep: more is a fault
//	numbers            at most 30 digits before the point and 20 behind it, as given and as rounded; exact in between
//	reproducible       no clock, no float, no package variable; the same request has the same answer
//	concurrent         a Program is immutable; any number of goroutines may run it
//	private            no fault and no error contains a value of a request; Request and Result print without values
//
// Evidence, year-to-date figures and the choice of periods are the caller's: package payroll.
package formula
