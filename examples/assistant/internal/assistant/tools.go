package assistant

func tools() []tool {
	return []tool{
		define("find_people", "Find colleagues by name, number, department or position. Only those whom the user may see are found.", findPeople),
		define("leave_balances", "The leave somebody has left, by type, on a day. Without an employee: the user's own.", leaveBalances),
		define("leave_requests", "The leave requests of somebody in a period, with their state. Without an employee: the user's own.", leaveRequests),
		define("documents", "The documents that somebody has shown and when they expire. Without an employee: the user's own.", documents),
		define("payslip", "A payslip of a month that was run. Without an employee: the user's own.", payslip),
		define("explain_figure", "Why a line of a payslip is what it is: formula, inputs, rounding, law. Without an employee: the user's own.", explainFigure),
		define("preview_run", "What the payroll of the current month would come to if it were run now. It runs nothing.", previewRun),
		define("needs_attention", "What waits for the user, what falls due soon, what is unusual in a payroll, and why.", needsAttention),
		define("candidates", "Candidates in recruitment, by name.", candidates),
		define("draft_leave_request", "Prepare a leave request of the user's own. It is not sent: the user confirms it.", draftLeaveRequest),
		define("draft_leave_decision", "Prepare the user's decision on a leave request. It is not given: the user confirms it.", draftLeaveDecision),
		define("draft_letter", "Prepare a letter about an employee from the records that the user may see. It is not issued: the user confirms it.", draftLetter),
	}
}
