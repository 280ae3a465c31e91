BEGIN;

-- 1. drop foreign_key:app.a.a_b_id_fkey
--    drop_foreign_key: rows of app.a may come to point at nothing
ALTER TABLE app.a DROP CONSTRAINT a_b_id_fkey;

-- 2. drop foreign_key:app.a.a_parent_id_fkey
--    drop_foreign_key: rows of app.a may come to point at nothing
ALTER TABLE app.a DROP CONSTRAINT a_parent_id_fkey;

-- 3. drop foreign_key:app.b.b_a_id_fkey
--    drop_foreign_key: rows of app.b may come to point at nothing
ALTER TABLE app.b DROP CONSTRAINT b_a_id_fkey;

-- 4. drop table:app.a
--    drop_table: table app.a goes, with its rows
DROP TABLE app.a;

-- 5. drop table:app.b
--    drop_table: table app.b goes, with its rows
DROP TABLE app.b;

COMMIT;
