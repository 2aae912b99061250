CREATE TABLE "hr_command" (
  "tenant" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "verb" text COLLATE "C" NOT NULL,
  "actor" text COLLATE "C" NOT NULL,
  "content" text COLLATE "C" NOT NULL,
  "result" bytea,
  "at" timestamptz,
  PRIMARY KEY ("tenant", "id")
);

CREATE TABLE "hr_guard" (
  "tenant" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "seq" bigint NOT NULL,
  "recorded" timestamptz,
  PRIMARY KEY ("tenant", "employee")
);

CREATE TABLE "hr_knowledge" (
  "tenant" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "quarter" bigint NOT NULL,
  "seq" bigint NOT NULL,
  "recorded" timestamptz,
  PRIMARY KEY ("tenant", "employee", "quarter")
);

CREATE TABLE "hr_audit_head" (
  "tenant" text COLLATE "C" NOT NULL,
  "stream" text COLLATE "C" NOT NULL,
  "number" bigint NOT NULL,
  "hash" text COLLATE "C" NOT NULL,
  PRIMARY KEY ("tenant", "stream")
);

CREATE TABLE "hr_key" (
  "tenant" text COLLATE "C" NOT NULL,
  "subject" text COLLATE "C" NOT NULL,
  "class" text COLLATE "C" NOT NULL,
  "wrapped" bytea,
  "destroyed" date,
  PRIMARY KEY ("tenant", "subject", "class")
);

CREATE TABLE "hr_audit" (
  "position" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "tenant" text COLLATE "C" NOT NULL,
  "command" text COLLATE "C" NOT NULL,
  "verb" text COLLATE "C" NOT NULL,
  "actor" text COLLATE "C" NOT NULL,
  "purpose" text COLLATE "C" NOT NULL,
  "reason" text COLLATE "C" NOT NULL,
  "via" jsonb NOT NULL,
  "subjects" jsonb NOT NULL,
  "refused" text COLLATE "C" NOT NULL,
  "at" timestamptz,
  "stream" text COLLATE "C" NOT NULL,
  "number" bigint NOT NULL,
  "salt" text COLLATE "C" NOT NULL,
  "reason_mark" text COLLATE "C" NOT NULL,
  "refused_mark" text COLLATE "C" NOT NULL,
  "hash" text COLLATE "C" NOT NULL,
  "sealed" bytea
);

CREATE UNIQUE INDEX "hr_audit_number" ON "hr_audit" ("tenant", "stream", "number");

CREATE TABLE "hr_event" (
  "position" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "tenant" text COLLATE "C" NOT NULL,
  "pending" boolean NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "stream" text COLLATE "C" NOT NULL,
  "kind" text COLLATE "C" NOT NULL,
  "subject" text COLLATE "C" NOT NULL,
  "ref_kind" text COLLATE "C" NOT NULL,
  "ref_id" text COLLATE "C" NOT NULL,
  "ref_seq" bigint NOT NULL,
  "digest" text COLLATE "C" NOT NULL,
  "at" timestamptz
);

CREATE UNIQUE INDEX "hr_event_id" ON "hr_event" ("tenant", "id");

CREATE INDEX "hr_event_pending" ON "hr_event" ("tenant", "position") WHERE "pending";

CREATE TABLE "hr_event_seen" (
  "tenant" text COLLATE "C" NOT NULL,
  "consumer" text COLLATE "C" NOT NULL,
  "event" text COLLATE "C" NOT NULL,
  PRIMARY KEY ("tenant", "consumer", "event")
);

CREATE TABLE "hr_schedule_mark" (
  "tenant" text COLLATE "C" NOT NULL,
  "job" text COLLATE "C" NOT NULL,
  "through" date,
  "holder" text COLLATE "C" NOT NULL,
  "until" timestamptz,
  "tries" bigint NOT NULL,
  "fault" text COLLATE "C" NOT NULL,
  "version" bigint NOT NULL,
  PRIMARY KEY ("tenant", "job")
);

CREATE TABLE "hr_run" (
  "tenant" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "kind" text COLLATE "C" NOT NULL,
  "period_from" date,
  "period_through" date,
  "pay_date" date,
  "reason" text COLLATE "C" NOT NULL,
  "of" text COLLATE "C" NOT NULL,
  "earlier" jsonb NOT NULL,
  "plan" text COLLATE "C" NOT NULL,
  "state" text COLLATE "C" NOT NULL,
  "members" bigint NOT NULL,
  "chunk" bigint NOT NULL,
  "failed" bigint NOT NULL,
  "posted" bigint NOT NULL,
  "digest" text COLLATE "C" NOT NULL,
  "approval_levels" jsonb NOT NULL,
  "approval_preparer" text COLLATE "C" NOT NULL,
  "approval_preparer_employee" text COLLATE "C" NOT NULL,
  "approval_subjects" jsonb NOT NULL,
  "approval_beneficiaries" jsonb NOT NULL,
  "approval_asked" timestamptz,
  "approval_decisions" jsonb NOT NULL,
  "approval_escalations" jsonb NOT NULL,
  "overrides" jsonb NOT NULL,
  "version" bigint NOT NULL,
  PRIMARY KEY ("tenant", "id")
);

CREATE TABLE "hr_run_chunk" (
  "tenant" text COLLATE "C" NOT NULL,
  "run" text COLLATE "C" NOT NULL,
  "number" bigint NOT NULL,
  "after" text COLLATE "C" NOT NULL,
  "members" bigint NOT NULL,
  "digest" text COLLATE "C" NOT NULL,
  "failed" bigint NOT NULL,
  "posted" bigint NOT NULL,
  "version" bigint NOT NULL,
  PRIMARY KEY ("tenant", "run", "number")
);

CREATE TABLE "hr_run_member" (
  "tenant" text COLLATE "C" NOT NULL,
  "run" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  PRIMARY KEY ("tenant", "run", "employee")
);

CREATE TABLE "hr_payslip_line_kind" (
  "tenant" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "position" bigint NOT NULL,
  "name" text COLLATE "C" NOT NULL,
  "title" text COLLATE "C" NOT NULL,
  "kind" text COLLATE "C" NOT NULL,
  "unit" text COLLATE "C" NOT NULL,
  "places" bigint NOT NULL,
  "one" bigint NOT NULL,
  PRIMARY KEY ("tenant", "id", "position")
);

CREATE TABLE "hr_result" (
  "tenant" text COLLATE "C" NOT NULL,
  "run" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "failures" jsonb NOT NULL,
  "dictionary" text COLLATE "C" NOT NULL,
  "units" bigint[],
  "amounts" jsonb,
  "digest" text COLLATE "C" NOT NULL,
  "value_employee" text COLLATE "C" NOT NULL,
  "period_from" date,
  "period_through" date,
  "pay_date" date,
  "currency" text COLLATE "C" NOT NULL,
  "entity" text COLLATE "C" NOT NULL,
  "cost_centre" text COLLATE "C" NOT NULL,
  "plan" text COLLATE "C" NOT NULL,
  "inputs" text COLLATE "C" NOT NULL,
  "known_own" bigint NOT NULL,
  "known_rules" bigint NOT NULL,
  "due" date,
  "arrears" jsonb NOT NULL,
  "debts" jsonb NOT NULL,
  "looked" jsonb NOT NULL,
  "settled_own" bigint NOT NULL,
  "settled_rules" bigint NOT NULL,
  PRIMARY KEY ("tenant", "run", "employee")
);

CREATE TABLE "hr_posting_names" (
  "tenant" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "names" jsonb NOT NULL,
  PRIMARY KEY ("tenant", "id")
);

CREATE TABLE "hr_posting" (
  "tenant" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" timestamptz,
  "period_from" date,
  "period_through" date,
  "void" boolean NOT NULL,
  "withdraws" text COLLATE "C" NOT NULL,
  "cause_kind" text COLLATE "C" NOT NULL,
  "cause_id" text COLLATE "C" NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text COLLATE "C" NOT NULL,
  "source_section" text COLLATE "C" NOT NULL,
  "source_link" text COLLATE "C" NOT NULL,
  "source_dated" date,
  "source_note" text COLLATE "C" NOT NULL,
  "kind" text COLLATE "C" NOT NULL,
  "run" text COLLATE "C" NOT NULL,
  "value_period_from" date,
  "value_period_through" date,
  "pay_date" date,
  "currency" text COLLATE "C" NOT NULL,
  "of" text COLLATE "C" NOT NULL,
  "due" date,
  "debts" jsonb NOT NULL,
  "settled_own" bigint NOT NULL,
  "settled_rules" bigint NOT NULL,
  "slip" text COLLATE "C" NOT NULL,
  "lines" text COLLATE "C" NOT NULL,
  "places" bigint NOT NULL,
  "units" bigint[],
  "amounts" jsonb,
  PRIMARY KEY ("tenant", "employee", "id")
);

CREATE INDEX "hr_posting_seq" ON "hr_posting" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_adjustment" (
  "tenant" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" timestamptz,
  "period_from" date,
  "period_through" date,
  "void" boolean NOT NULL,
  "withdraws" text COLLATE "C" NOT NULL,
  "cause_kind" text COLLATE "C" NOT NULL,
  "cause_id" text COLLATE "C" NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text COLLATE "C" NOT NULL,
  "source_section" text COLLATE "C" NOT NULL,
  "source_link" text COLLATE "C" NOT NULL,
  "source_dated" date,
  "source_note" text COLLATE "C" NOT NULL,
  "name" text COLLATE "C" NOT NULL,
  "value_period_from" date,
  "value_period_through" date,
  "amount" numeric NOT NULL,
  "repeats" boolean NOT NULL,
  "instead" boolean NOT NULL,
  "tax" text COLLATE "C" NOT NULL,
  "reason" text COLLATE "C" NOT NULL,
  "ref_kind" text COLLATE "C" NOT NULL,
  "ref_id" text COLLATE "C" NOT NULL,
  "ref_seq" bigint NOT NULL,
  "sealed" bytea,
  PRIMARY KEY ("tenant", "employee", "id")
);

CREATE INDEX "hr_adjustment_seq" ON "hr_adjustment" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_adoption" (
  "tenant" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" timestamptz,
  "period_from" date,
  "period_through" date,
  "void" boolean NOT NULL,
  "withdraws" text COLLATE "C" NOT NULL,
  "cause_kind" text COLLATE "C" NOT NULL,
  "cause_id" text COLLATE "C" NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text COLLATE "C" NOT NULL,
  "source_section" text COLLATE "C" NOT NULL,
  "source_link" text COLLATE "C" NOT NULL,
  "source_dated" date,
  "source_note" text COLLATE "C" NOT NULL,
  "plan" text COLLATE "C" NOT NULL,
  PRIMARY KEY ("tenant", "employee", "id")
);

CREATE INDEX "hr_adoption_seq" ON "hr_adoption" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_debt" (
  "tenant" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" timestamptz,
  "period_from" date,
  "period_through" date,
  "void" boolean NOT NULL,
  "withdraws" text COLLATE "C" NOT NULL,
  "cause_kind" text COLLATE "C" NOT NULL,
  "cause_id" text COLLATE "C" NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text COLLATE "C" NOT NULL,
  "source_section" text COLLATE "C" NOT NULL,
  "source_link" text COLLATE "C" NOT NULL,
  "source_dated" date,
  "source_note" text COLLATE "C" NOT NULL,
  "value_id" text COLLATE "C" NOT NULL,
  "kind" text COLLATE "C" NOT NULL,
  "name" text COLLATE "C" NOT NULL,
  "priority" bigint NOT NULL,
  "within" text COLLATE "C" NOT NULL,
  "keeps" numeric NOT NULL,
  "loan_principal" numeric NOT NULL,
  "loan_instalment" numeric NOT NULL,
  "loan_first" date,
  "loan_skip" jsonb NOT NULL,
  "loan_close" date,
  "pay_out" date,
  "forgiven" numeric NOT NULL,
  "order_period_from" date,
  "order_period_through" date,
  "order_amount" numeric NOT NULL,
  "order_percent" numeric NOT NULL,
  "order_of" text COLLATE "C" NOT NULL,
  "order_total" numeric NOT NULL,
  "order_carry" boolean NOT NULL,
  "ref_kind" text COLLATE "C" NOT NULL,
  "ref_id" text COLLATE "C" NOT NULL,
  "ref_seq" bigint NOT NULL,
  PRIMARY KEY ("tenant", "employee", "id")
);

CREATE INDEX "hr_debt_seq" ON "hr_debt" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_payroll_request" (
  "tenant" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "kind" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "debt_id" text COLLATE "C" NOT NULL,
  "debt_employee" text COLLATE "C" NOT NULL,
  "debt_kind" text COLLATE "C" NOT NULL,
  "debt_name" text COLLATE "C" NOT NULL,
  "debt_priority" bigint NOT NULL,
  "debt_within" text COLLATE "C" NOT NULL,
  "debt_keeps" numeric NOT NULL,
  "debt_loan_principal" numeric NOT NULL,
  "debt_loan_instalment" numeric NOT NULL,
  "debt_loan_first" date,
  "debt_loan_skip" jsonb NOT NULL,
  "debt_loan_close" date,
  "debt_pay_out" date,
  "debt_forgiven" numeric NOT NULL,
  "debt_order_period_from" date,
  "debt_order_period_through" date,
  "debt_order_amount" numeric NOT NULL,
  "debt_order_percent" numeric NOT NULL,
  "debt_order_of" text COLLATE "C" NOT NULL,
  "debt_order_total" numeric NOT NULL,
  "debt_order_carry" boolean NOT NULL,
  "debt_ref_kind" text COLLATE "C" NOT NULL,
  "debt_ref_id" text COLLATE "C" NOT NULL,
  "debt_ref_seq" bigint NOT NULL,
  "expense_name" text COLLATE "C" NOT NULL,
  "expense_period_from" date,
  "expense_period_through" date,
  "expense_items" jsonb NOT NULL,
  "reason" text COLLATE "C" NOT NULL,
  "state" text COLLATE "C" NOT NULL,
  "approval_levels" jsonb NOT NULL,
  "approval_preparer" text COLLATE "C" NOT NULL,
  "approval_preparer_employee" text COLLATE "C" NOT NULL,
  "approval_subjects" jsonb NOT NULL,
  "approval_beneficiaries" jsonb NOT NULL,
  "approval_asked" timestamptz,
  "approval_decisions" jsonb NOT NULL,
  "approval_escalations" jsonb NOT NULL,
  "version" bigint NOT NULL,
  "sealed" bytea,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_payroll_request_employee" ON "hr_payroll_request" ("tenant", "employee", "id");

CREATE TABLE "hr_employment" (
  "tenant" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "person_name" text COLLATE "C" NOT NULL,
  "person_born" date,
  "person_gender" text COLLATE "C" NOT NULL,
  "person_email" text COLLATE "C" NOT NULL,
  "person_phone" text COLLATE "C" NOT NULL,
  "person_identities" jsonb NOT NULL,
  "person_bank_holder" text COLLATE "C" NOT NULL,
  "person_bank_number" text COLLATE "C" NOT NULL,
  "person_bank_bank" text COLLATE "C" NOT NULL,
  "person_bank_kind" text COLLATE "C" NOT NULL,
  "state" text COLLATE "C" NOT NULL,
  "behind" jsonb NOT NULL,
  "entity" text COLLATE "C" NOT NULL,
  "start" date,
  "service_since" date,
  "probation_end" date,
  "confirmed" date,
  "contract_end" date,
  "retire_on" date,
  "away_from" date,
  "away_through" date,
  "away_at" text COLLATE "C" NOT NULL,
  "notice_given" date,
  "notice_last_day" date,
  "notice_by_employer" boolean NOT NULL,
  "last_day" date,
  "exit_reason" text COLLATE "C" NOT NULL,
  "earlier" jsonb NOT NULL,
  "former" text COLLATE "C" NOT NULL,
  "settled_run_kind" text COLLATE "C" NOT NULL,
  "settled_run_id" text COLLATE "C" NOT NULL,
  "settled_run_seq" bigint NOT NULL,
  "settled_paid_on" date,
  "settled_digest" text COLLATE "C" NOT NULL,
  "erased" jsonb NOT NULL,
  "version" bigint NOT NULL,
  "sealed" bytea,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_employment_account" ON "hr_employment" ("tenant", "person_bank_bank", "person_bank_number");

CREATE TABLE "hr_identity" (
  "tenant" text COLLATE "C" NOT NULL,
  "kind" text COLLATE "C" NOT NULL,
  "number" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  PRIMARY KEY ("tenant", "kind", "number", "employee")
);

CREATE INDEX "hr_identity_employee" ON "hr_identity" ("tenant", "employee");

CREATE TABLE "hr_terms" (
  "tenant" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" timestamptz,
  "period_from" date,
  "period_through" date,
  "void" boolean NOT NULL,
  "withdraws" text COLLATE "C" NOT NULL,
  "cause_kind" text COLLATE "C" NOT NULL,
  "cause_id" text COLLATE "C" NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text COLLATE "C" NOT NULL,
  "source_section" text COLLATE "C" NOT NULL,
  "source_link" text COLLATE "C" NOT NULL,
  "source_dated" date,
  "source_note" text COLLATE "C" NOT NULL,
  "entity" text COLLATE "C" NOT NULL,
  "department" text COLLATE "C" NOT NULL,
  "position" text COLLATE "C" NOT NULL,
  "grade" text COLLATE "C" NOT NULL,
  "place" text COLLATE "C" NOT NULL,
  "region" text COLLATE "C" NOT NULL,
  "cost_centre" text COLLATE "C" NOT NULL,
  "manager" text COLLATE "C" NOT NULL,
  "calendar" text COLLATE "C" NOT NULL,
  "shift" text COLLATE "C" NOT NULL,
  "currency" text COLLATE "C" NOT NULL,
  "pay" jsonb NOT NULL,
  "answers" jsonb NOT NULL,
  "sealed" bytea,
  PRIMARY KEY ("tenant", "employee", "id")
);

CREATE INDEX "hr_terms_seq" ON "hr_terms" ("tenant", "employee", "seq", "line");

CREATE INDEX "hr_terms_position" ON "hr_terms" ("tenant", "position", "employee");

CREATE INDEX "hr_terms_manager" ON "hr_terms" ("tenant", "manager", "employee");

CREATE TABLE "hr_happening" (
  "tenant" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" timestamptz,
  "period_from" date,
  "period_through" date,
  "void" boolean NOT NULL,
  "withdraws" text COLLATE "C" NOT NULL,
  "cause_kind" text COLLATE "C" NOT NULL,
  "cause_id" text COLLATE "C" NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text COLLATE "C" NOT NULL,
  "source_section" text COLLATE "C" NOT NULL,
  "source_link" text COLLATE "C" NOT NULL,
  "source_dated" date,
  "source_note" text COLLATE "C" NOT NULL,
  "event" text COLLATE "C" NOT NULL,
  "to" text COLLATE "C" NOT NULL,
  "by" text COLLATE "C" NOT NULL,
  "why" text COLLATE "C" NOT NULL,
  "word" text COLLATE "C" NOT NULL,
  "command" text COLLATE "C" NOT NULL,
  "terms" text COLLATE "C" NOT NULL,
  "letter_kind" text COLLATE "C" NOT NULL,
  "letter_id" text COLLATE "C" NOT NULL,
  "letter_seq" bigint NOT NULL,
  "case_kind" text COLLATE "C" NOT NULL,
  "case_id" text COLLATE "C" NOT NULL,
  "case_seq" bigint NOT NULL,
  "sealed" bytea,
  PRIMARY KEY ("tenant", "employee", "id")
);

CREATE INDEX "hr_happening_seq" ON "hr_happening" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_proposal" (
  "tenant" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "kind" text COLLATE "C" NOT NULL,
  "state" text COLLATE "C" NOT NULL,
  "terms_from" date,
  "terms_through" date,
  "terms_onward" boolean NOT NULL,
  "terms_set_entity" text COLLATE "C" NOT NULL,
  "terms_set_department" text COLLATE "C" NOT NULL,
  "terms_set_position" text COLLATE "C" NOT NULL,
  "terms_set_grade" text COLLATE "C" NOT NULL,
  "terms_set_place" text COLLATE "C" NOT NULL,
  "terms_set_region" text COLLATE "C" NOT NULL,
  "terms_set_cost_centre" text COLLATE "C" NOT NULL,
  "terms_set_manager" text COLLATE "C" NOT NULL,
  "terms_set_calendar" text COLLATE "C" NOT NULL,
  "terms_set_shift" text COLLATE "C" NOT NULL,
  "terms_set_currency" text COLLATE "C" NOT NULL,
  "terms_set_pay" jsonb NOT NULL,
  "terms_set_answers" jsonb NOT NULL,
  "terms_clear" jsonb NOT NULL,
  "transfer_from" date,
  "transfer_set_entity" text COLLATE "C" NOT NULL,
  "transfer_set_department" text COLLATE "C" NOT NULL,
  "transfer_set_position" text COLLATE "C" NOT NULL,
  "transfer_set_grade" text COLLATE "C" NOT NULL,
  "transfer_set_place" text COLLATE "C" NOT NULL,
  "transfer_set_region" text COLLATE "C" NOT NULL,
  "transfer_set_cost_centre" text COLLATE "C" NOT NULL,
  "transfer_set_manager" text COLLATE "C" NOT NULL,
  "transfer_set_calendar" text COLLATE "C" NOT NULL,
  "transfer_set_shift" text COLLATE "C" NOT NULL,
  "transfer_set_currency" text COLLATE "C" NOT NULL,
  "transfer_set_pay" jsonb NOT NULL,
  "transfer_set_answers" jsonb NOT NULL,
  "transfer_clear" jsonb NOT NULL,
  "transfer_fresh" boolean NOT NULL,
  "transfer_end_kinds" jsonb NOT NULL,
  "transfer_identities" jsonb NOT NULL,
  "person_name" text COLLATE "C" NOT NULL,
  "person_born" date,
  "person_gender" text COLLATE "C" NOT NULL,
  "person_email" text COLLATE "C" NOT NULL,
  "person_phone" text COLLATE "C" NOT NULL,
  "person_identities" jsonb NOT NULL,
  "person_bank_holder" text COLLATE "C" NOT NULL,
  "person_bank_number" text COLLATE "C" NOT NULL,
  "person_bank_bank" text COLLATE "C" NOT NULL,
  "person_bank_kind" text COLLATE "C" NOT NULL,
  "letter_kind" text COLLATE "C" NOT NULL,
  "letter_id" text COLLATE "C" NOT NULL,
  "letter_seq" bigint NOT NULL,
  "approval_levels" jsonb NOT NULL,
  "approval_preparer" text COLLATE "C" NOT NULL,
  "approval_preparer_employee" text COLLATE "C" NOT NULL,
  "approval_subjects" jsonb NOT NULL,
  "approval_beneficiaries" jsonb NOT NULL,
  "approval_asked" timestamptz,
  "approval_decisions" jsonb NOT NULL,
  "approval_escalations" jsonb NOT NULL,
  "not_before" date,
  "version" bigint NOT NULL,
  "sealed" bytea,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_proposal_employee" ON "hr_proposal" ("tenant", "employee", "id");

CREATE TABLE "hr_employee_document" (
  "tenant" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "kind" text COLLATE "C" NOT NULL,
  "title" text COLLATE "C" NOT NULL,
  "number" text COLLATE "C" NOT NULL,
  "issued" date,
  "expires" date,
  "file" text COLLATE "C" NOT NULL,
  "renewed" text COLLATE "C" NOT NULL,
  "void" boolean NOT NULL,
  "version" bigint NOT NULL,
  "sealed" bytea,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_employee_document_employee" ON "hr_employee_document" ("tenant", "employee", "id");

CREATE INDEX "hr_employee_document_expires" ON "hr_employee_document" ("tenant", "expires", "id");

CREATE TABLE "hr_organisation_part" (
  "tenant" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" timestamptz,
  "period_from" date,
  "period_through" date,
  "void" boolean NOT NULL,
  "withdraws" text COLLATE "C" NOT NULL,
  "cause_kind" text COLLATE "C" NOT NULL,
  "cause_id" text COLLATE "C" NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text COLLATE "C" NOT NULL,
  "source_section" text COLLATE "C" NOT NULL,
  "source_link" text COLLATE "C" NOT NULL,
  "source_dated" date,
  "source_note" text COLLATE "C" NOT NULL,
  "entity_id" text COLLATE "C" NOT NULL,
  "entity_name" text COLLATE "C" NOT NULL,
  "entity_country" text COLLATE "C" NOT NULL,
  "entity_currency" text COLLATE "C" NOT NULL,
  "unit_id" text COLLATE "C" NOT NULL,
  "unit_name" text COLLATE "C" NOT NULL,
  "unit_entity" text COLLATE "C" NOT NULL,
  "unit_parent" text COLLATE "C" NOT NULL,
  "unit_head" text COLLATE "C" NOT NULL,
  "position_id" text COLLATE "C" NOT NULL,
  "position_title" text COLLATE "C" NOT NULL,
  "position_unit" text COLLATE "C" NOT NULL,
  "position_grade" text COLLATE "C" NOT NULL,
  "position_seats" bigint NOT NULL,
  "position_budget_amount" numeric NOT NULL,
  "position_budget_currency" text COLLATE "C" NOT NULL,
  "position_reports_to" text COLLATE "C" NOT NULL,
  "dotted_id" text COLLATE "C" NOT NULL,
  "dotted_employee" text COLLATE "C" NOT NULL,
  "dotted_to" text COLLATE "C" NOT NULL,
  "dotted_for" text COLLATE "C" NOT NULL,
  PRIMARY KEY ("tenant", "employee", "id")
);

CREATE INDEX "hr_organisation_part_seq" ON "hr_organisation_part" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_delegation" (
  "tenant" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" timestamptz,
  "period_from" date,
  "period_through" date,
  "void" boolean NOT NULL,
  "withdraws" text COLLATE "C" NOT NULL,
  "cause_kind" text COLLATE "C" NOT NULL,
  "cause_id" text COLLATE "C" NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text COLLATE "C" NOT NULL,
  "source_section" text COLLATE "C" NOT NULL,
  "source_link" text COLLATE "C" NOT NULL,
  "source_dated" date,
  "source_note" text COLLATE "C" NOT NULL,
  "from" text COLLATE "C" NOT NULL,
  "to" text COLLATE "C" NOT NULL,
  "kinds" jsonb NOT NULL,
  PRIMARY KEY ("tenant", "employee", "id")
);

CREATE INDEX "hr_delegation_seq" ON "hr_delegation" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_checklist" (
  "tenant" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "kind" text COLLATE "C" NOT NULL,
  "template" text COLLATE "C" NOT NULL,
  "since" date,
  "day" date,
  "started" date,
  "dropped" boolean NOT NULL,
  "next_due" date,
  "tasks" jsonb NOT NULL,
  "version" bigint NOT NULL,
  "sealed" bytea,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_checklist_employee" ON "hr_checklist" ("tenant", "employee", "id");

CREATE INDEX "hr_checklist_due" ON "hr_checklist" ("tenant", "next_due", "id");

CREATE TABLE "hr_legal_hold" (
  "tenant" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "matter" text COLLATE "C" NOT NULL,
  "since" date,
  "released" date,
  "freed_kind" text COLLATE "C" NOT NULL,
  "freed_id" text COLLATE "C" NOT NULL,
  "freed_seq" bigint NOT NULL,
  "placed_kind" text COLLATE "C" NOT NULL,
  "placed_id" text COLLATE "C" NOT NULL,
  "placed_seq" bigint NOT NULL,
  "version" bigint NOT NULL,
  "sealed" bytea,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_legal_hold_employee" ON "hr_legal_hold" ("tenant", "employee", "id");

CREATE TABLE "hr_consent" (
  "tenant" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" timestamptz,
  "period_from" date,
  "period_through" date,
  "void" boolean NOT NULL,
  "withdraws" text COLLATE "C" NOT NULL,
  "cause_kind" text COLLATE "C" NOT NULL,
  "cause_id" text COLLATE "C" NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text COLLATE "C" NOT NULL,
  "source_section" text COLLATE "C" NOT NULL,
  "source_link" text COLLATE "C" NOT NULL,
  "source_dated" date,
  "source_note" text COLLATE "C" NOT NULL,
  "what" text COLLATE "C" NOT NULL,
  "purpose" text COLLATE "C" NOT NULL,
  "text" text COLLATE "C" NOT NULL,
  "evidence_kind" text COLLATE "C" NOT NULL,
  "evidence_id" text COLLATE "C" NOT NULL,
  "evidence_seq" bigint NOT NULL,
  "withdrawn" boolean NOT NULL,
  PRIMARY KEY ("tenant", "employee", "id")
);

CREATE INDEX "hr_consent_seq" ON "hr_consent" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_leave_request" (
  "tenant" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "type" text COLLATE "C" NOT NULL,
  "period_from" date,
  "period_through" date,
  "from_half" text COLLATE "C" NOT NULL,
  "through_half" text COLLATE "C" NOT NULL,
  "hours" numeric NOT NULL,
  "reason" text COLLATE "C" NOT NULL,
  "documents" jsonb NOT NULL,
  "extends" text COLLATE "C" NOT NULL,
  "state" text COLLATE "C" NOT NULL,
  "approval_levels" jsonb NOT NULL,
  "approval_preparer" text COLLATE "C" NOT NULL,
  "approval_preparer_employee" text COLLATE "C" NOT NULL,
  "approval_subjects" jsonb NOT NULL,
  "approval_beneficiaries" jsonb NOT NULL,
  "approval_asked" timestamptz,
  "approval_decisions" jsonb NOT NULL,
  "approval_escalations" jsonb NOT NULL,
  "days" jsonb NOT NULL,
  "version" bigint NOT NULL,
  "sealed" bytea,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_leave_request_employee" ON "hr_leave_request" ("tenant", "employee", "period_from");

CREATE TABLE "hr_leave_movement" (
  "tenant" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" timestamptz,
  "period_from" date,
  "period_through" date,
  "void" boolean NOT NULL,
  "withdraws" text COLLATE "C" NOT NULL,
  "cause_kind" text COLLATE "C" NOT NULL,
  "cause_id" text COLLATE "C" NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text COLLATE "C" NOT NULL,
  "source_section" text COLLATE "C" NOT NULL,
  "source_link" text COLLATE "C" NOT NULL,
  "source_dated" date,
  "source_note" text COLLATE "C" NOT NULL,
  "type" text COLLATE "C" NOT NULL,
  "lot" text COLLATE "C" NOT NULL,
  "kind" text COLLATE "C" NOT NULL,
  "quantity" numeric NOT NULL,
  "half" text COLLATE "C" NOT NULL,
  "request" text COLLATE "C" NOT NULL,
  "basis" numeric NOT NULL,
  PRIMARY KEY ("tenant", "employee", "id")
);

CREATE INDEX "hr_leave_movement_seq" ON "hr_leave_movement" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_leave_day" (
  "tenant" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" timestamptz,
  "period_from" date,
  "period_through" date,
  "void" boolean NOT NULL,
  "withdraws" text COLLATE "C" NOT NULL,
  "cause_kind" text COLLATE "C" NOT NULL,
  "cause_id" text COLLATE "C" NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text COLLATE "C" NOT NULL,
  "source_section" text COLLATE "C" NOT NULL,
  "source_link" text COLLATE "C" NOT NULL,
  "source_dated" date,
  "source_note" text COLLATE "C" NOT NULL,
  "type" text COLLATE "C" NOT NULL,
  "half" text COLLATE "C" NOT NULL,
  "hours" numeric NOT NULL,
  "paid" numeric NOT NULL,
  "request" text COLLATE "C" NOT NULL,
  PRIMARY KEY ("tenant", "employee", "id")
);

CREATE INDEX "hr_leave_day_seq" ON "hr_leave_day" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_punch" (
  "tenant" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" timestamptz,
  "period_from" date,
  "period_through" date,
  "void" boolean NOT NULL,
  "withdraws" text COLLATE "C" NOT NULL,
  "cause_kind" text COLLATE "C" NOT NULL,
  "cause_id" text COLLATE "C" NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text COLLATE "C" NOT NULL,
  "source_section" text COLLATE "C" NOT NULL,
  "source_link" text COLLATE "C" NOT NULL,
  "source_dated" date,
  "source_note" text COLLATE "C" NOT NULL,
  "value_id" text COLLATE "C" NOT NULL,
  "at" timestamptz,
  "direction" text COLLATE "C" NOT NULL,
  "device" text COLLATE "C" NOT NULL,
  "device_seq" bigint NOT NULL,
  "site" text COLLATE "C" NOT NULL,
  "place_latitude" bigint NOT NULL,
  "place_longitude" bigint NOT NULL,
  "source" text COLLATE "C" NOT NULL,
  "approved_by" text COLLATE "C" NOT NULL,
  "sealed" bytea,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_punch_day" ON "hr_punch" ("tenant", "employee", "period_from", "seq");

CREATE INDEX "hr_punch_seq" ON "hr_punch" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_roster" (
  "tenant" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" timestamptz,
  "period_from" date,
  "period_through" date,
  "void" boolean NOT NULL,
  "withdraws" text COLLATE "C" NOT NULL,
  "cause_kind" text COLLATE "C" NOT NULL,
  "cause_id" text COLLATE "C" NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text COLLATE "C" NOT NULL,
  "source_section" text COLLATE "C" NOT NULL,
  "source_link" text COLLATE "C" NOT NULL,
  "source_dated" date,
  "source_note" text COLLATE "C" NOT NULL,
  "team" text COLLATE "C" NOT NULL,
  "shift" text COLLATE "C" NOT NULL,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_roster_day" ON "hr_roster" ("tenant", "employee", "period_from", "seq");

CREATE INDEX "hr_roster_seq" ON "hr_roster" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_permit" (
  "tenant" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" timestamptz,
  "period_from" date,
  "period_through" date,
  "void" boolean NOT NULL,
  "withdraws" text COLLATE "C" NOT NULL,
  "cause_kind" text COLLATE "C" NOT NULL,
  "cause_id" text COLLATE "C" NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text COLLATE "C" NOT NULL,
  "source_section" text COLLATE "C" NOT NULL,
  "source_link" text COLLATE "C" NOT NULL,
  "source_dated" date,
  "source_note" text COLLATE "C" NOT NULL,
  "kind" text COLLATE "C" NOT NULL,
  "half" text COLLATE "C" NOT NULL,
  "minutes" bigint NOT NULL,
  "at" timestamptz,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_permit_day" ON "hr_permit" ("tenant", "employee", "period_from", "seq");

CREATE INDEX "hr_permit_seq" ON "hr_permit" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_attendance_request" (
  "tenant" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "kind" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "period_from" date,
  "period_through" date,
  "corrections" jsonb NOT NULL,
  "voids" jsonb NOT NULL,
  "with" text COLLATE "C" NOT NULL,
  "permit_employee" text COLLATE "C" NOT NULL,
  "permit_kind" text COLLATE "C" NOT NULL,
  "permit_half" text COLLATE "C" NOT NULL,
  "permit_minutes" bigint NOT NULL,
  "permit_at" timestamptz,
  "reason" text COLLATE "C" NOT NULL,
  "state" text COLLATE "C" NOT NULL,
  "approval_levels" jsonb NOT NULL,
  "approval_preparer" text COLLATE "C" NOT NULL,
  "approval_preparer_employee" text COLLATE "C" NOT NULL,
  "approval_subjects" jsonb NOT NULL,
  "approval_beneficiaries" jsonb NOT NULL,
  "approval_asked" timestamptz,
  "approval_decisions" jsonb NOT NULL,
  "approval_escalations" jsonb NOT NULL,
  "version" bigint NOT NULL,
  "sealed" bytea,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_attendance_request_employee" ON "hr_attendance_request" ("tenant", "employee", "period_from");

CREATE TABLE "hr_opening" (
  "tenant" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "requisition" text COLLATE "C" NOT NULL,
  "title" text COLLATE "C" NOT NULL,
  "manager" text COLLATE "C" NOT NULL,
  "seats" bigint NOT NULL,
  "filled" bigint NOT NULL,
  "terms_entity" text COLLATE "C" NOT NULL,
  "terms_department" text COLLATE "C" NOT NULL,
  "terms_position" text COLLATE "C" NOT NULL,
  "terms_grade" text COLLATE "C" NOT NULL,
  "terms_place" text COLLATE "C" NOT NULL,
  "terms_region" text COLLATE "C" NOT NULL,
  "terms_cost_centre" text COLLATE "C" NOT NULL,
  "terms_manager" text COLLATE "C" NOT NULL,
  "terms_calendar" text COLLATE "C" NOT NULL,
  "terms_shift" text COLLATE "C" NOT NULL,
  "terms_currency" text COLLATE "C" NOT NULL,
  "terms_pay" jsonb NOT NULL,
  "terms_answers" jsonb NOT NULL,
  "channels" jsonb NOT NULL,
  "opened" date,
  "closed" date,
  "version" bigint NOT NULL,
  PRIMARY KEY ("tenant", "id")
);

CREATE TABLE "hr_application" (
  "tenant" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "opening" text COLLATE "C" NOT NULL,
  "candidate" text COLLATE "C" NOT NULL,
  "source_channel" text COLLATE "C" NOT NULL,
  "source_referrer" text COLLATE "C" NOT NULL,
  "state" text COLLATE "C" NOT NULL,
  "trail" jsonb NOT NULL,
  "reason" text COLLATE "C" NOT NULL,
  "score_total" numeric NOT NULL,
  "score_of" numeric NOT NULL,
  "score_points" jsonb NOT NULL,
  "offer_number" bigint NOT NULL,
  "offer_employee" text COLLATE "C" NOT NULL,
  "offer_terms_entity" text COLLATE "C" NOT NULL,
  "offer_terms_department" text COLLATE "C" NOT NULL,
  "offer_terms_position" text COLLATE "C" NOT NULL,
  "offer_terms_grade" text COLLATE "C" NOT NULL,
  "offer_terms_place" text COLLATE "C" NOT NULL,
  "offer_terms_region" text COLLATE "C" NOT NULL,
  "offer_terms_cost_centre" text COLLATE "C" NOT NULL,
  "offer_terms_manager" text COLLATE "C" NOT NULL,
  "offer_terms_calendar" text COLLATE "C" NOT NULL,
  "offer_terms_shift" text COLLATE "C" NOT NULL,
  "offer_terms_currency" text COLLATE "C" NOT NULL,
  "offer_terms_pay" jsonb NOT NULL,
  "offer_terms_answers" jsonb NOT NULL,
  "offer_start" date,
  "offer_expires" date,
  "offer_price_month_over_from" date,
  "offer_price_month_over_through" date,
  "offer_price_month_gross_amount" numeric NOT NULL,
  "offer_price_month_gross_currency" text COLLATE "C" NOT NULL,
  "offer_price_month_net_amount" numeric NOT NULL,
  "offer_price_month_net_currency" text COLLATE "C" NOT NULL,
  "offer_price_month_cost_amount" numeric NOT NULL,
  "offer_price_month_cost_currency" text COLLATE "C" NOT NULL,
  "offer_price_year_over_from" date,
  "offer_price_year_over_through" date,
  "offer_price_year_gross_amount" numeric NOT NULL,
  "offer_price_year_gross_currency" text COLLATE "C" NOT NULL,
  "offer_price_year_net_amount" numeric NOT NULL,
  "offer_price_year_net_currency" text COLLATE "C" NOT NULL,
  "offer_price_year_cost_amount" numeric NOT NULL,
  "offer_price_year_cost_currency" text COLLATE "C" NOT NULL,
  "offer_approval_levels" jsonb NOT NULL,
  "offer_approval_preparer" text COLLATE "C" NOT NULL,
  "offer_approval_preparer_employee" text COLLATE "C" NOT NULL,
  "offer_approval_subjects" jsonb NOT NULL,
  "offer_approval_beneficiaries" jsonb NOT NULL,
  "offer_approval_asked" timestamptz,
  "offer_approval_decisions" jsonb NOT NULL,
  "offer_approval_escalations" jsonb NOT NULL,
  "offer_state" text COLLATE "C" NOT NULL,
  "earlier" jsonb NOT NULL,
  "referral_bonus_amount" numeric NOT NULL,
  "referral_bonus_currency" text COLLATE "C" NOT NULL,
  "referral_due" date,
  "referral_state" text COLLATE "C" NOT NULL,
  "hired_as" text COLLATE "C" NOT NULL,
  "version" bigint NOT NULL,
  "sealed" bytea,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_application_opening" ON "hr_application" ("tenant", "opening", "id");

CREATE INDEX "hr_application_candidate" ON "hr_application" ("tenant", "candidate", "id");

CREATE TABLE "hr_candidate" (
  "tenant" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "person_name" text COLLATE "C" NOT NULL,
  "person_born" date,
  "person_gender" text COLLATE "C" NOT NULL,
  "person_email" text COLLATE "C" NOT NULL,
  "person_phone" text COLLATE "C" NOT NULL,
  "person_identities" jsonb NOT NULL,
  "person_bank_holder" text COLLATE "C" NOT NULL,
  "person_bank_number" text COLLATE "C" NOT NULL,
  "person_bank_bank" text COLLATE "C" NOT NULL,
  "person_bank_kind" text COLLATE "C" NOT NULL,
  "employee" text COLLATE "C" NOT NULL,
  "keys" jsonb NOT NULL,
  "consents" jsonb NOT NULL,
  "tags" jsonb NOT NULL,
  "merged" jsonb NOT NULL,
  "merged_into" text COLLATE "C" NOT NULL,
  "erased" date,
  "version" bigint NOT NULL,
  "sealed" bytea,
  PRIMARY KEY ("tenant", "id")
);

CREATE TABLE "hr_plan_line" (
  "tenant" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "unit" text COLLATE "C" NOT NULL,
  "position" text COLLATE "C" NOT NULL,
  "period_from" date,
  "period_through" date,
  "seats" bigint NOT NULL,
  "budget_amount" numeric NOT NULL,
  "budget_currency" text COLLATE "C" NOT NULL,
  "committed" bigint NOT NULL,
  "cost_amount" numeric NOT NULL,
  "cost_currency" text COLLATE "C" NOT NULL,
  "filled" bigint NOT NULL,
  "version" bigint NOT NULL,
  PRIMARY KEY ("tenant", "id")
);

CREATE TABLE "hr_requisition" (
  "tenant" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "line" text COLLATE "C" NOT NULL,
  "title" text COLLATE "C" NOT NULL,
  "manager" text COLLATE "C" NOT NULL,
  "seats" bigint NOT NULL,
  "cost_amount" numeric NOT NULL,
  "cost_currency" text COLLATE "C" NOT NULL,
  "terms_entity" text COLLATE "C" NOT NULL,
  "terms_department" text COLLATE "C" NOT NULL,
  "terms_position" text COLLATE "C" NOT NULL,
  "terms_grade" text COLLATE "C" NOT NULL,
  "terms_place" text COLLATE "C" NOT NULL,
  "terms_region" text COLLATE "C" NOT NULL,
  "terms_cost_centre" text COLLATE "C" NOT NULL,
  "terms_manager" text COLLATE "C" NOT NULL,
  "terms_calendar" text COLLATE "C" NOT NULL,
  "terms_shift" text COLLATE "C" NOT NULL,
  "terms_currency" text COLLATE "C" NOT NULL,
  "terms_pay" jsonb NOT NULL,
  "terms_answers" jsonb NOT NULL,
  "start" date,
  "state" text COLLATE "C" NOT NULL,
  "approval_levels" jsonb NOT NULL,
  "approval_preparer" text COLLATE "C" NOT NULL,
  "approval_preparer_employee" text COLLATE "C" NOT NULL,
  "approval_subjects" jsonb NOT NULL,
  "approval_beneficiaries" jsonb NOT NULL,
  "approval_asked" timestamptz,
  "approval_decisions" jsonb NOT NULL,
  "approval_escalations" jsonb NOT NULL,
  "opened" bigint NOT NULL,
  "version" bigint NOT NULL,
  PRIMARY KEY ("tenant", "id")
);

CREATE TABLE "hr_interview" (
  "tenant" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "application" text COLLATE "C" NOT NULL,
  "candidate" text COLLATE "C" NOT NULL,
  "interviewers" jsonb NOT NULL,
  "time_from" timestamptz,
  "time_until" timestamptz,
  "place" text COLLATE "C" NOT NULL,
  "sequence" bigint NOT NULL,
  "cancelled" boolean NOT NULL,
  "version" bigint NOT NULL,
  "sealed" bytea,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_interview_candidate" ON "hr_interview" ("tenant", "candidate", "id");

CREATE TABLE "hr_scorecard" (
  "tenant" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "application" text COLLATE "C" NOT NULL,
  "interview" text COLLATE "C" NOT NULL,
  "by" text COLLATE "C" NOT NULL,
  "ratings" jsonb NOT NULL,
  "opinion" text COLLATE "C" NOT NULL,
  "note" text COLLATE "C" NOT NULL,
  "submitted" timestamptz,
  "version" bigint NOT NULL,
  "sealed" bytea,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_scorecard_application" ON "hr_scorecard" ("tenant", "application", "id");

CREATE TABLE "hr_recruitment_word" (
  "tenant" text COLLATE "C" NOT NULL,
  "kind" text COLLATE "C" NOT NULL,
  "word" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  PRIMARY KEY ("tenant", "kind", "word", "id")
);

CREATE INDEX "hr_recruitment_word_id" ON "hr_recruitment_word" ("tenant", "kind", "id");

CREATE VIEW "payslip_line" AS
SELECT r.tenant, r.run, r.employee, r.period_from, r.period_through, r.pay_date, r.currency, k.position, k.name, k.title, k.kind, k.unit,
  CASE WHEN r.units IS NULL THEN (r.amounts ->> k.position::int)::numeric
    ELSE round(r.units[k.position + 1]::numeric(38, 9) / k.one, k.places::int)
  END AS amount
FROM hr_result AS r JOIN hr_payslip_line_kind AS k ON k.tenant = r.tenant AND k.id = r.dictionary;
