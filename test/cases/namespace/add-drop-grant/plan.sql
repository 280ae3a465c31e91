BEGIN;

-- 1. create namespace:fresh
CREATE SCHEMA fresh;

-- 2. create grant(namespace:app).ns_reader
--    grants: ns_reader gains usage
GRANT USAGE ON SCHEMA app TO ns_reader;

-- 3. create comment(namespace:fresh)
COMMENT ON SCHEMA fresh IS 'Comes';

-- 4. alter comment(namespace:app)
COMMENT ON SCHEMA app IS 'After';

-- 5. drop table:old.things
--    drop_table: table old.things goes, with its rows
DROP TABLE old.things;

-- 6. drop namespace:old
DROP SCHEMA old;

COMMIT;
