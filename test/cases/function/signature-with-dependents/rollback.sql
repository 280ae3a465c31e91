BEGIN;

-- 1. create function:app.slug(text)
CREATE OR REPLACE FUNCTION app.slug(name text)
RETURNS text
LANGUAGE sql
IMMUTABLE
AS $$select lower(name)$$;

-- 2. create owner(function:app.slug(text))
ALTER ROUTINE app.slug(text) OWNER TO postgres;

-- 3. drop policy:app.t.p
DROP POLICY p ON app.t;

-- 4. drop view:app.v
DROP VIEW app.v;

-- 5. drop index:app.t_slugs
DROP INDEX app.t_slugs;

-- 6. drop column:app.t.slug
ALTER TABLE app.t ALTER COLUMN slug DROP DEFAULT;

-- 7. drop check:app.t.t_slug
ALTER TABLE app.t DROP CONSTRAINT t_slug;

-- 8. drop function:app.slug(text, text)
--    drop_function: callers of app.slug(text, text) fail
DROP FUNCTION app.slug(text, text);

-- 9. create column:app.t.slug
ALTER TABLE app.t ALTER COLUMN slug SET DEFAULT app.slug('none'::text);

-- 10. create check:app.t.t_slug
--    validates_check: every row of app.t is checked under ACCESS EXCLUSIVE
ALTER TABLE app.t ADD CONSTRAINT t_slug CHECK ((app.slug(name) <> ''::text));

-- 11. create index:app.t_slugs
--    blocks_writes: building t_slugs blocks writes to app.t while it reads the table
CREATE INDEX t_slugs ON app.t USING btree ((app.slug(name)));

-- 12. create view:app.v
CREATE VIEW app.v AS
 SELECT app.slug(t.name) AS slug
   FROM app.t t;

-- 13. create policy:app.t.p
--    row_visibility: changes which rows of app.t PUBLIC may see or write
CREATE POLICY p ON app.t TO PUBLIC USING ((app.slug(name) <> 'x'::text));

-- 14. create owner(view:app.v)
ALTER VIEW app.v OWNER TO postgres;

COMMIT;
