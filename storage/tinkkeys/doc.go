// Package tinkkeys seals what is held about people with Tink (github.com/tink-crypto/tink-go): it is a [storage.Cipher] that storage/sqlite
// and storage/postgres are opened with.
//
//	master, err := aead.New(handle) // or the AEAD of a key management service
//	cipher, err := tinkkeys.New(master, marks)
//	db, err := sqlite.Open(ctx, "muster.db", sqlite.Options{Cipher: cipher})
//
// # Three kinds of keys
//
//   - The master key wraps all others. It is the host's: in a key management service, or in a keyset of Tink that lies where the database
//     and its backups do not. Muster never stores it.
//   - A data key for each person and class (contact, private, government_id, special) is a keyset of its own, AES-256-GCM. The store keeps it
//     wrapped in its table hr_key, in the transaction that first needs it, so neither is ever without the other.
//   - One key for marks, by which identity numbers and accounts are found without being there. It is a keyset of Tink for PRFs, and the host's
//     like the master key.
//
// A ciphertext is bound to tenant, subject, class, table, row and version, and a wrapped key to tenant, subject and class: moved anywhere else they do
// not open.
//
// # Rotation
//
//   - Of the master key: add a key to its keyset and make it primary (keyset.Manager), open the store with it, and call RewrapKeys of the store
//     until it returns an empty subject. What is sealed is not read, let alone written. Then disable the old key.
//   - Of a person's keys: RenewKeys of the store. What was sealed before opens as before, what is written from now on is sealed by the new part.
//   - The key for marks is not rotated: marks would not be found any more.
//
// # Destruction, and backups
//
// To forget somebody the store drops the wrapped key, with the unit that says so, and keeps a [storage.Grave]. A backup from before has the key,
// wrapped. Two things keep it from coming back, and a host wants both:
//
//   - Graves are kept outside of the database as well (they are in the journal's events, and [storage.Keys].Graves lists them) and buried again by
//     [storage.Bury] after a restore, before anybody reads.
//   - The master key is rotated as often as backups are thrown away, and the old one is then destroyed: from that day on no backup of its time can be opened
//     by anybody, for anybody.
//
// A process that had the key open may keep it in memory until it ends or [Cipher.Forget] is called; it opens nothing that the store does not give it, and the store
// does not give it what is destroyed.
package tinkkeys
