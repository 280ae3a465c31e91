BEGIN;

-- 1. drop check:app.t.t_change
ALTER TABLE app.t DROP CONSTRAINT t_change;

-- 2. create check:app.t.t_change
--    validates_check: every row of app.t is checked under ACCESS EXCLUSIVE
ALTER TABLE app.t ADD CONSTRAINT t_change CHECK ((b > 0));

-- 3. drop check:app.t.t_late
--    drop_check: rows that broke t_late are let in, and a rollback then fails on them
ALTER TABLE app.t DROP CONSTRAINT t_late;

-- 4. drop check:app.t.t_old
ALTER TABLE app.t DROP CONSTRAINT t_old;

-- 5. create check:app.t.t_old
ALTER TABLE app.t ADD CONSTRAINT t_old CHECK ((a > 0)) NOT VALID;

-- 6. drop check:app.t.t_own
--    drop_check: rows that broke t_own are let in, and a rollback then fails on them
ALTER TABLE app.t DROP CONSTRAINT t_own;

COMMIT;
