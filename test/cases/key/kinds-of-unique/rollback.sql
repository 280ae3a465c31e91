BEGIN;

-- 1. drop key:app.t.t_a
ALTER TABLE app.t DROP CONSTRAINT t_a;

-- 2. create key:app.t.t_a
--    builds_index: unique constraint t_a builds its index under ACCESS EXCLUSIVE and fails on duplicates
ALTER TABLE app.t ADD CONSTRAINT t_a UNIQUE (a);

-- 3. drop key:app.t.t_b
ALTER TABLE app.t DROP CONSTRAINT t_b;

-- 4. create key:app.t.t_b
--    builds_index: unique constraint t_b builds its index under ACCESS EXCLUSIVE and fails on duplicates
ALTER TABLE app.t ADD CONSTRAINT t_b UNIQUE (b) DEFERRABLE;

-- 5. drop key:app.t.t_c
--    drop_key: nothing keeps c unique any more
ALTER TABLE app.t DROP CONSTRAINT t_c;

-- 6. drop key:app.t.t_key
--    drop_key: nothing keeps id unique any more
ALTER TABLE app.t DROP CONSTRAINT t_key;

COMMIT;
