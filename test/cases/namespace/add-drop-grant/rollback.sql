BEGIN;

-- 1. drop grant(namespace:app).ns_reader
--    revokes: ns_reader loses usage
REVOKE USAGE ON SCHEMA app FROM ns_reader;

-- 2. create namespace:old
CREATE SCHEMA old;

-- 3. create table:old.things
CREATE TABLE old.things (
  id integer NOT NULL
);

-- 4. create owner(namespace:old)
ALTER SCHEMA old OWNER TO postgres;

-- 5. create owner(table:old.things)
ALTER TABLE old.things OWNER TO postgres;

-- 6. create comment(namespace:old)
COMMENT ON SCHEMA old IS 'Goes';

-- 7. alter comment(namespace:app)
COMMENT ON SCHEMA app IS 'Before';

-- 8. drop namespace:fresh
DROP SCHEMA fresh;

COMMIT;
