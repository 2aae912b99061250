package sqlite_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage/internal/scenario"
	"github.com/musterhr/hr/storage/sqlite"
	"github.com/musterhr/hr/storage/storagetest"
)

// Amounts come back exactly in either form, and the view payslip_line shows a reader in SQL what the payslip says.
func TestPayslipLines(t *testing.T) {
	path := filepath.Join(t.TempDir(), "slips.db")
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{Tenant: "acme"})
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	raw, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	defer func() { require.NoError(t, raw.Close()) }()
	require.NoError(t, scenario.Begin(t.Context(), db, "R1", nil))
	require.NoError(t, scenario.Begin(t.Context(), db.Tenant("other"), "R1", nil))
	for _, s := range scenario.Payslips() {
		want := storagetest.Fill[payroll.Result](1, func(r *payroll.Result) {
			r.Employee, r.Slip.Employee, r.Slip.Currency, r.Slip.Lines = s.Employee, s.Employee, s.Currency, s.Lines
		})
		for _, db := range []*sqlite.DB{db, db.Tenant("other")} { // whose lines the view keeps apart
			require.NoError(t, db.AddMembers(t.Context(), "R1", s.Employee))
			require.NoError(t, db.PutResults(t.Context(), "R1", want))
		}
		got, err := db.Result(t.Context(), "R1", s.Employee)
		require.NoError(t, err)
		storagetest.Equal(t, want, got)

		var texts bool
		require.NoError(t, raw.QueryRowContext(t.Context(), `SELECT units IS NULL AND amounts IS NOT NULL FROM hr_result WHERE tenant = 'acme' AND employee = $1`,
			string(s.Employee)).Scan(&texts))
		require.Equal(t, s.Texts, texts, s.Employee)

		shown := payroll.Payslip{Employee: s.Employee}
		rows, err := raw.QueryContext(t.Context(), `SELECT period_from, period_through, pay_date, currency, name, title, kind, unit, CAST(amount AS text)
			FROM payslip_line WHERE tenant = 'acme' AND run = 'R1' AND employee = $1 ORDER BY position`, string(s.Employee))
		require.NoError(t, err)
		for rows.Next() {
			var l payroll.Line
			require.NoError(t, rows.Scan(&shown.Period.From, &shown.Period.Through, &shown.PayDate, &shown.Currency, &l.Name, &l.Title, &l.Kind, &l.Unit, &l.Amount))
			shown.Lines = append(shown.Lines, l)
		}
		require.NoError(t, rows.Err())
		require.NoError(t, rows.Close())
		storagetest.Equal(t, payroll.Payslip{
			Employee: s.Employee, Period: want.Slip.Period, PayDate: want.Slip.PayDate, Currency: s.Currency, Lines: s.Lines,
		}, shown)
	}
}
