BEGIN;

-- 1. drop grant(column:"Weird ""App""".select."a b")."it's a Role"
--    revokes: it's a Role loses select
REVOKE SELECT ("a b") ON TABLE "Weird ""App"""."select" FROM "it's a Role";

-- 2. drop row_security:"Weird ""App""".select
--    disable_row_security: every role with a grant on "Weird ""App"""."select" sees every row
ALTER TABLE "Weird ""App"""."select" DISABLE ROW LEVEL SECURITY;

-- 3. drop policy:"Weird ""App""".select."my policy"
--    row_visibility: removes a policy: "it's a Role" may see or write other rows of "Weird ""App"""."select"
DROP POLICY "my policy" ON "Weird ""App"""."select";

-- 4. drop view:"Weird ""App""".user
DROP VIEW "Weird ""App"""."user";

-- 5. drop index:"Weird ""App"""."in dex"
DROP INDEX "Weird ""App"""."in dex";

-- 6. alter column:"Weird ""App""".select."a b"
ALTER TABLE "Weird ""App"""."select" ALTER COLUMN "a b" DROP DEFAULT;
ALTER TABLE "Weird ""App"""."select" ALTER COLUMN "a b" DROP NOT NULL;

-- 7. drop index:"Weird ""App""".xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxi
DROP INDEX "Weird ""App""".xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxi;

-- 8. drop check:"Weird ""App""".select.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxc
--    drop_check: rows that broke xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxc are let in, and a rollback then fails on them
ALTER TABLE "Weird ""App"""."select" DROP CONSTRAINT xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxc;

-- 9. drop column:"Weird ""App""".select."Mood"
--    drop_column: column "Weird ""App"""."select"."Mood" goes, with what it holds
ALTER TABLE "Weird ""App"""."select" DROP COLUMN "Mood";

-- 10. alter enum:"Weird ""App"""."Mood"
--    enum_value_removed: 'c"d' leaves the enum: every column of the type is rewritten, and a row that still has it makes the step fail
ALTER TYPE "Weird ""App"""."Mood" RENAME TO "Mood__replaced";
CREATE TYPE "Weird ""App"""."Mood" AS ENUM ('a b', 'it''s');
DROP TYPE "Weird ""App"""."Mood__replaced";

-- 11. drop column:"Weird ""App""".select.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
--    drop_column: column "Weird ""App"""."select".xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx goes, with what it holds
ALTER TABLE "Weird ""App"""."select" DROP COLUMN xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx;

-- 12. drop function:"Weird ""App"""."Do It"(integer)
--    drop_function: callers of "Weird ""App"""."Do It"(integer) fail
DROP FUNCTION "Weird ""App"""."Do It"(integer);

-- 13. drop sequence:"Weird ""App"""."Seq.uence"
--    drop_sequence: sequence "Weird ""App"""."Seq.uence" goes, with the number it had reached
DROP SEQUENCE IF EXISTS "Weird ""App"""."Seq.uence";

-- 14. alter column:"Weird ""App""".select."Order"
--    narrow_type: "Weird ""App"""."select"."Order" from bigint to integer: a value that does not fit fails or loses precision
ALTER TABLE "Weird ""App"""."select" ALTER COLUMN "Order" TYPE integer USING "Order"::integer;

-- 15. create view:"Weird ""App""".user
CREATE VIEW "Weird ""App"""."user" AS
 SELECT t."Order",
    t."group"
   FROM "Weird ""App"""."select" t;

-- 16. create owner(view:"Weird ""App""".user)
ALTER VIEW "Weird ""App"""."user" OWNER TO postgres;

-- 17. drop role:"it's a Role"
--    drop_role: role it's a Role goes, with its memberships and password
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_shdepend d
             WHERE d.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass AND d.refobjid = '"it''s a Role"'::pg_catalog.regrole
               AND d.dbid NOT IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()))) THEN
    RAISE NOTICE 'role % is kept: another database of this server uses it', 'it''s a Role';
  ELSE
    DROP ROLE "it's a Role";
  END IF;
END $$;

COMMIT;
