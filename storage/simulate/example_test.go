package simulate_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/simulate"
)

// A history in which somebody tries what they may not, an answer is lost on its way, and a raise is heard of a month late. It is played over a store, and
// each step says what came of it; nothing that must hold was broken.
func ExamplePlay() {
	script, err := simulate.Read(strings.NewReader(`
history 1 company=plain seed=1 employees=2 from=2025-01-01
1 2025-01-01 hr import 2
2 2025-01-01 payroll adopt 0 2025-01-01
3 2025-01-02 hr accrue 2025-01-31 ! lost 1
4 2025-01-10 E00001 raise E00001 2025-01-10 9999
5 2025-01-13 E00002 leave casual 2025-01-20..2025-01-21
6 2025-01-14 E00002 decide 5 yes
& 7 2025-01-14 boss decide 5 yes
8 2025-01-31 payroll create january regular 2025-01-01..2025-01-31
9 2025-02-03 hr raise E00001 2025-01-16 2500
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	company, err := simulate.Plain()
	if err != nil {
		fmt.Println(err)
		return
	}
	out, err := simulate.Play(context.Background(), company, script, memory.New(), simulate.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range out.Lines {
		fmt.Println(line)
	}
	fmt.Println(out.Faults, "fault,", len(out.Violations), "violations")
	// Output:
	// 1 ok
	// 2 ok
	// 3 ok
	// 4 refused denied
	// 5 ok
	// 6 refused hr.approval.conflict
	// 7 ok
	// 8 ok
	// 9 ok
	// 1 fault, 0 violations
}

// Every verb that a script may use.
func ExampleVerbs() {
	verbs := simulate.Verbs()
	for _, usage := range []string{"leave TYPE PERIOD [half]", "deliver plain|twice|backwards"} {
		fmt.Printf("%s: %s\n", usage, verbs[usage])
	}
	// Output:
	// leave TYPE PERIOD [half]: asks for leave
	// deliver plain|twice|backwards: brings the events that wait to a consumer, each once, or twice, or the newest first
}
