BEGIN;

-- 1. create column:app.t.fresh
ALTER TABLE app.t ADD COLUMN fresh integer GENERATED ALWAYS AS ((n - 1)) STORED;

-- 2. alter column:app.t.kept
ALTER TABLE app.t ALTER COLUMN kept DROP EXPRESSION;

-- 3. drop column:app.t.changed
ALTER TABLE app.t DROP COLUMN changed;

-- 4. create column:app.t.changed
ALTER TABLE app.t ADD COLUMN changed integer GENERATED ALWAYS AS ((n + 3)) STORED;

-- 5. drop column:app.t.plain
--    replace_column: column app.t.plain cannot be altered to this and is made anew: what it holds goes
ALTER TABLE app.t DROP COLUMN plain;

-- 6. create column:app.t.plain
ALTER TABLE app.t ADD COLUMN plain integer GENERATED ALWAYS AS ((n * 9)) STORED;

COMMIT;
