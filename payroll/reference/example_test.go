package reference_test

import (
	"fmt"

	"github.com/musterhr/hr/payroll/formula"
	"github.com/musterhr/hr/payroll/reference"
)

func Example() {
	c := reference.Components()[0]
	file, err := formula.Parse(c.Name, c.Text)
	if err != nil {
		fmt.Println(err)
		return
	}
	program, err := formula.Compile(formula.Config{Files: []*formula.File{file}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(program.Inputs()), "inputs,", len(program.Lines()), "lines")
	// Output: 14 inputs, 23 lines
}
