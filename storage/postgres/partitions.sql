-- Partitions by tenant and period, for a database with many companies or many years. Run it once after Migrate, as the owner of the tables, while no
-- program writes; doc.go says when it is worth it. It keeps every name, column, key, check and reference, so the programs do not see it.
--
-- Every key begins with the tenant, so the big tables are spread by it. A payslip has the run in its key, and a run belongs to a period: the payslips of
-- a closed year get a partition of their own by the list of its runs. A posting has no period in its key, because the id of a posting must be unique
-- over all of them, and PostgreSQL keeps a key only together with the columns of the partitions.
DROP VIEW "payslip_line";

DO $$
DECLARE
  of text;
  n int;
  refers record;
BEGIN
  FOREACH of IN ARRAY ARRAY['hr_posting', 'hr_punch', 'hr_knowledge', 'hr_result'] LOOP
    EXECUTE format('ALTER TABLE %I RENAME TO %I', of, of || '_whole');
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL) PARTITION BY HASH ("tenant")', of, of || '_whole');
    FOR n IN 0..7 LOOP
      IF of = 'hr_result' THEN
        EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES WITH (MODULUS 8, REMAINDER %s) PARTITION BY LIST ("run")', of || '_' || n, of, n);
        EXECUTE format('CREATE TABLE %I PARTITION OF %I DEFAULT', of || '_' || n || '_open', of || '_' || n);
      ELSE
        EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES WITH (MODULUS 8, REMAINDER %s)', of || '_' || n, of, n);
      END IF;
    END LOOP;
    EXECUTE format('INSERT INTO %I SELECT * FROM %I', of, of || '_whole');
    FOR refers IN SELECT conname, pg_get_constraintdef(oid) AS said FROM pg_constraint WHERE conrelid = (of || '_whole')::regclass AND contype = 'f' LOOP
      EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I %s', of, refers.conname, refers.said);
    END LOOP;
    EXECUTE format('DROP TABLE %I', of || '_whole');
  END LOOP;
END $$;

-- hr_close_payslips(runs, name) moves the payslips of closed runs, such as those of a year, into partitions of that name, which can then be backed up once and put
-- on a slower disk.
CREATE FUNCTION hr_close_payslips(runs text[], name text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  n int;
BEGIN
  FOR n IN 0..7 LOOP
    EXECUTE format('CREATE TABLE %I (LIKE "hr_result" INCLUDING ALL)', 'hr_result_' || n || '_' || name);
    EXECUTE format('WITH gone AS (DELETE FROM %I WHERE "run" = ANY ($1) RETURNING *) INSERT INTO %I SELECT * FROM gone', 'hr_result_' || n || '_open',
      'hr_result_' || n || '_' || name) USING runs;
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES IN (%s)', 'hr_result_' || n, 'hr_result_' || n || '_' || name,
      (SELECT string_agg(quote_literal(r), ', ') FROM unnest(runs) AS r));
  END LOOP;
END $$;

CREATE VIEW "payslip_line" AS
SELECT r.tenant, r.run, r.employee, r.period_from, r.period_through, r.pay_date, r.currency, k.position, k.name, k.title, k.kind, k.unit,
  CASE WHEN r.units IS NULL THEN (r.amounts ->> k.position::int)::numeric
    ELSE round(r.units[k.position + 1]::numeric(38, 9) / k.one, k.places::int)
  END AS amount
FROM hr_result AS r JOIN hr_payslip_line_kind AS k ON k.tenant = r.tenant AND k.id = r.dictionary;
