BEGIN;

-- 1. create check:app.t.t_late
ALTER TABLE app.t ADD CONSTRAINT t_late CHECK ((b < 100)) NOT VALID;

-- 2. create check:app.t.t_own
--    validates_check: every row of app.t is checked under ACCESS EXCLUSIVE
ALTER TABLE app.t ADD CONSTRAINT t_own CHECK ((a < 100)) NO INHERIT;

-- 3. alter check:app.t.t_old
ALTER TABLE app.t VALIDATE CONSTRAINT t_old;

-- 4. create comment(check:app.t.t_own)
COMMENT ON CONSTRAINT t_own ON app.t IS 'Only here';

-- 5. drop check:app.t.t_change
ALTER TABLE app.t DROP CONSTRAINT t_change;

-- 6. create check:app.t.t_change
--    validates_check: every row of app.t is checked under ACCESS EXCLUSIVE
ALTER TABLE app.t ADD CONSTRAINT t_change CHECK ((b > 10));

COMMIT;
