package records

// tables are made where they are missing. Moments are seconds since 1970, so that both databases sort them alike.
var tables = []string{
	`CREATE TABLE IF NOT EXISTS srv_setting (name text PRIMARY KEY, value text NOT NULL)`,
	`CREATE TABLE IF NOT EXISTS srv_account (
		login text PRIMARY KEY, tenant text NOT NULL, name text NOT NULL, actor text NOT NULL, employee text NOT NULL, roles text NOT NULL,
		hash text NOT NULL, totp blob, totp_step bigint NOT NULL DEFAULT 0, failed bigint NOT NULL DEFAULT 0, locked_until bigint NOT NULL DEFAULT 0,
		subject text NOT NULL DEFAULT '', disabled bigint NOT NULL DEFAULT 0, changed bigint NOT NULL DEFAULT 0)`,
	`CREATE UNIQUE INDEX IF NOT EXISTS srv_account_one_subject ON srv_account (subject) WHERE subject <> ''`,
	`CREATE TABLE IF NOT EXISTS srv_enrolment (login text PRIMARY KEY, secret blob NOT NULL, at bigint NOT NULL)`,
	`CREATE TABLE IF NOT EXISTS srv_recovery (login text NOT NULL, hash text NOT NULL, PRIMARY KEY (login, hash))`,
	`CREATE TABLE IF NOT EXISTS srv_session (token text PRIMARY KEY, data blob NOT NULL, expiry bigint NOT NULL)`,
	`CREATE TABLE IF NOT EXISTS srv_token (
		hash text PRIMARY KEY, id text NOT NULL UNIQUE, login text NOT NULL, name text NOT NULL, scopes text NOT NULL,
		created bigint NOT NULL, expires bigint NOT NULL, used bigint NOT NULL DEFAULT 0)`,
	`CREATE TABLE IF NOT EXISTS srv_hook (
		id text PRIMARY KEY, tenant text NOT NULL, url text NOT NULL, secret blob NOT NULL, kinds text NOT NULL, created bigint NOT NULL,
		stopped bigint NOT NULL DEFAULT 0)`,
	`CREATE TABLE IF NOT EXISTS srv_delivery (
		id text PRIMARY KEY, tenant text NOT NULL, hook text NOT NULL, event text NOT NULL, kind text NOT NULL, body blob NOT NULL,
		attempts bigint NOT NULL DEFAULT 0, next_at bigint NOT NULL, done_at bigint NOT NULL DEFAULT 0, failure text NOT NULL DEFAULT '')`,
	`CREATE INDEX IF NOT EXISTS srv_delivery_next ON srv_delivery (done_at, next_at)`,
	`CREATE TABLE IF NOT EXISTS srv_case (
		tenant text NOT NULL, kind text NOT NULL, id text NOT NULL, subject text NOT NULL, last text NOT NULL, at bigint NOT NULL,
		PRIMARY KEY (tenant, kind, id))`,
	`CREATE TABLE IF NOT EXISTS srv_review (
		tenant text NOT NULL, run text NOT NULL, employee text NOT NULL, digest text NOT NULL, by_actor text NOT NULL, reason text NOT NULL, at bigint NOT NULL,
		PRIMARY KEY (tenant, run, employee, digest))`,
	`CREATE INDEX IF NOT EXISTS srv_case_at ON srv_case (tenant, kind, at)`,
	`CREATE TABLE IF NOT EXISTS srv_waiting (tenant text NOT NULL, kind text NOT NULL, id text NOT NULL, PRIMARY KEY (tenant, kind, id))`,
}
