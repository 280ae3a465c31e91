BEGIN;

-- 1. drop function:app.total()
DROP FUNCTION app.total();

-- 2. alter column:app.t.n
--    change_type: app.t.n from integer to bigint
ALTER TABLE app.t ALTER COLUMN n TYPE bigint USING n::bigint;

-- 3. create function:app.total()
CREATE OR REPLACE FUNCTION app.total()
RETURNS numeric
LANGUAGE sql
BEGIN ATOMIC
 SELECT sum(t.n) AS sum
    FROM app.t t;
END;

-- 4. create function:app.twice()
CREATE OR REPLACE FUNCTION app.twice()
RETURNS numeric
LANGUAGE sql
RETURN (app.total() * (2)::numeric);

-- 5. create owner(function:app.total())
ALTER ROUTINE app.total() OWNER TO postgres;

COMMIT;
