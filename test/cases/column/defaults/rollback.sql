BEGIN;

-- 1. alter column:app.t.a
ALTER TABLE app.t ALTER COLUMN a SET DEFAULT 'x'::text;

-- 2. alter column:app.t.b
ALTER TABLE app.t ALTER COLUMN b SET DEFAULT 1;

-- 3. alter column:app.t.c
ALTER TABLE app.t ALTER COLUMN c DROP DEFAULT;

-- 4. drop column:app.t.d
--    drop_column: column app.t.d goes, with what it holds
ALTER TABLE app.t DROP COLUMN d;

-- 5. drop column:app.t.e
--    drop_column: column app.t.e goes, with what it holds
ALTER TABLE app.t DROP COLUMN e;

-- 6. drop column:app.t.f
--    drop_column: column app.t.f goes, with what it holds
ALTER TABLE app.t DROP COLUMN f;

COMMIT;
