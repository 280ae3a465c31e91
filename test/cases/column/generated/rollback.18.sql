BEGIN;

-- 1. alter column:app.t.changed
ALTER TABLE app.t ALTER COLUMN changed SET EXPRESSION AS ((n + 2));

-- 2. alter column:app.t.plain
ALTER TABLE app.t ALTER COLUMN plain DROP EXPRESSION;

-- 3. drop column:app.t.fresh
--    drop_column: column app.t.fresh goes, with what it holds
ALTER TABLE app.t DROP COLUMN fresh;

-- 4. drop column:app.t.kept
--    replace_column: column app.t.kept cannot be altered to this and is made anew: what it holds goes
ALTER TABLE app.t DROP COLUMN kept;

-- 5. create column:app.t.kept
ALTER TABLE app.t ADD COLUMN kept integer GENERATED ALWAYS AS ((n + 1)) STORED;

COMMIT;
