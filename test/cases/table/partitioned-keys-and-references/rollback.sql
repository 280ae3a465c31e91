BEGIN;

-- 1. drop foreign_key:app.p.p_a_fkey
--    drop_foreign_key: rows of app.p may come to point at nothing
ALTER TABLE app.p DROP CONSTRAINT p_a_fkey;

-- 2. drop foreign_key:app.r.r_p_id_fkey
--    drop_foreign_key: rows of app.r may come to point at nothing
ALTER TABLE app.r DROP CONSTRAINT r_p_id_fkey;

-- 3. drop index:app.p1_own
DROP INDEX app.p1_own;

-- 4. drop index:app.p_a_idx
DROP INDEX app.p_a_idx;

-- 5. drop check:app.p.p_a
--    drop_check: rows that broke p_a are let in, and a rollback then fails on them
ALTER TABLE app.p DROP CONSTRAINT p_a;

-- 6. alter column:app.p.a
--    narrow_type: app.p.a from bigint to integer: a value that does not fit fails or loses precision
ALTER TABLE app.p ALTER COLUMN a TYPE integer USING a::integer;

-- 7. alter table:app.p1
ALTER TABLE app.p1 RESET (fillfactor);

-- 8. alter table:app.p2
ALTER TABLE app.p DETACH PARTITION app.p2;
ALTER TABLE app.p ATTACH PARTITION app.p2 FOR VALUES FROM (10) TO (20);

-- 9. drop key:app.p.p_pkey
--    drop_key: nothing keeps id unique any more
ALTER TABLE app.p DROP CONSTRAINT p_pkey;

COMMIT;
