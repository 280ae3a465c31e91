BEGIN;

-- 1. alter table:app.t
ALTER TABLE app.t REPLICA IDENTITY DEFAULT;
ALTER TABLE app.t CLUSTER ON t_pkey;

-- 2. alter table:app.u
ALTER TABLE app.u REPLICA IDENTITY USING INDEX u_code;

-- 3. alter index:app.u_code
ALTER INDEX app.u_code RESET (fillfactor);

COMMIT;
