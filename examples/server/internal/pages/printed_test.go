package pages_test

import (
	"bytes"
	"compress/zlib"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/servetest"
)

// printed asks for the last payslip of somebody whose name is in Devanagari, in Hindi.
func printed(t *testing.T) []byte {
	t.Helper()
	s := servetest.Start(t)
	e45, err := s.App().Store.Employment(t.Context(), "E045")
	require.NoError(t, err)
	e45.Person.Name = "अर्जुन क्षत्रिय मेनन"
	cmd := hr.Command{ID: "a name in Devanagari", Actor: hr.Actor{ID: "E063", Employee: "E063", Roles: []string{hr.RoleHR}}, Purpose: "test", Reason: "as in the passport"}
	require.NoError(t, s.App().People.ChangePerson(t.Context(), cmd, "E045", e45.Person))
	var slips struct{ Items []struct{ Run string } }
	e := s.As(t, "payroll, prepares")
	require.Equal(t, http.StatusOK, e.Get("/v1/people/E045/payslips", &slips))
	answer, pdf := e.Do(http.MethodGet, "/payroll/runs/"+slips.Items[0].Run+"/payslips/E045/payslip.pdf?language=hi", nil)
	require.Equal(t, http.StatusOK, answer.StatusCode)
	require.Equal(t, "application/pdf", answer.Header.Get("Content-Type"))
	require.True(t, bytes.HasPrefix(pdf, []byte("%PDF-")))
	require.NotContains(t, s.Log.String(), "did not print")
	return pdf
}

// That every letter comes out right was seen on the page itself, see examples/README.md; here it is that a font with the letters is in the file.
func TestAPayslipInHindiIsPrintedByTheBrowser(t *testing.T) {
	installed(t)
	pdf := printed(t)
	if dir := os.Getenv("MUSTER_SCREENSHOTS"); dir != "" {
		require.NoError(t, os.MkdirAll(dir, 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, "payslip-hi.pdf"), pdf, 0o644))
	}
	fonts := regexp.MustCompile(`/BaseFont /[A-Z]{6}\+([A-Za-z-]+)`).FindAllSubmatch(pdf, -1)
	require.NotEmpty(t, fonts)
	for _, f := range fonts {
		if strings.Contains(string(f[1]), "Devanagari") {
			return
		}
	}
	const missing = "no font with Devanagari is installed: Debian's fonts-noto-core has one"
	if os.Getenv("MUSTER_CHROMIUM_REQUIRED") == "1" {
		t.Fatal(missing)
	}
	t.Skip(missing)
}

func TestWithoutABrowserAPayslipIsPrintedInLatinLetters(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	pdf := printed(t)
	var text strings.Builder
	for _, part := range bytes.Split(pdf, []byte("stream\n"))[1:] {
		if r, err := zlib.NewReader(bytes.NewReader(part)); err == nil {
			raw, _ := io.ReadAll(r) // up to the end of the stream
			text.Write(raw)
		}
	}
	require.Contains(t, text.String(), "(95,440.00)") // net pay, as on the page
	require.Contains(t, text.String(), "(Provident fund \\(EPF\\))")
	require.Contains(t, text.String(), "(E045)")
	require.Contains(t, text.String(), "Some words are left out")
	require.NotContains(t, text.String(), "(?")
}
