BEGIN;

-- 1. alter table:app.logs
ALTER TABLE app.logs SET LOGGED;
ALTER TABLE app.logs RESET (autovacuum_enabled);
ALTER TABLE app.logs SET (fillfactor=70);
ALTER TABLE app.logs REPLICA IDENTITY FULL;

-- 2. create comment(table:app.logs)
COMMENT ON TABLE app.logs IS 'Written often';

COMMIT;
