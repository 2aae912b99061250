package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	tinkpb "github.com/tink-crypto/tink-go/v2/proto/tink_go_proto"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/sqlite"
)

const rules = `input basic: money by piece
input payable_days: days by piece
input period_days: days
line basic_pay "Basic" in earnings = round(pieces(basic * payable_days / period_days), 0.01)
line fund "Fund" in deductions = round(basic_pay * 12%, 1)
`

// company writes a file with four people, one month that is closed, and one that is calculated.
func company(t *testing.T, path string, options ...sqlite.Options) {
	t.Helper()
	ctx := t.Context()
	db, err := sqlite.Open(ctx, path, options...)
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	plan, err := payroll.Compile(payroll.Config{
		Currency: "INR", Packs: []payroll.Pack{{TaxYear: payroll.YearStart{Month: 4, Day: 1}}}, Components: []payroll.Component{{Text: rules}},
	})
	require.NoError(t, err)
	kit := storage.Kit{Tx: db, Log: db, Know: db, Journal: db, Authorize: hr.AllowAll, Secret: secret}
	people := lifecycle.Service{Kit: kit, Employments: db, Facts: db, Record: db}
	pay := payroll.Service{
		Kit: kit, Runs: db, Results: db, Postings: db, Adjustments: db, Adoptions: db, Terms: people, Staff: people, People: people,
		Changes: []payroll.Changes{people}, Plans: []*payroll.Plan{plan}, Chunk: 2,
		Approvers: []hr.ApprovalLevel{{Name: "approver", Approvers: []hr.ActorID{"approver"}}},
	}
	n := 0
	cmd := func(by hr.ActorID) hr.Command {
		n++
		return hr.Command{ID: hr.CommandID(fmt.Sprint("c", n)), Actor: hr.Actor{ID: by}, Purpose: "monthly payroll", Reason: "the month is over"}
	}
	begins := hr.MustDate("2026-04-01")
	var rows []lifecycle.Arrival
	for i := range 4 {
		terms := hr.Terms{Entity: "IN1", Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.New(int64(20000+100*i), 0)}}}
		person := hr.Person{Name: "A Specimen", Identities: []hr.Identity{{Kind: "in.pan", Number: hr.NewSecret(fmt.Sprintf("ABCPE123%dF", i))}}}
		rows = append(rows, lifecycle.Arrival{Hire: hr.Hire{Employee: hr.EmployeeID(fmt.Sprint("E", i+1)), Person: person, Start: begins, Terms: terms}, Joined: true})
	}
	_, err = people.Import(ctx, cmd("preparer"), rows)
	require.NoError(t, err)
	_, err = pay.Adopt(ctx, cmd("preparer"), plan, hr.Period{From: begins})
	require.NoError(t, err)
	for _, month := range []string{"2026-04-01..2026-04-30", "2026-05-01..2026-05-31"} {
		period := hr.MustPeriod(month)
		id, err := pay.CreateRun(ctx, cmd("preparer"), payroll.RunSpec{Kind: payroll.RunRegular, Period: period, PayDate: period.Through})
		require.NoError(t, err)
		digest, err := pay.Calculate(ctx, cmd("preparer"), id)
		require.NoError(t, err)
		if period.From != begins {
			break
		}
		_, err = pay.Approve(ctx, cmd("approver"), id, digest)
		require.NoError(t, err)
		_, err = pay.Pay(ctx, cmd("preparer"), id)
		require.NoError(t, err)
		_, err = pay.Close(ctx, cmd("preparer"), id)
		require.NoError(t, err)
	}
}

// secret keys the log of commands, as it must where the store seals.
var secret = []byte("thirty-two bytes and more of test")

// said is how the program ends, and what it says.
func said(t *testing.T, now time.Time, args ...string) (int, string) {
	t.Helper()
	var out bytes.Buffer
	code, err := run(t.Context(), args, &out, now)
	if err != nil {
		fmt.Fprintln(&out, err)
	}
	return code, out.String()
}

// tamper copies a file and changes the copy by statements, as somebody would who has the file and a tool.
func tamper(t *testing.T, from string, statements ...string) string {
	t.Helper()
	raw, err := os.ReadFile(from)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "tampered.db")
	require.NoError(t, os.WriteFile(path, raw, 0o600))
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	db.SetMaxOpenConns(1)
	_, err = db.ExecContext(context.Background(), "PRAGMA ignore_check_constraints = ON") // who has the file has its checks in hand too
	require.NoError(t, err)
	for _, s := range statements {
		result, err := db.ExecContext(context.Background(), s)
		require.NoError(t, err, s)
		changed, err := result.RowsAffected()
		require.NoError(t, err)
		require.True(t, changed > 0 || strings.HasPrefix(s, "CREATE"), "the tampering changes nothing: %s", s)
	}
	return path
}

const (
	closed  = `(SELECT id FROM hr_run WHERE state = 'closed')`
	e1      = `employee = 'E1' AND run = ` + closed
	longest = `(SELECT stream FROM hr_audit_head ORDER BY number DESC, stream LIMIT 1)`
)

// A tampering is statements, and a part of the line that says it. Every copy of every company is put to each of them.
type tampering struct {
	statements []string
	line       string
}

func TestEveryTamperingIsFound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "muster.db")
	company(t, path)
	checkpoint := filepath.Join(t.TempDir(), "audit.json")
	now := time.Now()

	code, output := said(t, now, "-sqlite", path, "-save", checkpoint)
	require.Equal(t, fits, code, output)
	require.Contains(t, output, "everything fits")
	code, output = said(t, now, "-sqlite", path, "-checkpoint", checkpoint)
	require.Equal(t, fits, code, output)

	for name, test := range tamperings {
		t.Run(name, func(t *testing.T) {
			code, output := said(t, now, "-sqlite", tamper(t, path, test.statements...), "-checkpoint", checkpoint)
			require.Equal(t, findings, code, output)
			require.Contains(t, output, test.line)
			says(t, output)
		})
	}

	t.Run("an event that waits", func(t *testing.T) {
		code, output := said(t, now.Add(time.Hour), "-sqlite", path)
		require.Equal(t, findings, code, output)
		require.Contains(t, output, "to be delivered")
		code, output = said(t, now.Add(time.Hour), "-sqlite", path, "-late", "2h")
		require.Equal(t, fits, code, output)
	})
}

// says looks for what no line may say.
func says(t *testing.T, output string) {
	t.Helper()
	for _, line := range strings.Split(strings.TrimSpace(output), "\n") {
		require.NotRegexp(t, `20000|2400|ABCPE|Specimen`, line, "no amount, number or name")
	}
}

var tamperings = map[string]tampering{
	"audit: an entry edited":                {[]string{`UPDATE hr_audit SET actor = 'somebody' WHERE position = 4`}, "the entry is not what was written here"},
	"audit: a reason edited":                {[]string{`UPDATE hr_audit SET reason = 'because' WHERE position = 4`}, "its texts are not what was written here"},
	"audit: an entry moved to another time": {[]string{`UPDATE hr_audit SET at = '2020' || substr(at, 5) WHERE position = 2`}, "the entry is not what was written here"},
	"audit: an entry deleted":               {[]string{`DELETE FROM hr_audit WHERE number = 1 AND stream = ` + longest}, "the entry is missing"},
	"audit: two entries swapped": {[]string{
		`UPDATE hr_audit SET number = -number WHERE number <= 2 AND stream = ` + longest, `UPDATE hr_audit SET number = 3 + number WHERE number < 0`,
	}, "the entry is not what was written here"},
	"audit: the last entry cut off": {[]string{`DELETE FROM hr_audit WHERE stream = ` + longest + ` AND number = (SELECT MAX(number) FROM hr_audit_head)`}, "the chain ends here, and its head says"},
	"audit: the last cut off, the head moved": {[]string{
		`UPDATE hr_audit_head SET hash = (SELECT a.hash FROM hr_audit AS a WHERE a.stream = hr_audit_head.stream AND a.number = hr_audit_head.number - 1),
				number = number - 1 WHERE stream = ` + longest,
		`DELETE FROM hr_audit WHERE EXISTS (SELECT 1 FROM hr_audit_head AS h WHERE h.stream = hr_audit.stream AND hr_audit.number > h.number)`,
	}, "at the checkpoint"},
	"audit: a whole chain gone": {[]string{`DELETE FROM hr_audit_head WHERE stream = ` + longest, `DELETE FROM hr_audit WHERE stream NOT IN (SELECT stream FROM hr_audit_head)`}, "the chain is gone"},
	"audit: a head gone":        {[]string{`DELETE FROM hr_audit_head WHERE stream = ` + longest}, "the chain has entries and no head"},
	"audit: an entry added": {[]string{
		`INSERT INTO hr_audit (tenant, command, verb, actor, purpose, reason, via, subjects, refused, at, stream, number, salt, reason_mark, refused_mark, hash)
				SELECT tenant, command, verb, actor, purpose, reason, via, subjects, refused, at, stream, number + 1, salt, reason_mark, refused_mark, hash
				FROM hr_audit WHERE stream = ` + longest + ` ORDER BY number DESC LIMIT 1`,
	}, "the entry is not what was written here"},

	"payslip: an amount edited":        {[]string{`UPDATE hr_result SET units = replace(units, '[2000000', '[2000001') WHERE ` + e1}, "employee E1: is not the payslip that was posted"},
	"payslip: deleted":                 {[]string{`DELETE FROM hr_result WHERE ` + e1}, "employee E1: is posted, and the run has no payslip for it"},
	"payslip: two swapped":             {[]string{`UPDATE hr_result SET units = (SELECT o.units FROM hr_result AS o WHERE o.run = hr_result.run AND o.employee = CASE hr_result.employee WHEN 'E1' THEN 'E2' ELSE 'E1' END) WHERE employee IN ('E1', 'E2') AND run = ` + closed}, "employee E1: is not the payslip that was posted"},
	"payslip: not yet paid and edited": {[]string{`UPDATE hr_result SET units = replace(units, '[2000000', '[2000001') WHERE employee = 'E1' AND run <> ` + closed}, "its results are not those of its digest"},
	"payslip: not readable":            {[]string{`UPDATE hr_result SET units = '[1' WHERE ` + e1}, "row.damaged: payroll: cannot be read"},
	"payslip: its lines nowhere":       {[]string{`DELETE FROM hr_payslip_line_kind`}, "has a payslip whose lines are described nowhere"},
	"posting: an amount edited":        {[]string{`UPDATE hr_posting SET units = replace(units, '[2000000', '[2000001') WHERE employee = 'E1'`}, "is not what the payslip says"},
	"posting: deleted":                 {[]string{`DELETE FROM hr_posting WHERE employee = 'E1'`}, "employee E1: has a payslip that is not posted"},
	"posting: a second one": {[]string{
		`CREATE TABLE twice AS SELECT * FROM hr_posting WHERE employee = 'E1'`, `UPDATE twice SET id = 'again'`, `INSERT INTO hr_posting SELECT * FROM twice`,
	}, "employee E1: has 2 postings, and its payslip makes 1"},
	"posting: given to another":     {[]string{`UPDATE hr_posting SET employee = 'E9' WHERE employee = 'E1'`}, "employee E9: is posted, and the run has no payslip for it"},
	"posting: of another period":    {[]string{`UPDATE hr_posting SET period_from = '2026-03-01', period_through = '2026-03-31' WHERE employee = 'E1'`}, "is not what the payslip says"},
	"posting: of no run":            {[]string{`UPDATE hr_posting SET run = 'elsewhere' WHERE employee = 'E1'`}, "is posted by a run that is not there"},
	"posting: its lines nowhere":    {[]string{`DELETE FROM hr_posting_names`}, "has amounts whose lines are named nowhere"},
	"run: deleted":                  {[]string{`DELETE FROM hr_run WHERE state = 'closed'`}, "has members and is not there"},
	"run: opened again":             {[]string{`UPDATE hr_run SET posted = 0, state = 'calculated' WHERE state = 'closed'`}, "is posted, and the run has posted nothing"},
	"run: its digest edited":        {[]string{`UPDATE hr_run SET digest = 'other' WHERE state = 'closed'`}, "its results are not those of its digest"},
	"run: a member deleted":         {[]string{`DELETE FROM hr_run_member WHERE ` + e1}, "says that it has 4 members, and has 3"},
	"run: a whole payment deleted":  {[]string{`DELETE FROM hr_posting`}, "says that it has posted 4 payslips, and 0 are posted"},
	"numbers: a guard moved back":   {[]string{`UPDATE hr_guard SET seq = seq - 1 WHERE employee = 'E1'`}, "employee E1: the guard row is at number"},
	"numbers: a guard deleted":      {[]string{`DELETE FROM hr_guard WHERE employee = 'E1'`}, "employee E1: the guard row is at number 0"},
	"numbers: of a day deleted":     {[]string{`DELETE FROM hr_knowledge WHERE employee = 'E1'`}, "employee E1: number"},
	"employment: deleted":           {[]string{`DELETE FROM hr_employment WHERE id = 'E1'`}, "has terms and no employment"},
	"employment: a number unlisted": {[]string{`DELETE FROM hr_identity WHERE employee = 'E1'`}, "numbers of employee E1: are found by others"},
	"command: never finished":       {[]string{`UPDATE hr_command SET result = NULL WHERE id = 'c3'`}, "command c3: was claimed and never finished"},
	"command: forgotten":            {[]string{`DELETE FROM hr_command WHERE id = 'c3'`}, "command c3: is in the audit and not in the log"},
}

func TestRepairDerivesAndRefusesMoney(t *testing.T) {
	path := filepath.Join(t.TempDir(), "muster.db")
	company(t, path)
	now := time.Now()
	for name, test := range map[string]struct {
		statement string
		line      string
	}{
		"a guard moved back":  {`UPDATE hr_guard SET seq = seq - 1 WHERE employee = 'E1'`, "repaired: knowledge.head: employee E1: its newest number is now"},
		"a guard deleted":     {`DELETE FROM hr_guard WHERE employee = 'E1'`, "repaired: knowledge.head: employee E1"},
		"the definitions":     {`DELETE FROM hr_guard WHERE employee = ''`, "repaired: knowledge.head: the definitions"},
		"a number unlisted":   {`DELETE FROM hr_identity WHERE employee = 'E1'`, "repaired: row.derived: numbers of employee E1"},
		"a number too many":   {`INSERT INTO hr_identity SELECT tenant, kind, 'X' || number, 'E9' FROM hr_identity WHERE employee = 'E1'`, "repaired: row.derived: numbers of employee E9"},
		"a word of no person": {`INSERT INTO hr_recruitment_word (tenant, kind, word, id) VALUES ('', 'key', 'x', 'C9')`, "repaired: row.derived: words of C9"},
	} {
		t.Run(name, func(t *testing.T) {
			tampered := tamper(t, path, test.statement)
			code, output := said(t, now, "-sqlite", tampered)
			require.Equal(t, findings, code, output)
			code, output = said(t, now, "-sqlite", tampered, "-repair")
			require.Equal(t, fits, code, output)
			require.Contains(t, output, test.line)
			code, output = said(t, now, "-sqlite", tampered)
			require.Equal(t, fits, code, output)
		})
	}
	for name, statement := range map[string]string{
		"a payslip": `UPDATE hr_result SET units = replace(units, '[2000000', '[2000001') WHERE ` + e1,
		"a posting": `UPDATE hr_posting SET units = replace(units, '[2000000', '[2000001') WHERE employee = 'E1'`,
		"the audit": `UPDATE hr_audit SET actor = 'somebody' WHERE position = 4`,
	} {
		t.Run(name, func(t *testing.T) {
			tampered := tamper(t, path, statement)
			_, before := said(t, now, "-sqlite", tampered)
			code, after := said(t, now, "-sqlite", tampered, "-repair")
			require.Equal(t, findings, code)
			require.Equal(t, before, after, "nothing was repaired, and the same is found")
		})
	}
}

func TestWhatCannotBeVerified(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.db")
	db, err := sqlite.Open(t.Context(), empty)
	require.NoError(t, err)
	require.NoError(t, db.Close())
	missing := filepath.Join(t.TempDir(), "missing.db")
	for name, args := range map[string][]string{
		"no database":              nil,
		"two databases":            {"-sqlite", empty, "-postgres", "host=/nowhere"},
		"a file that is not there": {"-sqlite", missing},
		"an empty store":           {"-sqlite", empty},
		"a checkpoint of nothing":  {"-sqlite", empty, "-checkpoint", empty},
		"a server that is not":     {"-postgres", "host=/nowhere"},
		"an unknown option":        {"-unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			code, output := said(t, time.Now(), args...)
			require.Equal(t, cannotSay, code, output)
			require.NotEmpty(t, output)
		})
	}
	require.NoFileExists(t, missing)
}

// keysets writes a master keyset and one for marks, and returns their files and the cipher.
func keysets(t *testing.T) (master, marks string, cipher storage.Cipher) {
	t.Helper()
	write := func(name string, template *tinkpb.KeyTemplate) string {
		h, err := keyset.NewHandle(template)
		require.NoError(t, err)
		path := filepath.Join(t.TempDir(), name)
		f, err := os.Create(path)
		require.NoError(t, err)
		require.NoError(t, insecurecleartextkeyset.Write(h, keyset.NewJSONWriter(f)))
		require.NoError(t, f.Close())
		return path
	}
	master, marks = write("master.json", aead.AES256GCMKeyTemplate()), write("marks.json", prf.HMACSHA256PRFKeyTemplate())
	cipher, err := cipherOf(master, marks)
	require.NoError(t, err)
	return master, marks, cipher
}

// A company that is sealed fits with its keys and without, also after somebody was erased, and every tampering is found in both ways; without keys what people are
// found by is not compared. Another master key opens nothing.
func TestASealedCompanyIsVerified(t *testing.T) {
	master, marks, cipher := keysets(t)
	path := filepath.Join(t.TempDir(), "muster.db")
	company(t, path, sqlite.Options{Cipher: cipher})
	checkpoint := filepath.Join(t.TempDir(), "audit.json")
	now := time.Now()
	keys := []string{"-master", master, "-marks", marks}
	both := map[string][]string{"with keys": keys, "without keys": nil}
	fit := func(path string) {
		t.Helper()
		for name, more := range both {
			code, output := said(t, now, append([]string{"-sqlite", path, "-checkpoint", checkpoint}, more...)...)
			require.Equal(t, fits, code, "%s: %s", name, output)
		}
	}
	code, output := said(t, now, "-sqlite", path, "-save", checkpoint)
	require.Equal(t, fits, code, output)
	fit(path)

	// One is changed, so that there is a chain about a person, and one is erased.
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{Cipher: cipher})
	require.NoError(t, err)
	kit := db.Kit(hr.AllowAll, nil)
	kit.Secret = secret
	people := lifecycle.Service{Kit: kit, Employments: db, Facts: db, Record: db}
	for _, id := range []hr.EmployeeID{"E3", "E4"} {
		cmd := hr.Command{ID: hr.CommandID("moved/" + id), Actor: hr.Actor{ID: "preparer"}, Purpose: "records", Reason: "a Specimen has moved"}
		require.NoError(t, people.ChangePerson(t.Context(), cmd, id, hr.Person{Name: "B Specimen", Phone: "1", Identities: []hr.Identity{{Kind: "in.pan", Number: hr.NewSecret("ABCPE9999" + string(id))}}}))
	}
	require.NoError(t, db.DestroyKeys(t.Context(), "employee/E3", hr.MustDate("2036-01-01"), hr.ClassContact, hr.ClassGovernmentID, hr.ClassPrivate, hr.ClassSpecial))
	require.NoError(t, db.Close())
	fit(path)

	about := map[string]tampering{
		"a text put into an erased entry": {[]string{`UPDATE hr_audit SET reason = 'forged' WHERE stream = 'employee/E3'`}, "its texts are not what was written here"},
		"an entry about somebody edited":  {[]string{`UPDATE hr_audit SET actor = 'somebody' WHERE stream = 'employee/E4'`}, "the entry is not what was written here"},
		"an erased entry edited":          {[]string{`UPDATE hr_audit SET purpose = 'fun' WHERE stream = 'employee/E3'`}, "the entry is not what was written here"},
	}
	maps.Copy(about, tamperings)
	for way, more := range both {
		for name, test := range about {
			if way == "without keys" && name == "employment: a number unlisted" {
				continue
			}
			t.Run(way+", "+name, func(t *testing.T) {
				code, output := said(t, now, append([]string{"-sqlite", tamper(t, path, test.statements...), "-checkpoint", checkpoint}, more...)...)
				require.Equal(t, findings, code, output)
				require.Contains(t, output, test.line)
				says(t, output)
			})
		}
	}
	t.Run("ciphertexts swapped, with keys", func(t *testing.T) {
		swapped := tamper(t, path, `UPDATE hr_audit SET sealed = (SELECT a.sealed FROM hr_audit AS a WHERE a.stream = 'employee/E3') WHERE stream = 'employee/E4'`)
		code, output := said(t, now, append(keys, "-sqlite", swapped)...)
		require.Equal(t, findings, code, output)
		require.Contains(t, output, "row.damaged: audit")
	})
	t.Run("another master key", func(t *testing.T) {
		other, otherMarks, _ := keysets(t)
		code, output := said(t, now, "-sqlite", path, "-master", other, "-marks", otherMarks)
		require.Equal(t, findings, code, output)
		says(t, output)
	})
	t.Run("repair needs the keys", func(t *testing.T) {
		unlisted := tamper(t, path, `DELETE FROM hr_identity WHERE employee = 'E1'`)
		code, output := said(t, now, "-sqlite", unlisted, "-repair")
		require.Equal(t, cannotSay, code, output)
		code, output = said(t, now, append(keys, "-sqlite", unlisted, "-repair")...)
		require.Equal(t, fits, code, output)
		require.Contains(t, output, "repaired: row.derived: numbers of employee E1")
	})
}
