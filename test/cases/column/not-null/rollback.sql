BEGIN;

-- 1. alter column:app.t.a
ALTER TABLE app.t ALTER COLUMN a DROP NOT NULL;

-- 2. alter column:app.t.b
--    set_not_null: fails if app.t.b is null in any row
ALTER TABLE app.t ALTER COLUMN b SET NOT NULL;

-- 3. alter column:app.t.c
ALTER TABLE app.t ALTER COLUMN c DROP DEFAULT;
ALTER TABLE app.t ALTER COLUMN c DROP NOT NULL;

COMMIT;
