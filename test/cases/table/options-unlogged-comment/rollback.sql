BEGIN;

-- 1. drop comment(table:app.logs)
COMMENT ON TABLE app.logs IS NULL;

-- 2. alter table:app.logs
ALTER TABLE app.logs SET UNLOGGED;
ALTER TABLE app.logs SET (autovacuum_enabled=false, fillfactor=80);
ALTER TABLE app.logs REPLICA IDENTITY DEFAULT;

COMMIT;
