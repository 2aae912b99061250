package formula

import "github.com/musterhr/hr"

// Rules of the formula language. Ids are stable; the sentences of the faults that carry them may change.
const (
	// Text.
	RuleBudget    hr.Rule = "payroll.formula.budget"    // a text, an expression or a number is larger than the language allows
	RuleCharacter hr.Rule = "payroll.formula.character" // a character that no formula has
	RuleString    hr.Rule = "payroll.formula.string"    // a text without its closing quote
	RuleNumber    hr.Rule = "payroll.formula.number"    // a number that is not written as one
	RuleDate      hr.Rule = "payroll.formula.date"      // a day that no calendar has
	RuleStatement hr.Rule = "payroll.formula.statement" // a line that is not a statement
	RuleSyntax    hr.Rule = "payroll.formula.syntax"    // something else was expected here
	RuleReserved  hr.Rule = "payroll.formula.reserved"  // a word of the language used as a name
	RuleUnitWord  hr.Rule = "payroll.formula.unit.word" // a unit that does not exist

	// Names.
	RuleDuplicate hr.Rule = "payroll.formula.name.duplicate" // one name declared twice
	RuleUnknown   hr.Rule = "payroll.formula.name.unknown"   // a name that is declared nowhere
	RuleUse       hr.Rule = "payroll.formula.name.use"       // a name used as what it is not: a table without a key
	RuleGroup     hr.Rule = "payroll.formula.group.unknown"  // a sum of a group that no line is in
	RuleCycle     hr.Rule = "payroll.formula.cycle"          // formulas that need each other

	RuleKernel hr.Rule = "payroll.formula.kernel" // a kernel that is not complete, or cannot be built

	// Types and units.
	RuleType      hr.Rule = "payroll.formula.type"             // a text, a date or a yes/no where a number belongs, or the reverse
	RuleUnit      hr.Rule = "payroll.formula.unit"             // money where days belong
	RulePercent   hr.Rule = "payroll.formula.unit.percent"     // a percent written without its sign, or as a result
	RuleArguments hr.Rule = "payroll.formula.arguments"        // too few or too many
	RuleRounding  hr.Rule = "payroll.formula.rounding"         // a step or a mode of rounding that does not exist
	RuleUnrounded hr.Rule = "payroll.formula.line.unrounded"   // a line that ends in a divisor
	RuleSteps     hr.Rule = "payroll.formula.parameter.steps"  // two values from one day
	RuleRows      hr.Rule = "payroll.formula.table.rows"       // rows that do not rise, or do not end with above
	RulePieceUse  hr.Rule = "payroll.formula.piece.bare"       // a value by piece read outside pieces(...)
	RulePieceNest hr.Rule = "payroll.formula.piece.nested"     // pieces(...) inside pieces(...)
	RulePieceRead hr.Rule = "payroll.formula.piece.first_last" // first(...) or last(...) of what is not an input by piece

	// Warnings.
	RuleUnused    hr.Rule = "payroll.formula.warning.unused"          // an input that no formula reads
	RuleWholeRead hr.Rule = "payroll.formula.warning.whole_in_pieces" // a dated value read once for the period, used inside pieces(...)

	RuleDecimals hr.Rule = "payroll.formula.warning.decimals" // numbers so long that the program has no integer form

	// A request.
	RuleRequestPeriod  hr.Rule = "payroll.formula.request.period"   // no period, or one without an end
	RuleRequestPayDate hr.Rule = "payroll.formula.request.pay_date" // a rule reads the day of payment, and none is given
	RuleRequestInput   hr.Rule = "payroll.formula.request.input"    // an input is not given, or there are too many values
	RuleRequestType    hr.Rule = "payroll.formula.request.type"     // a text where a number belongs
	RuleRequestSize    hr.Rule = "payroll.formula.request.size"     // a number with more digits than pay has
	RuleRequestPieces  hr.Rule = "payroll.formula.request.pieces"   // pieces missing, outside the period, unordered or overlapping

	// Evaluation.
	RuleDivisor   hr.Rule = "payroll.formula.divisor"    // a divisor that is not above zero
	RuleTableText hr.Rule = "payroll.formula.table.text" // a text without rows
	RuleTooLarge  hr.Rule = "payroll.formula.too_large"  // a result with more digits than pay has
	RuleTraceOff  hr.Rule = "payroll.formula.trace.off"  // an explanation of a result that was calculated without one
)
