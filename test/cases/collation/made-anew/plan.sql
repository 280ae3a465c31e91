BEGIN;

-- 1. create collation:app.comes
CREATE COLLATION app.comes (PROVIDER = libc, LC_COLLATE = 'C', LC_CTYPE = 'POSIX');

-- 2. alter column:app.t.other
ALTER TABLE app.t ALTER COLUMN other TYPE text COLLATE app.comes;

-- 3. drop comment(collation:app.changes)
COMMENT ON COLLATION app.changes IS NULL;

-- 4. alter collation:app.changes
--    change_collation: what app.changes sorts changes: columns of it are rewritten or checked and their indexes built again, under an exclusive lock
ALTER COLLATION app.changes RENAME TO changes__replaced;
CREATE COLLATION app.changes (PROVIDER = libc, LOCALE = 'POSIX');
ALTER TABLE app.t ALTER COLUMN name TYPE text COLLATE app.changes;
DROP COLLATION app.changes__replaced;

-- 5. create owner(collation:app.changes)
ALTER COLLATION app.changes OWNER TO postgres;

-- 6. create comment(collation:app.changes)
COMMENT ON COLLATION app.changes IS 'By bytes';

-- 7. drop collation:app.goes
DROP COLLATION app.goes;

COMMIT;
