BEGIN;

-- 1. create aggregate:app.fresh(integer)
CREATE AGGREGATE app.fresh(integer) (SFUNC = app.add_up, STYPE = bigint);

-- 2. drop aggregate:app.total(integer)
DROP AGGREGATE app.total(integer);

-- 3. create aggregate:app.total(integer)
CREATE AGGREGATE app.total(integer) (SFUNC = app.add_up, STYPE = bigint, INITCOND = '100');

-- 4. create owner(aggregate:app.total(integer))
ALTER ROUTINE app.total(integer) OWNER TO postgres;

-- 5. create comment(aggregate:app.total(integer))
COMMENT ON ROUTINE app.total(integer) IS 'Sum';

COMMIT;
