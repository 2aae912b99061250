package login

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/musterhr/hr/examples/server/internal/records"
)

// recoveryCodes is how many codes somebody gets who may lose the phone. Each works once, in the place of a code of the app.
const recoveryCodes = 10

// newRecoveryCodes returns codes of 80 random bits each, "ABCD-EFGH-IJKL-MNOP".
func newRecoveryCodes() []string {
	codes := make([]string, recoveryCodes)
	for i := range codes {
		c := rand.Text()
		codes[i] = c[:4] + "-" + c[4:8] + "-" + c[8:12] + "-" + c[12:16]
	}
	return codes
}

// hashRecovery needs no salt, as [hashToken] needs none. Spaces, hyphens and case are as somebody types them.
func hashRecovery(code string) string {
	h := sha256.Sum256([]byte(strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(code))))
	return hex.EncodeToString(h[:])
}

func keepRecoveryCodes(ctx context.Context, tx records.Tx, login string, codes []string) error {
	if _, err := tx.Exec(ctx, "DELETE FROM srv_recovery WHERE login = ?", login); err != nil {
		return err
	}
	for _, c := range codes {
		if _, err := tx.Exec(ctx, "INSERT INTO srv_recovery (login, hash) VALUES (?, ?)", login, hashRecovery(c)); err != nil {
			return err
		}
	}
	return nil
}

// useRecoveryCode reports whether a code is a recovery code of an account, and uses it up.
func useRecoveryCode(ctx context.Context, tx records.Tx, login, code string) (bool, error) {
	n, err := tx.Exec(ctx, "DELETE FROM srv_recovery WHERE login = ? AND hash = ?", login, hashRecovery(code))
	return n > 0, err
}

// RecoveryCodes returns how many recovery codes of an account are left.
func (s Accounts) RecoveryCodes(ctx context.Context, login string) (left int, err error) {
	_, err = s.DB.One(ctx, "SELECT count(*) FROM srv_recovery WHERE login = ?", []any{strings.ToLower(login)}, &left)
	return left, err
}
