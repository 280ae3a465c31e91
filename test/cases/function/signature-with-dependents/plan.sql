BEGIN;

-- 1. create function:app.slug(text, text)
CREATE OR REPLACE FUNCTION app.slug(name text, separator text DEFAULT '-'::text)
RETURNS text
LANGUAGE sql
IMMUTABLE
AS $$select lower(name) || separator$$;

-- 2. drop policy:app.t.p
DROP POLICY p ON app.t;

-- 3. drop view:app.v
DROP VIEW app.v;

-- 4. drop index:app.t_slugs
DROP INDEX app.t_slugs;

-- 5. drop column:app.t.slug
ALTER TABLE app.t ALTER COLUMN slug DROP DEFAULT;

-- 6. drop check:app.t.t_slug
ALTER TABLE app.t DROP CONSTRAINT t_slug;

-- 7. drop function:app.slug(text)
--    drop_function: callers of app.slug(text) fail
DROP FUNCTION app.slug(text);

-- 8. create column:app.t.slug
ALTER TABLE app.t ALTER COLUMN slug SET DEFAULT app.slug('none'::text);

-- 9. create check:app.t.t_slug
--    validates_check: every row of app.t is checked under ACCESS EXCLUSIVE
ALTER TABLE app.t ADD CONSTRAINT t_slug CHECK ((app.slug(name) <> ''::text));

-- 10. create index:app.t_slugs
--    blocks_writes: building t_slugs blocks writes to app.t while it reads the table
CREATE INDEX t_slugs ON app.t USING btree ((app.slug(name)));

-- 11. create view:app.v
CREATE VIEW app.v AS
 SELECT app.slug(t.name) AS slug
   FROM app.t t;

-- 12. create policy:app.t.p
--    row_visibility: changes which rows of app.t PUBLIC may see or write
CREATE POLICY p ON app.t TO PUBLIC USING ((app.slug(name) <> 'x'::text));

-- 13. create owner(view:app.v)
ALTER VIEW app.v OWNER TO postgres;

COMMIT;
