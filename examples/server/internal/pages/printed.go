package pages

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/go-pdf/fpdf"
	"golang.org/x/text/encoding/charmap"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/payroll"
)

//go:embed print/payslip.html
var payslipHTML string

var payslipTemplate = template.Must(template.New("payslip").Parse(payslipHTML))

// printout is a payslip that is printed.
type printout struct {
	payroll.Statement
	Tag     string
	Company string
	Name    string
	Month   string
}

// hindiLines are the lines of the specimen company's payslip in Hindi; one that is not here stays as the plan names it.
var hindiLines = map[string]string{
	"basic_pay": "मूल वेतन", "hra_pay": "मकान किराया भत्ता", "conveyance_pay": "वाहन भत्ता", "special_pay": "विशेष भत्ता", "overtime": "समयोपरि भत्ता", "bonus_pay": "बोनस",
	"epf": "भविष्य निधि (ईपीएफ)", "pt": "व्यवसाय कर", "tds": "आयकर (टीडीएस)", "esi": "राज्य बीमा (ईएसआई)", "lwf": "श्रमिक कल्याण निधि",
	"epf_employer": "भविष्य निधि, नियोक्ता", "eps": "पेंशन (ईपीएस), नियोक्ता", "edli": "बीमा (ईडीएलआई), नियोक्ता", "epf_admin": "ईपीएफ प्रशासनिक शुल्क", "esi_employer": "राज्य बीमा, नियोक्ता",
	"paid_days": "भुगतान योग्य दिन", "lost_days": "अवैतनिक दिन", "loan": "ऋण", "advance": "अग्रिम",
}

var hindiMonths = [...]string{"जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर"}

// statement puts a payslip into the language that is asked for: "hi", or English.
func statement(s payroll.Payslip, tag, company, name string) printout {
	l := payroll.Language{Tag: "en-IN", Grouping: grouping(s.Currency)}
	out := printout{Tag: "en", Company: company, Name: name, Month: period(s.Period)}
	if tag == "hi" {
		l.Tag, l.Labels, out.Tag = "hi-IN", payroll.Hindi(), "hi"
		for line, label := range hindiLines {
			l.Labels[line] = label
		}
		if s.Period == hr.MonthOf(s.Period.From) {
			out.Month = hindiMonths[s.Period.From.Month()-1] + " " + strconv.Itoa(s.Period.From.Year())
		}
	}
	out.Statement = s.Statement(l)
	return out
}

func (p *Pages) payslipPDF(w http.ResponseWriter, r Request) error {
	_, slip, err := p.slip(r, "payroll.Payslip")
	if err != nil {
		return err
	}
	in := func(tag string) printout { return statement(slip, tag, r.App.Company.Name, r.name(slip.Employee)) }
	pdf, err := p.print(r.Context(), in(r.URL.Query().Get("language")), func() printout { return in("en") })
	if err != nil {
		return err
	}
	save(w, desk.File{Name: "payslip-" + id(slip.Employee) + "-" + slip.Period.From.String()[:7] + ".pdf", Type: "application/pdf", Bytes: pdf})
	return nil
}

// print prints by the browser that is installed, which knows every script, or else by itself, in Latin letters only.
func (p *Pages) print(ctx context.Context, out printout, inEnglish func() printout) ([]byte, error) {
	if browser := Browser(); browser != "" {
		pdf, err := printByBrowser(ctx, browser, out)
		if err == nil {
			return pdf, nil
		}
		p.Log.WarnContext(ctx, "the browser did not print; the page is printed without it", "err", err)
	}
	return printSimply(inEnglish())
}

// Browser finds an installed Chromium, or returns nothing.
func Browser() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			return found
		}
	}
	return ""
}

// BrowserFlags are how a Chromium is started that asks nobody anything.
func BrowserFlags(profile string) []string {
	flags := []string{
		"--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
		"--disable-dev-shm-usage", "--user-data-dir=" + profile,
	}
	if os.Geteuid() == 0 { // it has no sandbox for root
		flags = append(flags, "--no-sandbox")
	}
	return flags
}

// printers lets so many browsers run at once; each takes a processor and much memory.
var printers = make(chan struct{}, 2)

func printByBrowser(ctx context.Context, browser string, out printout) (pdf []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	select {
	case printers <- struct{}{}:
		defer func() { <-printers }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	dir, err := os.MkdirTemp("", "muster-print-") // for this user only: there is pay in it
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	var page bytes.Buffer
	if err := payslipTemplate.Execute(&page, out); err != nil {
		return nil, err
	}
	from, to := filepath.Join(dir, "page.html"), filepath.Join(dir, "page.pdf")
	if err := os.WriteFile(from, page.Bytes(), 0o600); err != nil {
		return nil, err
	}
	flags := append(BrowserFlags(filepath.Join(dir, "profile")), "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer", "--print-to-pdf="+to, "file://"+from)
	cmd := exec.CommandContext(ctx, browser, flags...)
	cmd.WaitDelay = time.Second
	if err := cmd.Run(); err != nil { // what it says may have the page in it
		return nil, fmt.Errorf("the browser ended: %w", err)
	}
	return os.ReadFile(to)
}

// printSimply prints in Latin letters, without a browser. It does not print what it cannot: a name in another script is left to the number beside it,
// and the page says so; a payslip in another language comes in English.
func printSimply(out printout) ([]byte, error) {
	missing := false
	text := func(s string) string {
		encoded, err := charmap.Windows1252.NewEncoder().String(s)
		if err != nil {
			missing = true
			return ""
		}
		return encoded
	}
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetMargins(16, 18, 16)
	pdf.SetTitle(out.Title+" "+out.Period.String(), true)
	pdf.AddPage()
	line := func(style string, size float64, left, right string) {
		pdf.SetFont("Helvetica", style, size)
		pdf.CellFormat(118, size*0.55, text(left), "", 0, "L", false, 0, "")
		pdf.CellFormat(60, size*0.55, text(right), "", 1, "R", false, 0, "")
	}
	line("B", 16, out.Title, "")
	line("", 10, out.Month, "")
	line("", 10, out.Company, "")
	line("", 10, out.Name, string(out.Employee))
	line("", 10, out.Paid+" "+out.PayDate.String(), string(out.Currency))
	for _, s := range out.Sections {
		pdf.Ln(4)
		line("B", 11, s.Title, "")
		for _, r := range s.Rows {
			line("", 10, r.Label, r.Amount)
		}
		if s.Total != nil {
			line("B", 10, s.Total.Label, s.Total.Amount)
		}
	}
	pdf.Ln(4)
	line("B", 14, out.Net.Label, out.Net.Amount)
	line("", 9, out.NetWords, "")
	if missing {
		pdf.Ln(4)
		line("", 9, "Some words are left out: they are in letters that this page has no font for. With Chromium installed they are printed.", "")
	}
	var b bytes.Buffer
	err := pdf.Output(&b)
	return b.Bytes(), err
}
