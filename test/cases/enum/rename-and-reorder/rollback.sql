BEGIN;

-- 1. alter enum:app.order_
ALTER TYPE app.order_ RENAME TO order___replaced;
CREATE TYPE app.order_ AS ENUM ('a', 'b', 'c');
DROP TYPE app.order___replaced;

-- 2. create owner(enum:app.order_)
ALTER TYPE app.order_ OWNER TO postgres;

-- 3. rename enum:app.level
--    rename: readers that still say severity fail from this moment
ALTER TYPE app.severity RENAME TO level;

COMMIT;
