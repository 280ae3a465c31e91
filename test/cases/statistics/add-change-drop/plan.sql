BEGIN;

-- 1. drop statistics:app.goes
--    drop_statistics: the planner no longer knows how app.t's columns hang together, and may choose other plans
DROP STATISTICS app.goes;

-- 2. drop statistics:app.narrows
DROP STATISTICS app.narrows;

-- 3. alter column:app.t.b
--    change_type: app.t.b from integer to bigint
ALTER TABLE app.t ALTER COLUMN b TYPE bigint USING b::bigint;

-- 4. create statistics:app.comes
--    empty_statistics: comes says nothing until ANALYZE of app.t
CREATE STATISTICS app.comes (dependencies, mcv) ON b, (lower(c)) FROM app.t;

-- 5. create statistics:app.narrows
--    empty_statistics: narrows says nothing until ANALYZE of app.t
CREATE STATISTICS app.narrows (ndistinct) ON a, b FROM app.t;

-- 6. alter statistics:app.changes
ALTER STATISTICS app.changes SET STATISTICS 300;

-- 7. create owner(statistics:app.narrows)
ALTER STATISTICS app.narrows OWNER TO postgres;

-- 8. create comment(statistics:app.changes)
COMMENT ON STATISTICS app.changes IS 'For the report';

-- 9. drop column:app.t.gone
--    drop_column: column app.t.gone goes, with what it holds
ALTER TABLE app.t DROP COLUMN gone;

-- 10. drop table:app.old
--    drop_table: table app.old goes, with its rows
DROP TABLE app.old;

COMMIT;
