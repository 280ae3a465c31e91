BEGIN;

-- 1. rename enum:app.severity
--    rename: readers that still say level fail from this moment
ALTER TYPE app.level RENAME TO severity;

-- 2. alter enum:app.order_
ALTER TYPE app.order_ RENAME TO order___replaced;
CREATE TYPE app.order_ AS ENUM ('c', 'b', 'a');
DROP TYPE app.order___replaced;

-- 3. create owner(enum:app.order_)
ALTER TYPE app.order_ OWNER TO postgres;

COMMIT;
