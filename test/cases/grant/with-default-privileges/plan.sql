BEGIN;

-- 1. create function:app.closed_too()
CREATE OR REPLACE FUNCTION app.closed_too()
RETURNS integer
LANGUAGE sql
AS $$select 1$$;
GRANT EXECUTE ON ROUTINE app.closed_too() TO PUBLIC;

-- 2. create function:app.usable()
CREATE OR REPLACE FUNCTION app.usable()
RETURNS integer
LANGUAGE sql
AS $$select 1$$;
GRANT EXECUTE ON ROUTINE app.usable() TO PUBLIC;

-- 3. create table:app.closed
CREATE TABLE app.closed (
  id integer
);
REVOKE SELECT ON TABLE app.closed FROM gd_reader;

-- 4. create table:app.open
CREATE TABLE app.open (
  id integer
);
REVOKE SELECT ON TABLE app.open FROM gd_reader;

-- 5. create grant(function:app.closed_too()).public
--    revokes: public loses execute
REVOKE EXECUTE ON ROUTINE app.closed_too() FROM PUBLIC;

-- 6. create grant(table:app.open).gd_reader
GRANT SELECT ON TABLE app.open TO gd_reader;

COMMIT;
