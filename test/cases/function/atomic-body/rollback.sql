BEGIN;

-- 1. drop function:app.twice()
--    drop_function: callers of app.twice() fail
DROP FUNCTION app.twice();

-- 2. drop function:app.total()
DROP FUNCTION app.total();

-- 3. alter column:app.t.n
--    narrow_type: app.t.n from bigint to integer: a value that does not fit fails or loses precision
ALTER TABLE app.t ALTER COLUMN n TYPE integer USING n::integer;

-- 4. create function:app.total()
CREATE OR REPLACE FUNCTION app.total()
RETURNS bigint
LANGUAGE sql
BEGIN ATOMIC
 SELECT sum(t.n) AS sum
    FROM app.t t;
END;

-- 5. create owner(function:app.total())
ALTER ROUTINE app.total() OWNER TO postgres;

COMMIT;
