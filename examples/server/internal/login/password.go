package login

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// Argon2id with the first of OWASP's settings: 19 MiB, two passes, one lane.
// https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
const (
	hashMemory = 19 * 1024 // KiB
	hashPasses = 2
	hashLanes  = 1
	hashBytes  = 32
	saltBytes  = 16
)

// The lengths of a password, in letters. https://pages.nist.gov/800-63-4/sp800-63b.html asks for at least 15 where there is no second factor.
const (
	ShortestPassword = 15
	LongestPassword  = 128
)

// working limits how many passwords are hashed at once: each takes 19 MiB.
var working = make(chan struct{}, 4)

// HashPassword returns what is kept in the place of a password.
func HashPassword(password string) string {
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // never fails
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, hashMemory, hashPasses, hashLanes,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(derive(password, salt, hashPasses, hashMemory, hashLanes)))
}

func derive(password string, salt []byte, passes, memory uint32, lanes uint8) []byte {
	working <- struct{}{}
	defer func() { <-working }()
	return argon2.IDKey([]byte(password), salt, passes, memory, lanes, hashBytes)
}

// nobodys is compared where there is no account, so that an unknown login takes as long as a known one.
var nobodys = "$argon2id$v=19$m=19456,t=2,p=1$" + strings.Repeat("A", 22) + "$" + strings.Repeat("A", 43)

// matches reports whether a password is the one of a hash.
func matches(hash, password string) bool {
	if hash == "" {
		_ = matches(nobodys, password)
		return false
	}
	if utf8.RuneCountInString(password) > LongestPassword {
		password = "" // not hashed: it would only cost time
	}
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false
	}
	var memory, passes uint32
	var lanes uint8
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &lanes); err != nil {
		return false
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	want, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if errors.Join(err, err2) != nil {
		return false
	}
	return subtle.ConstantTimeCompare(derive(password, salt, passes, memory, lanes), want) == 1
}
