BEGIN;

-- 1. alter column:app.t.a
ALTER TABLE app.t ALTER COLUMN a TYPE text COLLATE pg_catalog."C";

-- 2. alter column:app.t.b
ALTER TABLE app.t ALTER COLUMN b SET STORAGE EXTERNAL;

-- 3. alter column:app.t.c
ALTER TABLE app.t ALTER COLUMN c SET STATISTICS 50;

-- 4. alter column:app.t.d
ALTER TABLE app.t ALTER COLUMN d SET COMPRESSION default;
ALTER TABLE app.t ALTER COLUMN d SET STATISTICS -1;
ALTER TABLE app.t ALTER COLUMN d RESET (n_distinct);

COMMIT;
