BEGIN;

-- 1. create table:app.old
CREATE TABLE app.old (
  a integer,
  b integer
);

-- 2. create column:app.t.gone
ALTER TABLE app.t ADD COLUMN gone integer;

-- 3. create statistics:app.goes
--    empty_statistics: goes says nothing until ANALYZE of app.t
CREATE STATISTICS app.goes ON ((a * 2)) FROM app.t;

-- 4. create statistics:app.goes_along
CREATE STATISTICS app.goes_along (ndistinct, dependencies, mcv) ON a, b FROM app.old;

-- 5. create owner(statistics:app.goes)
ALTER STATISTICS app.goes OWNER TO postgres;

-- 6. create owner(statistics:app.goes_along)
ALTER STATISTICS app.goes_along OWNER TO postgres;

-- 7. create owner(table:app.old)
ALTER TABLE app.old OWNER TO postgres;

-- 8. drop comment(statistics:app.changes)
COMMENT ON STATISTICS app.changes IS NULL;

-- 9. drop statistics:app.comes
--    drop_statistics: the planner no longer knows how app.t's columns hang together, and may choose other plans
DROP STATISTICS app.comes;

-- 10. drop statistics:app.narrows
DROP STATISTICS app.narrows;

-- 11. alter column:app.t.b
--    narrow_type: app.t.b from bigint to integer: a value that does not fit fails or loses precision
ALTER TABLE app.t ALTER COLUMN b TYPE integer USING b::integer;

-- 12. create statistics:app.narrows
--    empty_statistics: narrows says nothing until ANALYZE of app.t
CREATE STATISTICS app.narrows (ndistinct) ON a, b, gone FROM app.t;

-- 13. alter statistics:app.changes
ALTER STATISTICS app.changes SET STATISTICS -1;

-- 14. create owner(statistics:app.narrows)
ALTER STATISTICS app.narrows OWNER TO postgres;

COMMIT;
