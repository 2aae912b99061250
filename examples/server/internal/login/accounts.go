package login

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/records"
)

// Rules of a login.
const (
	RuleLogin      hr.Rule = "server.login"          // login, password and code do not belong together, or too many were tried
	RulePassword   hr.Rule = "server.login.password" // a password that is too short or too long
	RuleLoginTaken hr.Rule = "server.login.taken"    // a login, or somebody at the identity provider, that belongs to another account
)

// ErrLogin is told for every login that fails, whatever the reason, so that nobody learns which accounts there are.
var ErrLogin = errors.New("login, password and code do not belong together, or too many were tried; wait a quarter of an hour, or ask whoever looks after access")

// How many logins may fail before an account is locked, and for how long.
const (
	mayFail   = 5
	lockedFor = 15 * time.Minute
)

// errSubjectTaken says that an identity provider's somebody has an account already: they would log in as whichever is found first. The index of
// the table holds too, where two admins are at it in the same moment.
var errSubjectTaken = &hr.FieldError{Path: "subject", Rule: RuleLoginTaken, Reason: "belongs to another account"}

// Account is somebody who may log in.
type Account struct {
	Login    string // the e-mail address, in lower case
	Name     string
	Tenant   string
	Actor    hr.Actor
	Password string // as typed, when it is kept; never read back
	Subject  string // who they are at the identity provider: its address, a space, its id of them; empty: not there
	Disabled bool
}

func (a Account) user() User {
	return User{Login: a.Login, Name: a.Name, Tenant: a.Tenant, Actor: a.Actor}
}

// Accounts keeps accounts. Now is the clock of the machine, not that of the company.
type Accounts struct {
	DB  *records.DB
	Now func() time.Time
	Key Key
	// Record puts what happens to how somebody logs in on record with their company, and does it; nil only does it. do may run once.
	Record func(ctx context.Context, who User, what Happening, do func(ctx context.Context) error) error
}

// Happening is what happens to how somebody logs in.
type Happening string

// The happenings. They are verbs of the audit too.
const (
	SecondBegun     Happening = "login.BeginSecondFactor"
	SecondConfirmed Happening = "login.ConfirmSecondFactor"
	SecondRemoved   Happening = "login.RemoveSecondFactor"
	RecoveryUsed    Happening = "login.UseRecoveryCode"
	Locked          Happening = "login.Lock" // by whoever guessed: the account's owner may be somebody else
)

// recorded does something to the login of an account, on record.
func (s Accounts) recorded(ctx context.Context, a account, what Happening, do func(ctx context.Context) error) error {
	if s.Record == nil || a.Login == "" {
		return do(ctx)
	}
	return s.Record(ctx, a.user(), what, do)
}

// Put makes an account or replaces it. It unlocks the account, and leaves its second factor as it is. Without a password the one that is
// there stays; a new account then has none, and its owner logs in by the identity provider.
func (s Accounts) Put(ctx context.Context, a Account) error {
	hash := ""
	if a.Password != "" {
		if n := utf8.RuneCountInString(a.Password); n < ShortestPassword || n > LongestPassword {
			return &hr.FieldError{Path: "password", Rule: RulePassword, Reason: fmt.Sprintf("must have %d to %d letters; four words that do not belong together are easy to keep in mind", ShortestPassword, LongestPassword)}
		}
		hash = HashPassword(a.Password)
	}
	roles, err := json.Marshal(a.Actor.Roles)
	if err != nil {
		return err
	}
	disabled := 0
	if a.Disabled {
		disabled = 1
	}
	a.Login = strings.ToLower(a.Login)
	if a.Subject != "" {
		holder, found, err := s.find(ctx, "subject", a.Subject)
		if err != nil {
			return err
		}
		if found && holder.Login != a.Login {
			return errSubjectTaken
		}
	}
	_, err = s.DB.Exec(ctx, `INSERT INTO srv_account (login, tenant, name, actor, employee, roles, hash, subject, disabled, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (login) DO UPDATE SET tenant = excluded.tenant, name = excluded.name, actor = excluded.actor, employee = excluded.employee, roles = excluded.roles,
		hash = CASE WHEN excluded.hash = '' THEN srv_account.hash ELSE excluded.hash END, subject = excluded.subject, disabled = excluded.disabled, failed = 0,
		locked_until = 0, changed = excluded.changed`,
		a.Login, a.Tenant, a.Name, string(a.Actor.ID), string(a.Actor.Employee), string(roles), hash, a.Subject, disabled, s.Now().Unix())
	return err
}

// PutIn is [Accounts.Put] by an admin of one company: a login that belongs to another is refused.
func (s Accounts) PutIn(ctx context.Context, a Account) error {
	there, found, err := s.find(ctx, "login", strings.ToLower(a.Login))
	if err != nil {
		return err
	}
	if found && there.Tenant != a.Tenant {
		return &hr.FieldError{Path: "login", Rule: RuleLoginTaken, Reason: "is not free; choose another address"}
	}
	return s.Put(ctx, a)
}

// account is an account as it is kept.
type account struct {
	Account
	hash        string
	totp        []byte
	step        int64
	failed      int64
	lockedUntil int64
}

const columns = "login, tenant, name, actor, employee, roles, hash, totp, totp_step, failed, locked_until, subject, disabled"

func (a *account) scan(roles *string, disabled *int64) []any {
	return []any{&a.Login, &a.Tenant, &a.Name, &a.Actor.ID, &a.Actor.Employee, roles, &a.hash, &a.totp, &a.step, &a.failed, &a.lockedUntil, &a.Subject, disabled}
}

func (a *account) scanned(roles string, disabled int64) error {
	a.Disabled = disabled != 0
	return json.Unmarshal([]byte(roles), &a.Actor.Roles)
}

func (s Accounts) find(ctx context.Context, column, value string) (a account, found bool, err error) {
	var roles string
	var disabled int64
	found, err = s.DB.One(ctx, "SELECT "+columns+" FROM srv_account WHERE "+column+" = ?", []any{value}, a.scan(&roles, &disabled)...)
	if found && err == nil {
		err = a.scanned(roles, disabled)
	}
	return a, found, err
}

// User returns the user of an account that may log in.
func (s Accounts) User(ctx context.Context, login string) (User, bool, error) {
	a, found, err := s.find(ctx, "login", strings.ToLower(login))
	return a.user(), found && !a.Disabled, err
}

// Each returns the accounts of a tenant, by login, without their passwords.
func (s Accounts) Each(ctx context.Context, tenant string) (all []Account, err error) {
	err = s.DB.Query(ctx, "SELECT "+columns+" FROM srv_account WHERE tenant = ? ORDER BY login", []any{tenant}, func(scan func(...any) error) error {
		var a account
		var roles string
		var disabled int64
		err := scan(a.scan(&roles, &disabled)...)
		if err == nil {
			err = a.scanned(roles, disabled)
		}
		all = append(all, a.Account)
		return err
	})
	return all, err
}

// Check returns the user of a login, password and, where the account has a second factor, code. Everything that is wrong is ErrLogin. It takes
// as long for an account that is not there. After five failures in a row an account is locked for a quarter of an hour.
func (s Accounts) Check(ctx context.Context, login, password, code string) (User, error) {
	a, found, err := s.find(ctx, "login", strings.ToLower(strings.TrimSpace(login)))
	if err != nil {
		return User{}, err
	}
	right := matches(a.hash, password) && found && !a.Disabled
	now, answer, happened := s.Now(), ErrLogin, Happening("")
	err = s.DB.Change(ctx, func(tx records.Tx) error {
		var fresh account
		var roles string
		var disabled int64
		found, err := tx.One(ctx, "SELECT "+columns+" FROM srv_account WHERE login = ?", []any{a.Login}, fresh.scan(&roles, &disabled)...)
		if err != nil || !found {
			return err
		}
		step := fresh.step
		second := len(fresh.totp) == 0
		if !second {
			step, second = s.secondFactor(fresh, code, now)
		}
		right := right && fresh.hash == a.hash
		locked := fresh.lockedUntil > now.Unix()
		if right && !second && !locked {
			if second, err = useRecoveryCode(ctx, tx, a.Login, code); err != nil {
				return err
			}
			if second {
				happened = RecoveryUsed
			}
		}
		switch {
		case locked: // also the right password does not help, or one could go on guessing
			return nil
		case right && second:
			answer = nil
			_, err = tx.Exec(ctx, "UPDATE srv_account SET failed = 0, locked_until = 0, totp_step = ? WHERE login = ?", step, a.Login)
		case fresh.failed+1 >= mayFail:
			happened = Locked
			_, err = tx.Exec(ctx, "UPDATE srv_account SET failed = 0, locked_until = ? WHERE login = ?", now.Add(lockedFor).Unix(), a.Login)
		default:
			_, err = tx.Exec(ctx, "UPDATE srv_account SET failed = failed + 1 WHERE login = ?", a.Login)
		}
		return err
	})
	if err == nil && happened != "" { // it is done, and the account stays as it is where this fails: so does the login
		err = s.recorded(ctx, a, happened, func(context.Context) error { return nil })
	}
	if err == nil {
		err = answer
	}
	if err != nil {
		return User{}, err
	}
	return a.user(), nil
}

// Unlock lets an account log in again.
func (s Accounts) Unlock(ctx context.Context, login string) error {
	_, err := s.DB.Exec(ctx, "UPDATE srv_account SET failed = 0, locked_until = 0 WHERE login = ?", strings.ToLower(login))
	return err
}
