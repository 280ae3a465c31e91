BEGIN;

-- 1. create raw:cast
--    raw_sql: runs SQL that nothing here understands: cast
CREATE CAST (app.t AS jsonb) WITH INOUT;

COMMIT;
