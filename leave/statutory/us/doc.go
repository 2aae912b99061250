// Package us is leave law of the United States as dated numbers and pure functions: the twelve weeks of the Family and Medical
// Leave Act by each of its four ways of counting the year ([FMLA], [FMLAFixedYear]), who is eligible ([FMLAEligible]), the 26 weeks to
// care for a servicemember ([FMLAServicemember]), and California's paid sick leave ([PaidSick], [PaidSickDue]).
//
// There is no federal law of paid leave. A week with a holiday counts as a week where all of it is leave; that, and the rules of
// cities, are for the host to know. First days that stand in no document we read are marked uncertain.
package us
