BEGIN;

-- 1. create key:app.t.t_c
--    builds_index: unique constraint t_c builds its index under ACCESS EXCLUSIVE and fails on duplicates
ALTER TABLE app.t ADD CONSTRAINT t_c UNIQUE (c) INCLUDE (a, b) WITH (fillfactor=60);

-- 2. create key:app.t.t_key
--    builds_index: primary key t_key builds its index under ACCESS EXCLUSIVE and fails on duplicates
ALTER TABLE app.t ADD CONSTRAINT t_key PRIMARY KEY (id) INCLUDE (c);

-- 3. create comment(key:app.t.t_key)
COMMENT ON CONSTRAINT t_key ON app.t IS 'The key';

-- 4. drop key:app.t.t_a
ALTER TABLE app.t DROP CONSTRAINT t_a;

-- 5. create key:app.t.t_a
--    builds_index: unique constraint t_a builds its index under ACCESS EXCLUSIVE and fails on duplicates
ALTER TABLE app.t ADD CONSTRAINT t_a UNIQUE NULLS NOT DISTINCT (a);

-- 6. drop key:app.t.t_b
ALTER TABLE app.t DROP CONSTRAINT t_b;

-- 7. create key:app.t.t_b
--    builds_index: unique constraint t_b builds its index under ACCESS EXCLUSIVE and fails on duplicates
ALTER TABLE app.t ADD CONSTRAINT t_b UNIQUE (b) DEFERRABLE INITIALLY DEFERRED;

COMMIT;
