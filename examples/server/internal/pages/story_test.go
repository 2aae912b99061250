package pages_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/examples/server/internal/sample"
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
	hrs := s.enter("HR")
	t.Run("hire", func(t *testing.T) { hire(t, s, hrs) })
	prepares, run := s.enter("payroll, prepares"), ""
	t.Run("run payroll", func(t *testing.T) { run = runPayroll(t, s, employee, prepares) })
	t.Run("a second factor", func(t *testing.T) { secondFactor(t, s) })
	t.Run("every page", func(t *testing.T) { everyPage(t, run, employee, hrs, prepares) })
	s.local()
	require.NotContains(t, s.server.Log.String(), `"level":"ERROR"`)
}

func hire(t *testing.T, s *studio, hr *visitor) {
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
	board := hr.here()
	hr.press("Meera Pawar")
	hr.fill(`[name=day]`, "2026-10-31")
	hr.fill(`[name=time]`, "21:00")
	hr.fill(`[name=place]`, "Room 2")
	hr.fill(`[name=interviewer]`, "E044")
	hr.press("Fix it")
	hr.says("The interview is fixed.")
	hr.says("None yet.")
	manager := s.enter("manager")
	manager.says("Meera Pawar, 31 Oct 2026, 21:00")
	manager.press("My interviews")
	manager.says("You write a scorecard once it has begun.")
	s.server.Later(90 * time.Minute)
	manager.open("/interviews")
	for n, points := range []string{"5", "4", "4"} {
		manager.fill(fmt.Sprintf(`[name=points_%d]`, n), points)
	}
	manager.fill(`[name=opinion]`, "yes")
	manager.fill(`[name=note]`, "Read the drawing at once")
	manager.byKeyboard()
	manager.shot("scorecard")
	manager.small("scorecard-phone")
	manager.press("Submit the scorecard of Meera Pawar")
	manager.says("You wrote: yes; Knowledge of the work 5")
	hr.open(hr.here())
	hr.says("Read the drawing at once")
	hr.byKeyboard()
	hr.shot("application")
	hr.small("application-phone")
	hr.open(board)
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

func runPayroll(t *testing.T, s *studio, employee, prepares *visitor) (run string) {
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
	run = prepares.here()
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
	approves.says("nobody has said why they are right")
	prepares.press("Look at what is unusual")
	prepares.shot("review")
	prepares.small("review-phone")
	prepares.byKeyboard()
	prepares.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("[name=unusual]").forEach(e => e.click())`))
	prepares.fill(`[name=reason]`, "Asked their supervisors")
	prepares.press("Resolve what is ticked")
	prepares.says("Somebody has said of each why it is right.")
	prepares.shot("reviewed")
	approves.open(run)
	approves.says("somebody has said of each why it is right")
	approves.press("Look at what is unusual")
	approves.says("Asked their supervisors")
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
	return run
}

// secondFactor is set up by what is on the screen alone: the QR code is read from the picture that the browser paints, by a reader of another hand.
func secondFactor(t *testing.T, s *studio) {
	v := s.enter("auditor")
	v.press("My login")
	v.press("Set up a second factor")
	v.byKeyboard()
	v.dark()
	v.shot("second-factor")
	v.small("second-factor-phone")
	painted, err := png.Decode(bytes.NewReader(see(v, chromedp.CaptureScreenshot())))
	require.NoError(t, err)
	at := see(v, chromedp.Evaluate[[]int](`(r => [r.left, r.top, r.right, r.bottom].map(Math.round))(document.querySelector(".qr").getBoundingClientRect())`))
	picture := painted.(interface {
		SubImage(image.Rectangle) image.Image
	}).SubImage(image.Rect(at[0], at[1], at[2], at[3]))
	bits, err := gozxing.NewBinaryBitmapFromImage(picture)
	require.NoError(t, err)
	read, err := qrcode.NewQRCodeReader().Decode(bits, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true})
	require.NoError(t, err)
	key, err := otp.NewKeyFromURL(read.GetText())
	require.NoError(t, err)
	require.Equal(t, "Muster", key.Issuer())
	require.Equal(t, "auditor@outside.example", key.AccountName())
	require.Equal(t, strings.ReplaceAll(v.text("#secret"), " ", ""), key.Secret())
	code := func(at time.Time) string {
		code, err := totp.GenerateCode(key.Secret(), at)
		require.NoError(t, err)
		return code
	}
	v.fill(`[name=code]`, "000000")
	v.fill(`[name=password]`, sample.Password)
	v.press("Turn it on")
	v.says("is not the code that the app shows now")
	v.fill(`[name=code]`, code(time.Now()))
	v.fill(`[name=password]`, sample.Password)
	v.press("Turn it on")
	v.says("Recovery codes")
	v.shot("recovery-codes")
	v.small("recovery-codes-phone")
	recovery := see(v, chromedp.Evaluate[[]string](`[...document.querySelectorAll(".codes code")].map(e => e.innerText)`))
	require.Len(t, recovery, 10)
	again := func(code string) {
		v.press("Log out")
		v.fill(`[name=login]`, "auditor@outside.example")
		v.fill(`[name=password]`, sample.Password)
		if code != "" {
			v.fill(`[name=code]`, code)
		}
		v.press("Log in")
	}
	again("")
	v.says("These do not belong together")
	v.fill(`[name=login]`, "auditor@outside.example")
	v.fill(`[name=password]`, sample.Password)
	v.fill(`[name=code]`, code(time.Now().Add(30*time.Second))) // that of now is used up
	v.press("Log in")
	require.Equal(t, "/", v.here())
	again(recovery[0])
	require.Equal(t, "/", v.here())
	v.press("My login")
	v.says("9 recovery codes are left")
	v.fill(`[name=password]`, sample.Password)
	v.fill(`[name=code]`, recovery[1])
	v.press("Remove the second factor")
	v.says("The second factor is removed")
	require.NotContains(t, s.server.Log.String(), key.Secret())
}

// everyPage looks at each page in both sets of colours and on a telephone, as somebody who may see it.
func everyPage(t *testing.T, run string, employee, hr, prepares *visitor) {
	visits := map[*visitor][]string{
		employee: {"/", "/people/E045/payslips", run + "/payslips/E045", run + "/payslips/E045/why/epf", "/people/E045/leave", "/people/E045/attendance?month=2026-10", "/team", "/approvals", "/interviews", "/second-factor", "/nothing-here"},
		hr:       {"/people", "/organisation", "/movements", "/due", "/people/E045/letters/confirmation", "/people/E048/letters/relieving", "/hiring", "/interviews"},
		prepares: {"/payroll", "/payroll/preview?from=2026-11-01&through=2026-11-30&pay_date=2026-11-30", run, run + "/review", run + "/variance", "/payroll/what-if", "/payroll/back-test"},
	}
	for v, paths := range visits {
		for _, path := range paths {
			v.open(path)
			v.dark()
			v.small("page" + strings.NewReplacer("/", "-", "?", "-", "&", "-", "=", "-").Replace(strings.Replace(path, run, "/run", 1)))
		}
	}
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
