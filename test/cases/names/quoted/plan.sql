BEGIN;

-- 1. create role:"it's a Role"
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'it''s a Role') THEN
    ALTER ROLE "it's a Role" WITH NOCREATEDB NOCREATEROLE INHERIT NOLOGIN;
  ELSE
    CREATE ROLE "it's a Role";
  END IF;
END $$;

-- 2. alter enum:"Weird ""App"""."Mood"
ALTER TYPE "Weird ""App"""."Mood" ADD VALUE 'c"d' AFTER 'it''s';

COMMIT;

BEGIN;

-- 3. create sequence:"Weird ""App"""."Seq.uence"
CREATE SEQUENCE "Weird ""App"""."Seq.uence" AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1 NO CYCLE;

-- 4. create function:"Weird ""App"""."Do It"(integer)
CREATE OR REPLACE FUNCTION "Weird ""App"""."Do It"("In put" integer)
RETURNS integer
LANGUAGE sql
AS $$select "In put"$$;

-- 5. create column:"Weird ""App""".select."Mood"
ALTER TABLE "Weird ""App"""."select" ADD COLUMN "Mood" "Weird ""App"""."Mood" DEFAULT 'it''s'::"Weird ""App"""."Mood";

-- 6. create column:"Weird ""App""".select.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
ALTER TABLE "Weird ""App"""."select" ADD COLUMN xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx integer;

-- 7. alter column:"Weird ""App""".select."a b"
--    set_not_null: fails if "Weird ""App"""."select"."a b" is null in any row
ALTER TABLE "Weird ""App"""."select" ALTER COLUMN "a b" SET DEFAULT 'x''y'::text;
ALTER TABLE "Weird ""App"""."select" ALTER COLUMN "a b" SET NOT NULL;

-- 8. create check:"Weird ""App""".select.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxc
--    validates_check: every row of "Weird ""App"""."select" is checked under ACCESS EXCLUSIVE
ALTER TABLE "Weird ""App"""."select" ADD CONSTRAINT xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxc CHECK (("group" <> ''::text));

-- 9. create index:"Weird ""App"""."in dex"
--    blocks_writes: building "in dex" blocks writes to "Weird ""App"""."select" while it reads the table
CREATE INDEX "in dex" ON "Weird ""App"""."select" USING btree ("a b") WHERE ("a b" <> ''::text);

-- 10. create index:"Weird ""App""".xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxi
--    blocks_writes: building xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxi blocks writes to "Weird ""App"""."select" while it reads the table
CREATE INDEX xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxi ON "Weird ""App"""."select" USING btree (xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, "group");

-- 11. create grant(column:"Weird ""App""".select."a b")."it's a Role"
--    grants: it's a Role gains select
GRANT SELECT ("a b") ON TABLE "Weird ""App"""."select" TO "it's a Role";

-- 12. drop view:"Weird ""App""".user
DROP VIEW "Weird ""App"""."user";

-- 13. alter column:"Weird ""App""".select."Order"
--    change_type: "Weird ""App"""."select"."Order" from integer to bigint
ALTER TABLE "Weird ""App"""."select" ALTER COLUMN "Order" TYPE bigint USING "Order"::bigint;

-- 14. create sequence_owner:"Weird ""App"""."Seq.uence"
ALTER SEQUENCE "Weird ""App"""."Seq.uence" OWNED BY "Weird ""App"""."select"."Order";

-- 15. create view:"Weird ""App""".user
CREATE VIEW "Weird ""App"""."user" AS
 SELECT t."Order",
    t."group"
   FROM "Weird ""App"""."select" t;

-- 16. create policy:"Weird ""App""".select."my policy"
--    row_visibility: adds a policy: "it's a Role" may see or write other rows of "Weird ""App"""."select"
CREATE POLICY "my policy" ON "Weird ""App"""."select" TO "it's a Role" USING (("Order" > 0));

-- 17. create row_security:"Weird ""App""".select
ALTER TABLE "Weird ""App"""."select" ENABLE ROW LEVEL SECURITY;

-- 18. create owner(view:"Weird ""App""".user)
ALTER VIEW "Weird ""App"""."user" OWNER TO postgres;

COMMIT;
