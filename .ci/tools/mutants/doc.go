// Mutants measures the tests of packages with gremlins, and makes that affordable.
//
// Gremlins changes one token, compiles what depends on it, links and runs the tests, and does that again for every token: half a minute for a mutant of payroll.
// Here the package is compiled once with all its mutants in it, each behind a switch that the environment sets: that program is the stand-in. Gremlins works as
// ever: it finds the mutants, changes the file, calls "go test" and reads its verdict. But the go that it finds on its path is this program, which looks which
// token was changed and runs the stand-in with that mutant switched on. What cannot be switched at run time (a constant of the language, say) is compiled and
// tested by the real go. A mutant that does not compile is "not viable", which gremlins alone takes for killed.
//
//	mutants [-again] LOG PACKAGE...     from the root of the repository; -again measures once more the files whose last line has survivors
//
// Each file appends its line to the log, and a file that is unchanged since its line is not measured again, so a run that was stopped resumes. The tests run
// with -short, which leaves them a fifth of their random draws, and the slow ones after the others; what lives then is shown to the whole of them.
package main
