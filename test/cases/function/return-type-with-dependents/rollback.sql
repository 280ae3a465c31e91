BEGIN;

-- 1. drop view:app.v
DROP VIEW app.v;

-- 2. drop check:app.u.u_n
ALTER TABLE app.u DROP CONSTRAINT u_n;

-- 3. drop column:app.u.n
ALTER TABLE app.u ALTER COLUMN n DROP DEFAULT;

-- 4. drop function:app.one()
DROP FUNCTION app.one();

-- 5. create function:app.one()
CREATE OR REPLACE FUNCTION app.one()
RETURNS integer
LANGUAGE sql
IMMUTABLE
AS $$select 1$$;

-- 6. create column:app.u.n
ALTER TABLE app.u ALTER COLUMN n SET DEFAULT app.one();

-- 7. create check:app.u.u_n
--    validates_check: every row of app.u is checked under ACCESS EXCLUSIVE
ALTER TABLE app.u ADD CONSTRAINT u_n CHECK ((n > app.one()));

-- 8. create view:app.v
CREATE VIEW app.v AS
 SELECT (t.id + app.one()) AS n
   FROM app.t t;

-- 9. create owner(function:app.one())
ALTER ROUTINE app.one() OWNER TO postgres;

-- 10. create owner(view:app.v)
ALTER VIEW app.v OWNER TO postgres;

COMMIT;
