BEGIN;

-- 1. create column:app.t.fresh
ALTER TABLE app.t ADD COLUMN fresh integer GENERATED ALWAYS AS ((n - 1)) STORED;

-- 2. alter column:app.t.changed
ALTER TABLE app.t ALTER COLUMN changed SET EXPRESSION AS ((n + 3));

-- 3. alter column:app.t.kept
ALTER TABLE app.t ALTER COLUMN kept DROP EXPRESSION;

-- 4. drop column:app.t.plain
--    replace_column: column app.t.plain cannot be altered to this and is made anew: what it holds goes
ALTER TABLE app.t DROP COLUMN plain;

-- 5. create column:app.t.plain
ALTER TABLE app.t ADD COLUMN plain integer GENERATED ALWAYS AS ((n * 9)) STORED;

COMMIT;
