// Package us is leave law of the United States as dated numbers and pure functions: the twelve weeks of the Family and Medical
// Leave Act by each way of counting its year ([FMLA]), and California's paid sick leave ([PaidSick]).
//
// There is no federal law of paid leave. Who is covered by the FMLA (50 employees within 75 miles, twelve months and 1,250 hours)
// and the rules of cities are for the host to know.
package us
