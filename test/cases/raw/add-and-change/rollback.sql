BEGIN;

-- 1. drop raw:cast
--    raw_sql: undoes SQL that nothing here understands: cast
DROP CAST (app.t AS jsonb);

COMMIT;
