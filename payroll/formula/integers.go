package formula

import "github.com/shopspring/decimal"

// integers is the integer form of a program: the same instructions over int64 registers, each with a number of places fixed
// beforehand. Whatever does not fit trips the calculation of that one employee, which then runs on decimals.
//
// A register may be guarded: it is looked at only where an if, an and or an or asks for it, so its failure is not the program's.
// Such a register carries a mark beside its value, and only the failure that is looked at trips.
type integers struct {
	regs       int // registers; those up to uniforms hold what is the same for every employee
	uniforms   []uniform
	steps      []step
	whole      []step // the same for a period of one piece: inputs, parameters and pieces are other names of registers
	columns    []step // whole, optimized
	alias      []int32
	ends       []int32 // by line: its register among the steps
	answers    []int32 // and among the columns
	direct     []bool  // by line: its register is nobody else's, so it may stand where the answers do
	reads      []inputRead
	conditions []int32 // registers that columns hang on
	inputs     []intInput
	blocks     []intBlock
	rounders   []rounder
	lookups    []lookup
	lines      []intLine
	carries    []bool  // by register: it carries a mark
	regOf      []int32 // by register of the program
	kinds      []kind  // by register of the program
	places     []int   // by register
	texts      map[string]int64
	blind      bool // two texts of requests are compared: a text that no formula names must run on decimals
}

// uniform is a register whose value hangs on the dates alone.
type uniform struct {
	constant int // among Consts; -1 for a parameter
	param    int
	places   int
}

type intInput struct {
	reg    int32 // where the value of the period goes; -1 where no formula reads it for the period
	column int32 // where the only piece's value goes in columns: the first register that reads it; -1 for none
	places int
	kind   kind
}

type intBlock struct {
	length int
}

type intLine struct {
	reg    int32
	places int
}

// lookup is one place where a table is read.
type lookup struct {
	table   int
	slabs   bool
	keyUp   int64 // brings the key to the places of the limits
	limitUp int64 // brings the limits, times the denominator, to the places of the key
	limits  int
	values  int
}

// step is one instruction of the integer form.
type step struct {
	op      intOp
	carries bool // the answer carries a mark
	watches bool // an operand does
	onlyYes bool // with only: looked at where that answers yes, or no
	dst     int32
	a, b, c int32
	aux     int32
	only    int32 // the condition under which alone it is looked at; 0 for always
	k       int64
}

type intOp uint8

const (
	intScale        intOp = iota + 1 // dst = a * k
	intCopy                          // dst = a, failing where b fails
	intNeg                           // dst = -a
	intAdd                           // dst = a + b
	intSub                           // dst = a - b
	intMul                           // dst = a * b
	intDivisor                       // dst = a; it fails where a is not above zero
	intLess                          // dst = a < b
	intLessEq                        // dst = a <= b
	intEq                            // dst = a = b
	intNot                           // dst = not a
	intAnd                           // dst = a and b
	intOr                            // dst = a or b
	intSelect                        // dst = a ? b : c
	intMin                           // dst = min(a, b)
	intMax                           // dst = max(a, b)
	intRound                         // dst = a rounded by rounders[aux]
	intRatio                         // dst = a / b rounded by rounders[aux]
	intBands                         // dst = lookups[aux] at a (over b where there is one) for text c
	intSlabs                         // the same for slabs
	intInputOf                       // dst = input aux of the piece
	intFirst                         // dst = input aux of the first piece
	intLast                          // dst = input aux of the last piece
	intParam                         // dst = uniform a, as it stands at the end of the piece
	intProductRatio                  // dst = a * b / c rounded by rounders[aux]
	intAddThree                      // dst = a + b + c
	intPieces                        // runs blocks[aux] for each piece: dst/c = the sum of a/b
)

// decimalOf writes units of 10^-places as a decimal.
func decimalOf(units int64, places int) decimal.Decimal {
	if units == 0 {
		return decimal.Decimal{}
	}
	return decimal.New(units, -int32(places))
}
