package formula

import (
	"slices"

	"github.com/musterhr/hr"
)

// Reg is a register: it is written by one instruction and never reused. The zero Reg is "none".
type Reg int32

// Op is what an instruction does.
type Op uint8

// The instructions. A register holds a value or an error, and unless said otherwise an instruction whose operand is an
// error answers the first one. Fractions are two registers, numerator and denominator; a denominator is above zero.
const (
	OpConst   Op = iota + 1 // Dst = Consts[Aux]
	OpInput                 // Dst = the value of input Aux, for the period, or for the piece within a block
	OpFirst                 // Dst = the value of input Aux in the first piece
	OpLast                  // Dst = the value of input Aux in the last piece
	OpParam                 // Dst = parameter Aux; hundredths where it is in percent. Without a value: an error
	OpNeg                   // Dst = -A
	OpAdd                   // Dst = A + B
	OpSub                   // Dst = A - B
	OpMul                   // Dst = A * B
	OpDivisor               // Dst = A where it is above zero, otherwise the error Faults[At]
	OpNeeds                 // Dst = A; an error where B is one
	OpLess                  // Dst = A < B
	OpLessEq                // Dst = A <= B
	OpEq                    // Dst = A = B, numbers and days
	OpEqText                // Dst = A = B, texts
	OpEqFlag                // Dst = A = B, yes or no
	OpNot                   // Dst = not A
	OpAnd                   // Dst = no where A is no, without a look at B; otherwise B
	OpOr                    // Dst = yes where A is yes, without a look at B; otherwise B
	OpSelect                // Dst = B where A is yes, otherwise C; the other one is not looked at
	OpMin                   // Dst = the lesser of A and B
	OpMax                   // Dst = the greater of A and B
	OpRound                 // Dst = A/B (B none: A) rounded by Roundings[Aux]; the error Faults[At] past 30 digits
	OpBands                 // Dst = the value of table Aux at A/B for text C; the error Faults[At] for a text without rows
	OpSlabs                 // Dst = the numerator of the sum over slabs of table Aux at A/B for text C; its denominator is B
	OpPieces                // runs the next Blocks[Aux].Len instructions for each piece; Dst/C = the exact sum of A/B
)

// Instr is one instruction.
type Instr struct {
	Op      Op
	Dst     Reg
	A, B, C Reg
	Aux     int32
	At      int32
}

// Block is the instructions that run once for each piece. They directly follow their OpPieces, do not nest, write only
// registers From to Through, and read those and registers written before.
type Block struct {
	Len           int
	From, Through Reg
}

// Code is the program as instructions, for an evaluator that runs it over columns. Days are numbers of days since
// 0001-01-01. It is a copy and may be changed.
type Code struct {
	Instrs    []Instr
	Registers int // the highest register
	Consts    []Value
	Roundings []hr.Rounding
	Blocks    []Block
	Faults    []*Fault
	Params    []hr.Parameter
	Tables    []hr.Table
	Lines     []Reg // the register of each line
}

// Code returns the instructions of p.
func (p *Program) Code() Code {
	c := Code{
		Instrs: slices.Clone(p.code), Registers: p.registers, Consts: slices.Clone(p.consts),
		Roundings: slices.Clone(p.roundings), Blocks: slices.Clone(p.blocks), Faults: slices.Clone(p.sites),
	}
	for _, x := range p.params {
		c.Params = append(c.Params, x.Parameter)
	}
	for _, t := range p.tables {
		c.Tables = append(c.Tables, t.Table)
	}
	for _, l := range p.lines {
		c.Lines = append(c.Lines, l.value.num)
	}
	return c
}

// value is where an expression is found: a register, and one more for its denominator where it is a fraction.
type value struct {
	num, den Reg
}
