BEGIN;

-- 1. create collation:app.goes
CREATE COLLATION app.goes (PROVIDER = libc, LOCALE = 'POSIX');

-- 2. alter column:app.t.other
ALTER TABLE app.t ALTER COLUMN other TYPE text COLLATE app.goes;

-- 3. create owner(collation:app.goes)
ALTER COLLATION app.goes OWNER TO postgres;

-- 4. drop comment(collation:app.changes)
COMMENT ON COLLATION app.changes IS NULL;

-- 5. alter collation:app.changes
--    change_collation: what app.changes sorts changes: columns of it are rewritten or checked and their indexes built again, under an exclusive lock
ALTER COLLATION app.changes RENAME TO changes__replaced;
CREATE COLLATION app.changes (PROVIDER = libc, LOCALE = 'C');
ALTER TABLE app.t ALTER COLUMN name TYPE text COLLATE app.changes;
DROP COLLATION app.changes__replaced;

-- 6. create owner(collation:app.changes)
ALTER COLLATION app.changes OWNER TO postgres;

-- 7. create comment(collation:app.changes)
COMMENT ON COLLATION app.changes IS 'By bytes';

-- 8. drop collation:app.comes
DROP COLLATION app.comes;

COMMIT;
