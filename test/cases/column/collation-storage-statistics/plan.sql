BEGIN;

-- 1. alter column:app.t.a
ALTER TABLE app.t ALTER COLUMN a TYPE text COLLATE pg_catalog."POSIX";

-- 2. alter column:app.t.b
ALTER TABLE app.t ALTER COLUMN b SET STORAGE MAIN;

-- 3. alter column:app.t.c
ALTER TABLE app.t ALTER COLUMN c SET STATISTICS -1;

-- 4. alter column:app.t.d
ALTER TABLE app.t ALTER COLUMN d SET COMPRESSION pglz;
ALTER TABLE app.t ALTER COLUMN d SET STATISTICS 200;
ALTER TABLE app.t ALTER COLUMN d SET (n_distinct=-0.5);

COMMIT;
