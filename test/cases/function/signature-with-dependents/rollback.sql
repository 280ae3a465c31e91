BEGIN;

-- 1. create function:app.slug(text)
CREATE OR REPLACE FUNCTION app.slug(name text)
RETURNS text
LANGUAGE sql
IMMUTABLE
AS $$select lower(name)$$;

-- 2. create owner(function:app.slug(text))
ALTER ROUTINE app.slug(text) OWNER TO postgres;

-- 3. drop row_security:app.t
ALTER TABLE app.t DISABLE ROW LEVEL SECURITY;

-- 4. drop policy:app.t.p
DROP POLICY p ON app.t;

-- 5. drop view:app.v
DROP VIEW app.v;

-- 6. drop index:app.t_slugs
DROP INDEX app.t_slugs;

-- 7. drop column:app.t.slug
ALTER TABLE app.t ALTER COLUMN slug DROP DEFAULT;

-- 8. drop check:app.t.t_slug
ALTER TABLE app.t DROP CONSTRAINT t_slug;

-- 9. drop function:app.slug(text, text)
--    drop_function: callers of app.slug(text, text) fail
DROP FUNCTION app.slug(text, text);

-- 10. create column:app.t.slug
ALTER TABLE app.t ALTER COLUMN slug SET DEFAULT app.slug('none'::text);

-- 11. create check:app.t.t_slug
--    validates_check: every row of app.t is checked under ACCESS EXCLUSIVE
ALTER TABLE app.t ADD CONSTRAINT t_slug CHECK ((app.slug(name) <> ''::text));

-- 12. create index:app.t_slugs
--    blocks_writes: building t_slugs blocks writes to app.t while it reads the table
CREATE INDEX t_slugs ON app.t USING btree ((app.slug(name)));

-- 13. create view:app.v
CREATE VIEW app.v AS
 SELECT app.slug(t.name) AS slug
   FROM app.t t;

-- 14. create policy:app.t.p
--    row_visibility: changes which rows of app.t PUBLIC may see or write
CREATE POLICY p ON app.t TO PUBLIC USING ((app.slug(name) <> 'x'::text));

-- 15. create row_security:app.t
ALTER TABLE app.t ENABLE ROW LEVEL SECURITY;

COMMIT;
