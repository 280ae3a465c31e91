BEGIN;

-- 1. alter column:app.t.a
--    set_not_null: fails if app.t.a is null in any row
ALTER TABLE app.t ALTER COLUMN a SET NOT NULL;

-- 2. alter column:app.t.b
ALTER TABLE app.t ALTER COLUMN b DROP NOT NULL;

-- 3. alter column:app.t.c
--    set_not_null: fails if app.t.c is null in any row
ALTER TABLE app.t ALTER COLUMN c SET DEFAULT 0;
ALTER TABLE app.t ALTER COLUMN c SET NOT NULL;

COMMIT;
