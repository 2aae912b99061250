CREATE TABLE "hr_command" (
  "tenant" text NOT NULL,
  "id" text NOT NULL,
  "verb" text NOT NULL,
  "actor" text NOT NULL,
  "content" text NOT NULL,
  "result" blob,
  "at" text,
  PRIMARY KEY ("tenant", "id")
);

CREATE TABLE "hr_guard" (
  "tenant" text NOT NULL,
  "employee" text NOT NULL,
  "seq" bigint NOT NULL,
  "recorded" text,
  PRIMARY KEY ("tenant", "employee")
);

CREATE TABLE "hr_knowledge" (
  "tenant" text NOT NULL,
  "employee" text NOT NULL,
  "quarter" bigint NOT NULL,
  "seq" bigint NOT NULL,
  "recorded" text,
  PRIMARY KEY ("tenant", "employee", "quarter")
);

CREATE TABLE "hr_audit_head" (
  "tenant" text NOT NULL,
  "stream" text NOT NULL,
  "number" bigint NOT NULL,
  "hash" text NOT NULL,
  PRIMARY KEY ("tenant", "stream")
);

CREATE TABLE "hr_key" (
  "tenant" text NOT NULL,
  "subject" text NOT NULL,
  "class" text NOT NULL,
  "wrapped" blob,
  "destroyed" text,
  PRIMARY KEY ("tenant", "subject", "class")
);

CREATE TABLE "hr_audit" (
  "position" integer PRIMARY KEY AUTOINCREMENT,
  "tenant" text NOT NULL,
  "command" text NOT NULL,
  "verb" text NOT NULL,
  "actor" text NOT NULL,
  "purpose" text NOT NULL,
  "reason" text NOT NULL,
  "via" text NOT NULL,
  "subjects" text NOT NULL,
  "refused" text NOT NULL,
  "at" text,
  "stream" text NOT NULL,
  "number" bigint NOT NULL,
  "salt" text NOT NULL,
  "reason_mark" text NOT NULL,
  "refused_mark" text NOT NULL,
  "hash" text NOT NULL,
  "sealed" blob
);

CREATE UNIQUE INDEX "hr_audit_number" ON "hr_audit" ("tenant", "stream", "number");

CREATE TABLE "hr_event" (
  "position" integer PRIMARY KEY AUTOINCREMENT,
  "tenant" text NOT NULL,
  "pending" boolean NOT NULL,
  "id" text NOT NULL,
  "stream" text NOT NULL,
  "kind" text NOT NULL,
  "subject" text NOT NULL,
  "ref_kind" text NOT NULL,
  "ref_id" text NOT NULL,
  "ref_seq" bigint NOT NULL,
  "digest" text NOT NULL,
  "at" text
);

CREATE UNIQUE INDEX "hr_event_id" ON "hr_event" ("tenant", "id");

CREATE INDEX "hr_event_pending" ON "hr_event" ("tenant", "position") WHERE "pending";

CREATE TABLE "hr_event_seen" (
  "tenant" text NOT NULL,
  "consumer" text NOT NULL,
  "event" text NOT NULL,
  PRIMARY KEY ("tenant", "consumer", "event")
);

CREATE TABLE "hr_schedule_mark" (
  "tenant" text NOT NULL,
  "job" text NOT NULL,
  "through" text,
  "holder" text NOT NULL,
  "until" text,
  "tries" bigint NOT NULL,
  "fault" text NOT NULL,
  "version" bigint NOT NULL,
  PRIMARY KEY ("tenant", "job")
);

CREATE TABLE "hr_run" (
  "tenant" text NOT NULL,
  "id" text NOT NULL,
  "kind" text NOT NULL,
  "period_from" text,
  "period_through" text,
  "pay_date" text,
  "reason" text NOT NULL,
  "of" text NOT NULL,
  "earlier" text NOT NULL,
  "plan" text NOT NULL,
  "state" text NOT NULL,
  "members" bigint NOT NULL,
  "chunk" bigint NOT NULL,
  "failed" bigint NOT NULL,
  "posted" bigint NOT NULL,
  "digest" text NOT NULL,
  "approval_levels" text NOT NULL,
  "approval_preparer" text NOT NULL,
  "approval_preparer_employee" text NOT NULL,
  "approval_subjects" text NOT NULL,
  "approval_beneficiaries" text NOT NULL,
  "approval_asked" text,
  "approval_decisions" text NOT NULL,
  "approval_escalations" text NOT NULL,
  "overrides" text NOT NULL,
  "version" bigint NOT NULL,
  PRIMARY KEY ("tenant", "id")
);

CREATE TABLE "hr_run_chunk" (
  "tenant" text NOT NULL,
  "run" text NOT NULL,
  "number" bigint NOT NULL,
  "after" text NOT NULL,
  "members" bigint NOT NULL,
  "digest" text NOT NULL,
  "failed" bigint NOT NULL,
  "posted" bigint NOT NULL,
  "version" bigint NOT NULL,
  PRIMARY KEY ("tenant", "run", "number")
);

CREATE TABLE "hr_run_member" (
  "tenant" text NOT NULL,
  "run" text NOT NULL,
  "employee" text NOT NULL,
  PRIMARY KEY ("tenant", "run", "employee")
);

CREATE TABLE "hr_payslip_line_kind" (
  "tenant" text NOT NULL,
  "id" text NOT NULL,
  "position" bigint NOT NULL,
  "name" text NOT NULL,
  "title" text NOT NULL,
  "kind" text NOT NULL,
  "unit" text NOT NULL,
  "places" bigint NOT NULL,
  "one" bigint NOT NULL,
  PRIMARY KEY ("tenant", "id", "position")
);

CREATE TABLE "hr_result" (
  "tenant" text NOT NULL,
  "run" text NOT NULL,
  "employee" text NOT NULL,
  "failures" text NOT NULL,
  "dictionary" text NOT NULL,
  "units" text,
  "amounts" text,
  "digest" text NOT NULL,
  "value_employee" text NOT NULL,
  "period_from" text,
  "period_through" text,
  "pay_date" text,
  "currency" text NOT NULL,
  "entity" text NOT NULL,
  "cost_centre" text NOT NULL,
  "plan" text NOT NULL,
  "inputs" text NOT NULL,
  "known_own" bigint NOT NULL,
  "known_rules" bigint NOT NULL,
  "due" text,
  "arrears" text NOT NULL,
  "debts" text NOT NULL,
  "looked" text NOT NULL,
  "settled_own" bigint NOT NULL,
  "settled_rules" bigint NOT NULL,
  PRIMARY KEY ("tenant", "run", "employee")
);

CREATE TABLE "hr_posting_names" (
  "tenant" text NOT NULL,
  "id" text NOT NULL,
  "names" text NOT NULL,
  PRIMARY KEY ("tenant", "id")
);

CREATE TABLE "hr_posting" (
  "tenant" text NOT NULL,
  "employee" text NOT NULL,
  "id" text NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" text,
  "period_from" text,
  "period_through" text,
  "void" boolean NOT NULL,
  "withdraws" text NOT NULL,
  "cause_kind" text NOT NULL,
  "cause_id" text NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text NOT NULL,
  "source_section" text NOT NULL,
  "source_link" text NOT NULL,
  "source_dated" text,
  "source_note" text NOT NULL,
  "kind" text NOT NULL,
  "run" text NOT NULL,
  "value_period_from" text,
  "value_period_through" text,
  "pay_date" text,
  "currency" text NOT NULL,
  "of" text NOT NULL,
  "due" text,
  "debts" text NOT NULL,
  "settled_own" bigint NOT NULL,
  "settled_rules" bigint NOT NULL,
  "slip" text NOT NULL,
  "lines" text NOT NULL,
  "places" bigint NOT NULL,
  "units" text,
  "amounts" text,
  PRIMARY KEY ("tenant", "employee", "id")
);

CREATE INDEX "hr_posting_seq" ON "hr_posting" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_adjustment" (
  "tenant" text NOT NULL,
  "employee" text NOT NULL,
  "id" text NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" text,
  "period_from" text,
  "period_through" text,
  "void" boolean NOT NULL,
  "withdraws" text NOT NULL,
  "cause_kind" text NOT NULL,
  "cause_id" text NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text NOT NULL,
  "source_section" text NOT NULL,
  "source_link" text NOT NULL,
  "source_dated" text,
  "source_note" text NOT NULL,
  "name" text NOT NULL,
  "value_period_from" text,
  "value_period_through" text,
  "amount" text NOT NULL,
  "repeats" boolean NOT NULL,
  "instead" boolean NOT NULL,
  "tax" text NOT NULL,
  "reason" text NOT NULL,
  "ref_kind" text NOT NULL,
  "ref_id" text NOT NULL,
  "ref_seq" bigint NOT NULL,
  "sealed" blob,
  PRIMARY KEY ("tenant", "employee", "id")
);

CREATE INDEX "hr_adjustment_seq" ON "hr_adjustment" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_adoption" (
  "tenant" text NOT NULL,
  "employee" text NOT NULL,
  "id" text NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" text,
  "period_from" text,
  "period_through" text,
  "void" boolean NOT NULL,
  "withdraws" text NOT NULL,
  "cause_kind" text NOT NULL,
  "cause_id" text NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text NOT NULL,
  "source_section" text NOT NULL,
  "source_link" text NOT NULL,
  "source_dated" text,
  "source_note" text NOT NULL,
  "plan" text NOT NULL,
  PRIMARY KEY ("tenant", "employee", "id")
);

CREATE INDEX "hr_adoption_seq" ON "hr_adoption" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_debt" (
  "tenant" text NOT NULL,
  "employee" text NOT NULL,
  "id" text NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" text,
  "period_from" text,
  "period_through" text,
  "void" boolean NOT NULL,
  "withdraws" text NOT NULL,
  "cause_kind" text NOT NULL,
  "cause_id" text NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text NOT NULL,
  "source_section" text NOT NULL,
  "source_link" text NOT NULL,
  "source_dated" text,
  "source_note" text NOT NULL,
  "value_id" text NOT NULL,
  "kind" text NOT NULL,
  "name" text NOT NULL,
  "priority" bigint NOT NULL,
  "within" text NOT NULL,
  "keeps" text NOT NULL,
  "loan_principal" text NOT NULL,
  "loan_instalment" text NOT NULL,
  "loan_first" text,
  "loan_skip" text NOT NULL,
  "loan_close" text,
  "pay_out" text,
  "forgiven" text NOT NULL,
  "order_period_from" text,
  "order_period_through" text,
  "order_amount" text NOT NULL,
  "order_percent" text NOT NULL,
  "order_of" text NOT NULL,
  "order_total" text NOT NULL,
  "order_carry" boolean NOT NULL,
  "ref_kind" text NOT NULL,
  "ref_id" text NOT NULL,
  "ref_seq" bigint NOT NULL,
  PRIMARY KEY ("tenant", "employee", "id")
);

CREATE INDEX "hr_debt_seq" ON "hr_debt" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_payroll_request" (
  "tenant" text NOT NULL,
  "id" text NOT NULL,
  "kind" text NOT NULL,
  "employee" text NOT NULL,
  "debt_id" text NOT NULL,
  "debt_employee" text NOT NULL,
  "debt_kind" text NOT NULL,
  "debt_name" text NOT NULL,
  "debt_priority" bigint NOT NULL,
  "debt_within" text NOT NULL,
  "debt_keeps" text NOT NULL,
  "debt_loan_principal" text NOT NULL,
  "debt_loan_instalment" text NOT NULL,
  "debt_loan_first" text,
  "debt_loan_skip" text NOT NULL,
  "debt_loan_close" text,
  "debt_pay_out" text,
  "debt_forgiven" text NOT NULL,
  "debt_order_period_from" text,
  "debt_order_period_through" text,
  "debt_order_amount" text NOT NULL,
  "debt_order_percent" text NOT NULL,
  "debt_order_of" text NOT NULL,
  "debt_order_total" text NOT NULL,
  "debt_order_carry" boolean NOT NULL,
  "debt_ref_kind" text NOT NULL,
  "debt_ref_id" text NOT NULL,
  "debt_ref_seq" bigint NOT NULL,
  "expense_name" text NOT NULL,
  "expense_period_from" text,
  "expense_period_through" text,
  "expense_items" text NOT NULL,
  "reason" text NOT NULL,
  "state" text NOT NULL,
  "approval_levels" text NOT NULL,
  "approval_preparer" text NOT NULL,
  "approval_preparer_employee" text NOT NULL,
  "approval_subjects" text NOT NULL,
  "approval_beneficiaries" text NOT NULL,
  "approval_asked" text,
  "approval_decisions" text NOT NULL,
  "approval_escalations" text NOT NULL,
  "version" bigint NOT NULL,
  "sealed" blob,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_payroll_request_employee" ON "hr_payroll_request" ("tenant", "employee", "id");

CREATE TABLE "hr_employment" (
  "tenant" text NOT NULL,
  "id" text NOT NULL,
  "person_name" text NOT NULL,
  "person_born" text,
  "person_gender" text NOT NULL,
  "person_email" text NOT NULL,
  "person_phone" text NOT NULL,
  "person_identities" text NOT NULL,
  "person_bank_holder" text NOT NULL,
  "person_bank_number" text NOT NULL,
  "person_bank_bank" text NOT NULL,
  "person_bank_kind" text NOT NULL,
  "state" text NOT NULL,
  "behind" text NOT NULL,
  "entity" text NOT NULL,
  "start" text,
  "service_since" text,
  "probation_end" text,
  "confirmed" text,
  "contract_end" text,
  "retire_on" text,
  "away_from" text,
  "away_through" text,
  "away_at" text NOT NULL,
  "notice_given" text,
  "notice_last_day" text,
  "notice_by_employer" boolean NOT NULL,
  "last_day" text,
  "exit_reason" text NOT NULL,
  "earlier" text NOT NULL,
  "former" text NOT NULL,
  "settled_run_kind" text NOT NULL,
  "settled_run_id" text NOT NULL,
  "settled_run_seq" bigint NOT NULL,
  "settled_paid_on" text,
  "settled_digest" text NOT NULL,
  "erased" text NOT NULL,
  "version" bigint NOT NULL,
  "sealed" blob,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_employment_account" ON "hr_employment" ("tenant", "person_bank_bank", "person_bank_number");

CREATE TABLE "hr_identity" (
  "tenant" text NOT NULL,
  "kind" text NOT NULL,
  "number" text NOT NULL,
  "employee" text NOT NULL,
  PRIMARY KEY ("tenant", "kind", "number", "employee")
);

CREATE INDEX "hr_identity_employee" ON "hr_identity" ("tenant", "employee");

CREATE TABLE "hr_terms" (
  "tenant" text NOT NULL,
  "employee" text NOT NULL,
  "id" text NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" text,
  "period_from" text,
  "period_through" text,
  "void" boolean NOT NULL,
  "withdraws" text NOT NULL,
  "cause_kind" text NOT NULL,
  "cause_id" text NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text NOT NULL,
  "source_section" text NOT NULL,
  "source_link" text NOT NULL,
  "source_dated" text,
  "source_note" text NOT NULL,
  "entity" text NOT NULL,
  "department" text NOT NULL,
  "position" text NOT NULL,
  "grade" text NOT NULL,
  "place" text NOT NULL,
  "region" text NOT NULL,
  "cost_centre" text NOT NULL,
  "manager" text NOT NULL,
  "calendar" text NOT NULL,
  "shift" text NOT NULL,
  "currency" text NOT NULL,
  "pay" text NOT NULL,
  "answers" text NOT NULL,
  "sealed" blob,
  PRIMARY KEY ("tenant", "employee", "id")
);

CREATE INDEX "hr_terms_seq" ON "hr_terms" ("tenant", "employee", "seq", "line");

CREATE INDEX "hr_terms_position" ON "hr_terms" ("tenant", "position", "employee");

CREATE INDEX "hr_terms_manager" ON "hr_terms" ("tenant", "manager", "employee");

CREATE TABLE "hr_happening" (
  "tenant" text NOT NULL,
  "employee" text NOT NULL,
  "id" text NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" text,
  "period_from" text,
  "period_through" text,
  "void" boolean NOT NULL,
  "withdraws" text NOT NULL,
  "cause_kind" text NOT NULL,
  "cause_id" text NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text NOT NULL,
  "source_section" text NOT NULL,
  "source_link" text NOT NULL,
  "source_dated" text,
  "source_note" text NOT NULL,
  "event" text NOT NULL,
  "to" text NOT NULL,
  "by" text NOT NULL,
  "why" text NOT NULL,
  "word" text NOT NULL,
  "command" text NOT NULL,
  "terms" text NOT NULL,
  "letter_kind" text NOT NULL,
  "letter_id" text NOT NULL,
  "letter_seq" bigint NOT NULL,
  "case_kind" text NOT NULL,
  "case_id" text NOT NULL,
  "case_seq" bigint NOT NULL,
  "sealed" blob,
  PRIMARY KEY ("tenant", "employee", "id")
);

CREATE INDEX "hr_happening_seq" ON "hr_happening" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_proposal" (
  "tenant" text NOT NULL,
  "id" text NOT NULL,
  "employee" text NOT NULL,
  "kind" text NOT NULL,
  "state" text NOT NULL,
  "terms_from" text,
  "terms_through" text,
  "terms_onward" boolean NOT NULL,
  "terms_set_entity" text NOT NULL,
  "terms_set_department" text NOT NULL,
  "terms_set_position" text NOT NULL,
  "terms_set_grade" text NOT NULL,
  "terms_set_place" text NOT NULL,
  "terms_set_region" text NOT NULL,
  "terms_set_cost_centre" text NOT NULL,
  "terms_set_manager" text NOT NULL,
  "terms_set_calendar" text NOT NULL,
  "terms_set_shift" text NOT NULL,
  "terms_set_currency" text NOT NULL,
  "terms_set_pay" text NOT NULL,
  "terms_set_answers" text NOT NULL,
  "terms_clear" text NOT NULL,
  "transfer_from" text,
  "transfer_set_entity" text NOT NULL,
  "transfer_set_department" text NOT NULL,
  "transfer_set_position" text NOT NULL,
  "transfer_set_grade" text NOT NULL,
  "transfer_set_place" text NOT NULL,
  "transfer_set_region" text NOT NULL,
  "transfer_set_cost_centre" text NOT NULL,
  "transfer_set_manager" text NOT NULL,
  "transfer_set_calendar" text NOT NULL,
  "transfer_set_shift" text NOT NULL,
  "transfer_set_currency" text NOT NULL,
  "transfer_set_pay" text NOT NULL,
  "transfer_set_answers" text NOT NULL,
  "transfer_clear" text NOT NULL,
  "transfer_fresh" boolean NOT NULL,
  "transfer_end_kinds" text NOT NULL,
  "transfer_identities" text NOT NULL,
  "person_name" text NOT NULL,
  "person_born" text,
  "person_gender" text NOT NULL,
  "person_email" text NOT NULL,
  "person_phone" text NOT NULL,
  "person_identities" text NOT NULL,
  "person_bank_holder" text NOT NULL,
  "person_bank_number" text NOT NULL,
  "person_bank_bank" text NOT NULL,
  "person_bank_kind" text NOT NULL,
  "letter_kind" text NOT NULL,
  "letter_id" text NOT NULL,
  "letter_seq" bigint NOT NULL,
  "approval_levels" text NOT NULL,
  "approval_preparer" text NOT NULL,
  "approval_preparer_employee" text NOT NULL,
  "approval_subjects" text NOT NULL,
  "approval_beneficiaries" text NOT NULL,
  "approval_asked" text,
  "approval_decisions" text NOT NULL,
  "approval_escalations" text NOT NULL,
  "not_before" text,
  "version" bigint NOT NULL,
  "sealed" blob,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_proposal_employee" ON "hr_proposal" ("tenant", "employee", "id");

CREATE TABLE "hr_employee_document" (
  "tenant" text NOT NULL,
  "id" text NOT NULL,
  "employee" text NOT NULL,
  "kind" text NOT NULL,
  "title" text NOT NULL,
  "number" text NOT NULL,
  "issued" text,
  "expires" text,
  "file" text NOT NULL,
  "renewed" text NOT NULL,
  "void" boolean NOT NULL,
  "version" bigint NOT NULL,
  "sealed" blob,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_employee_document_employee" ON "hr_employee_document" ("tenant", "employee", "id");

CREATE INDEX "hr_employee_document_expires" ON "hr_employee_document" ("tenant", "expires", "id");

CREATE TABLE "hr_organisation_part" (
  "tenant" text NOT NULL,
  "employee" text NOT NULL,
  "id" text NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" text,
  "period_from" text,
  "period_through" text,
  "void" boolean NOT NULL,
  "withdraws" text NOT NULL,
  "cause_kind" text NOT NULL,
  "cause_id" text NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text NOT NULL,
  "source_section" text NOT NULL,
  "source_link" text NOT NULL,
  "source_dated" text,
  "source_note" text NOT NULL,
  "entity_id" text NOT NULL,
  "entity_name" text NOT NULL,
  "entity_country" text NOT NULL,
  "entity_currency" text NOT NULL,
  "unit_id" text NOT NULL,
  "unit_name" text NOT NULL,
  "unit_entity" text NOT NULL,
  "unit_parent" text NOT NULL,
  "unit_head" text NOT NULL,
  "position_id" text NOT NULL,
  "position_title" text NOT NULL,
  "position_unit" text NOT NULL,
  "position_grade" text NOT NULL,
  "position_seats" bigint NOT NULL,
  "position_budget_amount" text NOT NULL,
  "position_budget_currency" text NOT NULL,
  "position_reports_to" text NOT NULL,
  "dotted_id" text NOT NULL,
  "dotted_employee" text NOT NULL,
  "dotted_to" text NOT NULL,
  "dotted_for" text NOT NULL,
  PRIMARY KEY ("tenant", "employee", "id")
);

CREATE INDEX "hr_organisation_part_seq" ON "hr_organisation_part" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_delegation" (
  "tenant" text NOT NULL,
  "employee" text NOT NULL,
  "id" text NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" text,
  "period_from" text,
  "period_through" text,
  "void" boolean NOT NULL,
  "withdraws" text NOT NULL,
  "cause_kind" text NOT NULL,
  "cause_id" text NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text NOT NULL,
  "source_section" text NOT NULL,
  "source_link" text NOT NULL,
  "source_dated" text,
  "source_note" text NOT NULL,
  "from" text NOT NULL,
  "to" text NOT NULL,
  "kinds" text NOT NULL,
  PRIMARY KEY ("tenant", "employee", "id")
);

CREATE INDEX "hr_delegation_seq" ON "hr_delegation" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_checklist" (
  "tenant" text NOT NULL,
  "id" text NOT NULL,
  "employee" text NOT NULL,
  "kind" text NOT NULL,
  "template" text NOT NULL,
  "since" text,
  "day" text,
  "started" text,
  "dropped" boolean NOT NULL,
  "next_due" text,
  "tasks" text NOT NULL,
  "version" bigint NOT NULL,
  "sealed" blob,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_checklist_employee" ON "hr_checklist" ("tenant", "employee", "id");

CREATE INDEX "hr_checklist_due" ON "hr_checklist" ("tenant", "next_due", "id");

CREATE TABLE "hr_legal_hold" (
  "tenant" text NOT NULL,
  "id" text NOT NULL,
  "employee" text NOT NULL,
  "matter" text NOT NULL,
  "since" text,
  "released" text,
  "freed_kind" text NOT NULL,
  "freed_id" text NOT NULL,
  "freed_seq" bigint NOT NULL,
  "placed_kind" text NOT NULL,
  "placed_id" text NOT NULL,
  "placed_seq" bigint NOT NULL,
  "version" bigint NOT NULL,
  "sealed" blob,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_legal_hold_employee" ON "hr_legal_hold" ("tenant", "employee", "id");

CREATE TABLE "hr_consent" (
  "tenant" text NOT NULL,
  "employee" text NOT NULL,
  "id" text NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" text,
  "period_from" text,
  "period_through" text,
  "void" boolean NOT NULL,
  "withdraws" text NOT NULL,
  "cause_kind" text NOT NULL,
  "cause_id" text NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text NOT NULL,
  "source_section" text NOT NULL,
  "source_link" text NOT NULL,
  "source_dated" text,
  "source_note" text NOT NULL,
  "what" text NOT NULL,
  "purpose" text NOT NULL,
  "text" text NOT NULL,
  "evidence_kind" text NOT NULL,
  "evidence_id" text NOT NULL,
  "evidence_seq" bigint NOT NULL,
  "withdrawn" boolean NOT NULL,
  PRIMARY KEY ("tenant", "employee", "id")
);

CREATE INDEX "hr_consent_seq" ON "hr_consent" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_leave_request" (
  "tenant" text NOT NULL,
  "id" text NOT NULL,
  "employee" text NOT NULL,
  "type" text NOT NULL,
  "period_from" text,
  "period_through" text,
  "from_half" text NOT NULL,
  "through_half" text NOT NULL,
  "hours" text NOT NULL,
  "reason" text NOT NULL,
  "documents" text NOT NULL,
  "extends" text NOT NULL,
  "state" text NOT NULL,
  "approval_levels" text NOT NULL,
  "approval_preparer" text NOT NULL,
  "approval_preparer_employee" text NOT NULL,
  "approval_subjects" text NOT NULL,
  "approval_beneficiaries" text NOT NULL,
  "approval_asked" text,
  "approval_decisions" text NOT NULL,
  "approval_escalations" text NOT NULL,
  "days" text NOT NULL,
  "version" bigint NOT NULL,
  "sealed" blob,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_leave_request_employee" ON "hr_leave_request" ("tenant", "employee", "period_from");

CREATE TABLE "hr_leave_movement" (
  "tenant" text NOT NULL,
  "employee" text NOT NULL,
  "id" text NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" text,
  "period_from" text,
  "period_through" text,
  "void" boolean NOT NULL,
  "withdraws" text NOT NULL,
  "cause_kind" text NOT NULL,
  "cause_id" text NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text NOT NULL,
  "source_section" text NOT NULL,
  "source_link" text NOT NULL,
  "source_dated" text,
  "source_note" text NOT NULL,
  "type" text NOT NULL,
  "lot" text NOT NULL,
  "kind" text NOT NULL,
  "quantity" text NOT NULL,
  "half" text NOT NULL,
  "request" text NOT NULL,
  "basis" text NOT NULL,
  PRIMARY KEY ("tenant", "employee", "id")
);

CREATE INDEX "hr_leave_movement_seq" ON "hr_leave_movement" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_leave_day" (
  "tenant" text NOT NULL,
  "employee" text NOT NULL,
  "id" text NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" text,
  "period_from" text,
  "period_through" text,
  "void" boolean NOT NULL,
  "withdraws" text NOT NULL,
  "cause_kind" text NOT NULL,
  "cause_id" text NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text NOT NULL,
  "source_section" text NOT NULL,
  "source_link" text NOT NULL,
  "source_dated" text,
  "source_note" text NOT NULL,
  "type" text NOT NULL,
  "half" text NOT NULL,
  "hours" text NOT NULL,
  "paid" text NOT NULL,
  "request" text NOT NULL,
  PRIMARY KEY ("tenant", "employee", "id")
);

CREATE INDEX "hr_leave_day_seq" ON "hr_leave_day" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_punch" (
  "tenant" text NOT NULL,
  "employee" text NOT NULL,
  "id" text NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" text,
  "period_from" text,
  "period_through" text,
  "void" boolean NOT NULL,
  "withdraws" text NOT NULL,
  "cause_kind" text NOT NULL,
  "cause_id" text NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text NOT NULL,
  "source_section" text NOT NULL,
  "source_link" text NOT NULL,
  "source_dated" text,
  "source_note" text NOT NULL,
  "value_id" text NOT NULL,
  "at" text,
  "direction" text NOT NULL,
  "device" text NOT NULL,
  "device_seq" bigint NOT NULL,
  "site" text NOT NULL,
  "place_latitude" bigint NOT NULL,
  "place_longitude" bigint NOT NULL,
  "source" text NOT NULL,
  "approved_by" text NOT NULL,
  "sealed" blob,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_punch_day" ON "hr_punch" ("tenant", "employee", "period_from", "seq");

CREATE INDEX "hr_punch_seq" ON "hr_punch" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_roster" (
  "tenant" text NOT NULL,
  "employee" text NOT NULL,
  "id" text NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" text,
  "period_from" text,
  "period_through" text,
  "void" boolean NOT NULL,
  "withdraws" text NOT NULL,
  "cause_kind" text NOT NULL,
  "cause_id" text NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text NOT NULL,
  "source_section" text NOT NULL,
  "source_link" text NOT NULL,
  "source_dated" text,
  "source_note" text NOT NULL,
  "team" text NOT NULL,
  "shift" text NOT NULL,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_roster_day" ON "hr_roster" ("tenant", "employee", "period_from", "seq");

CREATE INDEX "hr_roster_seq" ON "hr_roster" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_permit" (
  "tenant" text NOT NULL,
  "employee" text NOT NULL,
  "id" text NOT NULL,
  "seq" bigint NOT NULL,
  "line" bigint NOT NULL,
  "recorded" text,
  "period_from" text,
  "period_through" text,
  "void" boolean NOT NULL,
  "withdraws" text NOT NULL,
  "cause_kind" text NOT NULL,
  "cause_id" text NOT NULL,
  "cause_seq" bigint NOT NULL,
  "source_title" text NOT NULL,
  "source_section" text NOT NULL,
  "source_link" text NOT NULL,
  "source_dated" text,
  "source_note" text NOT NULL,
  "kind" text NOT NULL,
  "half" text NOT NULL,
  "minutes" bigint NOT NULL,
  "at" text,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_permit_day" ON "hr_permit" ("tenant", "employee", "period_from", "seq");

CREATE INDEX "hr_permit_seq" ON "hr_permit" ("tenant", "employee", "seq", "line");

CREATE TABLE "hr_attendance_request" (
  "tenant" text NOT NULL,
  "id" text NOT NULL,
  "kind" text NOT NULL,
  "employee" text NOT NULL,
  "period_from" text,
  "period_through" text,
  "corrections" text NOT NULL,
  "voids" text NOT NULL,
  "with" text NOT NULL,
  "permit_employee" text NOT NULL,
  "permit_kind" text NOT NULL,
  "permit_half" text NOT NULL,
  "permit_minutes" bigint NOT NULL,
  "permit_at" text,
  "reason" text NOT NULL,
  "state" text NOT NULL,
  "approval_levels" text NOT NULL,
  "approval_preparer" text NOT NULL,
  "approval_preparer_employee" text NOT NULL,
  "approval_subjects" text NOT NULL,
  "approval_beneficiaries" text NOT NULL,
  "approval_asked" text,
  "approval_decisions" text NOT NULL,
  "approval_escalations" text NOT NULL,
  "version" bigint NOT NULL,
  "sealed" blob,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_attendance_request_employee" ON "hr_attendance_request" ("tenant", "employee", "period_from");

CREATE TABLE "hr_opening" (
  "tenant" text NOT NULL,
  "id" text NOT NULL,
  "requisition" text NOT NULL,
  "title" text NOT NULL,
  "manager" text NOT NULL,
  "seats" bigint NOT NULL,
  "filled" bigint NOT NULL,
  "terms_entity" text NOT NULL,
  "terms_department" text NOT NULL,
  "terms_position" text NOT NULL,
  "terms_grade" text NOT NULL,
  "terms_place" text NOT NULL,
  "terms_region" text NOT NULL,
  "terms_cost_centre" text NOT NULL,
  "terms_manager" text NOT NULL,
  "terms_calendar" text NOT NULL,
  "terms_shift" text NOT NULL,
  "terms_currency" text NOT NULL,
  "terms_pay" text NOT NULL,
  "terms_answers" text NOT NULL,
  "channels" text NOT NULL,
  "opened" text,
  "closed" text,
  "version" bigint NOT NULL,
  PRIMARY KEY ("tenant", "id")
);

CREATE TABLE "hr_application" (
  "tenant" text NOT NULL,
  "id" text NOT NULL,
  "opening" text NOT NULL,
  "candidate" text NOT NULL,
  "source_channel" text NOT NULL,
  "source_referrer" text NOT NULL,
  "state" text NOT NULL,
  "trail" text NOT NULL,
  "reason" text NOT NULL,
  "score_total" text NOT NULL,
  "score_of" text NOT NULL,
  "score_points" text NOT NULL,
  "offer_number" bigint NOT NULL,
  "offer_employee" text NOT NULL,
  "offer_terms_entity" text NOT NULL,
  "offer_terms_department" text NOT NULL,
  "offer_terms_position" text NOT NULL,
  "offer_terms_grade" text NOT NULL,
  "offer_terms_place" text NOT NULL,
  "offer_terms_region" text NOT NULL,
  "offer_terms_cost_centre" text NOT NULL,
  "offer_terms_manager" text NOT NULL,
  "offer_terms_calendar" text NOT NULL,
  "offer_terms_shift" text NOT NULL,
  "offer_terms_currency" text NOT NULL,
  "offer_terms_pay" text NOT NULL,
  "offer_terms_answers" text NOT NULL,
  "offer_start" text,
  "offer_expires" text,
  "offer_price_month_over_from" text,
  "offer_price_month_over_through" text,
  "offer_price_month_gross_amount" text NOT NULL,
  "offer_price_month_gross_currency" text NOT NULL,
  "offer_price_month_net_amount" text NOT NULL,
  "offer_price_month_net_currency" text NOT NULL,
  "offer_price_month_cost_amount" text NOT NULL,
  "offer_price_month_cost_currency" text NOT NULL,
  "offer_price_year_over_from" text,
  "offer_price_year_over_through" text,
  "offer_price_year_gross_amount" text NOT NULL,
  "offer_price_year_gross_currency" text NOT NULL,
  "offer_price_year_net_amount" text NOT NULL,
  "offer_price_year_net_currency" text NOT NULL,
  "offer_price_year_cost_amount" text NOT NULL,
  "offer_price_year_cost_currency" text NOT NULL,
  "offer_approval_levels" text NOT NULL,
  "offer_approval_preparer" text NOT NULL,
  "offer_approval_preparer_employee" text NOT NULL,
  "offer_approval_subjects" text NOT NULL,
  "offer_approval_beneficiaries" text NOT NULL,
  "offer_approval_asked" text,
  "offer_approval_decisions" text NOT NULL,
  "offer_approval_escalations" text NOT NULL,
  "offer_state" text NOT NULL,
  "earlier" text NOT NULL,
  "referral_bonus_amount" text NOT NULL,
  "referral_bonus_currency" text NOT NULL,
  "referral_due" text,
  "referral_state" text NOT NULL,
  "hired_as" text NOT NULL,
  "version" bigint NOT NULL,
  "sealed" blob,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_application_opening" ON "hr_application" ("tenant", "opening", "id");

CREATE INDEX "hr_application_candidate" ON "hr_application" ("tenant", "candidate", "id");

CREATE TABLE "hr_candidate" (
  "tenant" text NOT NULL,
  "id" text NOT NULL,
  "person_name" text NOT NULL,
  "person_born" text,
  "person_gender" text NOT NULL,
  "person_email" text NOT NULL,
  "person_phone" text NOT NULL,
  "person_identities" text NOT NULL,
  "person_bank_holder" text NOT NULL,
  "person_bank_number" text NOT NULL,
  "person_bank_bank" text NOT NULL,
  "person_bank_kind" text NOT NULL,
  "employee" text NOT NULL,
  "keys" text NOT NULL,
  "consents" text NOT NULL,
  "tags" text NOT NULL,
  "merged" text NOT NULL,
  "merged_into" text NOT NULL,
  "erased" text,
  "version" bigint NOT NULL,
  "sealed" blob,
  PRIMARY KEY ("tenant", "id")
);

CREATE TABLE "hr_plan_line" (
  "tenant" text NOT NULL,
  "id" text NOT NULL,
  "unit" text NOT NULL,
  "position" text NOT NULL,
  "period_from" text,
  "period_through" text,
  "seats" bigint NOT NULL,
  "budget_amount" text NOT NULL,
  "budget_currency" text NOT NULL,
  "committed" bigint NOT NULL,
  "cost_amount" text NOT NULL,
  "cost_currency" text NOT NULL,
  "filled" bigint NOT NULL,
  "version" bigint NOT NULL,
  PRIMARY KEY ("tenant", "id")
);

CREATE TABLE "hr_requisition" (
  "tenant" text NOT NULL,
  "id" text NOT NULL,
  "line" text NOT NULL,
  "title" text NOT NULL,
  "manager" text NOT NULL,
  "seats" bigint NOT NULL,
  "cost_amount" text NOT NULL,
  "cost_currency" text NOT NULL,
  "terms_entity" text NOT NULL,
  "terms_department" text NOT NULL,
  "terms_position" text NOT NULL,
  "terms_grade" text NOT NULL,
  "terms_place" text NOT NULL,
  "terms_region" text NOT NULL,
  "terms_cost_centre" text NOT NULL,
  "terms_manager" text NOT NULL,
  "terms_calendar" text NOT NULL,
  "terms_shift" text NOT NULL,
  "terms_currency" text NOT NULL,
  "terms_pay" text NOT NULL,
  "terms_answers" text NOT NULL,
  "start" text,
  "state" text NOT NULL,
  "approval_levels" text NOT NULL,
  "approval_preparer" text NOT NULL,
  "approval_preparer_employee" text NOT NULL,
  "approval_subjects" text NOT NULL,
  "approval_beneficiaries" text NOT NULL,
  "approval_asked" text,
  "approval_decisions" text NOT NULL,
  "approval_escalations" text NOT NULL,
  "opened" bigint NOT NULL,
  "version" bigint NOT NULL,
  PRIMARY KEY ("tenant", "id")
);

CREATE TABLE "hr_interview" (
  "tenant" text NOT NULL,
  "id" text NOT NULL,
  "application" text NOT NULL,
  "candidate" text NOT NULL,
  "interviewers" text NOT NULL,
  "time_from" text,
  "time_until" text,
  "place" text NOT NULL,
  "sequence" bigint NOT NULL,
  "cancelled" boolean NOT NULL,
  "version" bigint NOT NULL,
  "sealed" blob,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_interview_candidate" ON "hr_interview" ("tenant", "candidate", "id");

CREATE TABLE "hr_scorecard" (
  "tenant" text NOT NULL,
  "id" text NOT NULL,
  "application" text NOT NULL,
  "interview" text NOT NULL,
  "by" text NOT NULL,
  "ratings" text NOT NULL,
  "opinion" text NOT NULL,
  "note" text NOT NULL,
  "submitted" text,
  "version" bigint NOT NULL,
  "sealed" blob,
  PRIMARY KEY ("tenant", "id")
);

CREATE INDEX "hr_scorecard_application" ON "hr_scorecard" ("tenant", "application", "id");

CREATE TABLE "hr_recruitment_word" (
  "tenant" text NOT NULL,
  "kind" text NOT NULL,
  "word" text NOT NULL,
  "id" text NOT NULL,
  PRIMARY KEY ("tenant", "kind", "word", "id")
);

CREATE INDEX "hr_recruitment_word_id" ON "hr_recruitment_word" ("tenant", "kind", "id");

CREATE VIEW "payslip_line" AS
SELECT r.tenant, r.run, r.employee, r.period_from, r.period_through, r.pay_date, r.currency, k.position, k.name, k.title, k.kind, k.unit,
  CASE WHEN r.units IS NULL THEN json_extract(r.amounts, '$[' || k.position || ']')
    WHEN k.places = 0 THEN CAST(json_extract(r.units, '$[' || k.position || ']') AS text)
    ELSE printf('%s%d.%0' || k.places || 'd', CASE WHEN json_extract(r.units, '$[' || k.position || ']') < 0 THEN '-' ELSE '' END,
      abs(json_extract(r.units, '$[' || k.position || ']')) / k.one, abs(json_extract(r.units, '$[' || k.position || ']')) % k.one)
  END AS amount
FROM hr_result AS r JOIN hr_payslip_line_kind AS k ON k.tenant = r.tenant AND k.id = r.dictionary;
