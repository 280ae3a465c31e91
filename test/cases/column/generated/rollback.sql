BEGIN;

-- 1. alter column:app.t.plain
ALTER TABLE app.t ALTER COLUMN plain DROP EXPRESSION;

-- 2. drop column:app.t.changed
ALTER TABLE app.t DROP COLUMN changed;

-- 3. create column:app.t.changed
ALTER TABLE app.t ADD COLUMN changed integer GENERATED ALWAYS AS ((n + 2)) STORED;

-- 4. drop column:app.t.fresh
--    drop_column: column app.t.fresh goes, with what it holds
ALTER TABLE app.t DROP COLUMN fresh;

-- 5. drop column:app.t.kept
--    replace_column: column app.t.kept cannot be altered to this and is made anew: what it holds goes
ALTER TABLE app.t DROP COLUMN kept;

-- 6. create column:app.t.kept
ALTER TABLE app.t ADD COLUMN kept integer GENERATED ALWAYS AS ((n + 1)) STORED;

COMMIT;
