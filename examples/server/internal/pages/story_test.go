package pages_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// The company's last evening of October, in a real browser: somebody looks at their pay and asks for leave, their manager agrees, HR hires, and payroll
// pays October. MUSTER_SCREENSHOTS names a folder that keeps what was seen.
func TestAnEveningInTheBrowser(t *testing.T) {
	s := openStudio(t)
	employee := s.enter("employee")
	t.Run("punch", func(t *testing.T) {
		employee.press("I am here")
		employee.says("It is recorded.")
		employee.says("Today: 09:24, 18:13, 20:0")
		employee.shot("start")
		employee.small("start-phone")
	})
	t.Run("a figure unfolds", func(t *testing.T) {
		employee.press("My pay")
		employee.shot("pay")
		employee.small("pay-phone")
		employee.press("September 2026")
		employee.do(chromedp.Click(chromedp.CSS(`#line-epf > summary`)), chromedp.WaitVisible(chromedp.CSS(`#line-epf .why`)))
		employee.accessible()
		why := employee.text("#line-epf .why")
		for _, part := range []string{"EPF Scheme 2026, para 18", "INR 2,360.00"} {
			require.Contains(t, why, part)
		}
		employee.shot("payslip")
		employee.small("payslip-phone")
		employee.byKeyboard()
	})
	t.Run("ask for leave", func(t *testing.T) {
		employee.press("My time")
		employee.shot("time")
		employee.small("time-phone")
		employee.press("My leave")
		employee.fill(`[name=type]`, "casual")
		employee.fill(`[name=from]`, "2026-11-12")
		employee.fill(`[name=reason]`, "A wedding in the family")
		employee.press("Send the request")
		employee.says("Your request is sent.")
		employee.open("/people/E045/leave?month=2026-11")
		employee.says("not approved yet")
		employee.shot("leave")
		employee.small("leave-phone")
	})
	t.Run("agree to it", func(t *testing.T) {
		manager := s.enter("manager")
		manager.press("Approvals")
		manager.says("Casual leave, 12 November 2026")
		require.NotContains(t, manager.text("main"), "wedding", "a reason may speak of health: it is for HR")
		manager.shot("approvals")
		manager.small("approvals-phone")
		manager.byKeyboard()
		manager.fill(`[name=reason]`, "Enjoy it")
		manager.press("Agree")
		manager.says("You agreed.")
		manager.open("/team?month=2026-11")
		manager.says("Casual leave")
		manager.shot("team")
		manager.small("team-phone")
		employee.open("/people/E045/leave")
		employee.says("approved")
	})
	t.Run("hire", func(t *testing.T) { hire(s.enter("HR")) })
	t.Run("run payroll", func(t *testing.T) { runPayroll(t, s, employee) })
	s.local()
	require.NotContains(t, s.server.Log.String(), `"level":"ERROR"`)
}

func hire(hr *visitor) {
	hr.press("Hiring")
	hr.fill(`[name=title]`, "Machine fitter")
	hr.fill(`[name=like]`, "E045")
	hr.fill(`[name=pay_basic]`, "32000")
	hr.press("Open it")
	for _, name := range []string{"Meera Pawar", "Imran Shaikh"} {
		hr.fill(`[name=name]`, name)
		hr.fill(`[name=email]`, strings.ToLower(strings.ReplaceAll(name, " ", "."))+"@people.example")
		hr.press("Take them up")
		hr.says(name)
	}
	hr.press("Screen Meera Pawar")
	hr.press("Interview Meera Pawar")
	hr.do(chromedp.Click(`//summary[normalize-space()="Make an offer"]`))
	hr.press("Make Meera Pawar the offer")
	hr.shot("board")
	hr.small("board-phone")
	hr.press("Meera Pawar has accepted")
	hr.says("Hired as")
	hr.press("Joiners and leavers")
	hr.says("Meera Pawar")
	hr.press("Start the checklist of Meera Pawar")
	hr.shot("movements")
	hr.small("movements-phone")
	hr.press("Organisation")
	hr.shot("organisation")
	hr.small("organisation-phone")
	hr.press("Due")
	hr.shot("due")
	hr.small("due-phone")
	hr.press("People")
}

func runPayroll(t *testing.T, s *studio, employee *visitor) {
	prepares := s.enter("payroll, prepares")
	prepares.open("/payroll/what-if")
	prepares.fill(`[name=term]`, "basic")
	prepares.fill(`[name=percent]`, "5")
	prepares.press("Work it out")
	require.Regexp(t, `66\s+paid otherwise; 0 the same`, prepares.text("main"))
	prepares.shot("what-if")
	prepares.small("what-if-phone")
	prepares.press("Payroll")
	prepares.press("See what it would pay")
	prepares.says("What October 2026 would pay")
	prepares.shot("preview")
	prepares.press("Make this payroll")
	run := prepares.here()
	prepares.press("Calculate")
	until(t, prepares, run, "Before it is approved")
	prepares.shot("run")
	prepares.small("run-phone")
	prepares.byKeyboard()
	prepares.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("[name=finding]").forEach(e => e.click())`))
	prepares.fill(`[name=reason]`, "Looked at one by one with the supervisors")
	prepares.press("Let pass what is ticked")
	prepares.says("Nothing is open.")

	approves := s.enter("payroll, approves")
	approves.open(run)
	approves.press("Approve this payroll")
	approves.says("You approved this payroll.")
	approves.press("Post as paid")
	until(t, approves, run, "Pay register")
	prepares.open(run)
	prepares.shot("paid")

	employee.open(run + "/payslips/E045") // it is paid now, so they see it
	employee.do(chromedp.Click(chromedp.CSS(`#line-paid-days > summary`)), chromedp.WaitVisible(chromedp.CSS(`#line-paid-days .why`)))
	why := see(employee, chromedp.TextContent(chromedp.CSS(`#line-paid-days .why`)))
	require.Contains(t, why, "punch", "down to the punches")
	require.Contains(t, why, "2026-10-01")
	employee.do(chromedp.ScrollIntoView(chromedp.CSS(`#line-paid-days .why`)))
	employee.shot("punches-explained")
	prepares.press("Against the month before")
	prepares.shot("variance")
	prepares.small("variance-phone")
	prepares.open("/payroll/back-test")
	prepares.do(chromedp.Evaluate[chromedp.Void](`{ const r = document.querySelector("[name=rules]"); r.value = r.value.replace("overtime_rate: number = 2", "overtime_rate: number = 3"); }`))
	prepares.press("Play them")
	prepares.says("What would have been paid otherwise")
	prepares.shot("back-test")
	download(t, prepares, run)
}

// until waits for what goes on about a run, which the page shows by itself.
func until(t *testing.T, v *visitor, run, text string) {
	t.Helper()
	require.Equal(t, run, v.here())
	v.do(chromedp.WaitNotPresent(chromedp.CSS(`[data-under-way]`)))
	v.open(run)
	v.says(text)
}

// download saves a file as the browser does.
func download(t *testing.T, v *visitor, run string) {
	t.Helper()
	dir := t.TempDir()
	v.open(run)
	_, err := chromedp.CallBrowser(v.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: dir, BrowserContextID: chromedp.FromContext(v.ctx).BrowserContextID,
	})
	require.NoError(t, err)
	v.do(chromedp.Click(chromedp.CSS(`a[href$="/files/register.csv"]`)))
	var file []byte
	require.Eventually(t, func() bool {
		var err error
		file, err = os.ReadFile(filepath.Join(dir, "register.csv"))
		return err == nil && len(file) > 0
	}, 20*time.Second, 50*time.Millisecond)
	require.Contains(t, string(file), "E045")
	require.Equal(t, 68, strings.Count(strings.TrimSpace(string(file)), "\n")+1, "a head, 66 people and a total")
}
