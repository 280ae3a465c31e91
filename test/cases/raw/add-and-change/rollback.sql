BEGIN;

-- 1. drop raw:collation
--    raw_sql: undoes SQL that nothing here understands: collation
DROP COLLATION app.german;

COMMIT;
