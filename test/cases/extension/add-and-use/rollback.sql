BEGIN;

-- 1. drop index:app.users_like
DROP INDEX app.users_like;

-- 2. alter column:app.users.email
--    change_type: app.users.email from app.citext to text
ALTER TABLE app.users ALTER COLUMN email TYPE text USING email::text;

-- 3. drop exclusion:app.users.users_once
ALTER TABLE app.users DROP CONSTRAINT users_once;

-- 4. drop extension:btree_gist
--    drop_extension: extension btree_gist goes, with every function and type it brought
DROP EXTENSION btree_gist;

-- 5. drop extension:citext
--    drop_extension: extension citext goes, with every function and type it brought
DROP EXTENSION citext;

-- 6. drop extension:pg_trgm
--    drop_extension: extension pg_trgm goes, with every function and type it brought
DROP EXTENSION pg_trgm;

COMMIT;
