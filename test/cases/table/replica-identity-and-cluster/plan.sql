BEGIN;

-- 1. alter table:app.t
ALTER TABLE app.t REPLICA IDENTITY USING INDEX t_code;
ALTER TABLE app.t CLUSTER ON t_code;

-- 2. alter table:app.u
ALTER TABLE app.u REPLICA IDENTITY NOTHING;

-- 3. alter index:app.u_code
ALTER INDEX app.u_code SET (fillfactor=90);

COMMIT;
