BEGIN;

-- 1. drop range_type:app.float_range
DROP TYPE app.float_range;

-- 2. create range_type:app.float_range
CREATE TYPE app.float_range AS RANGE (SUBTYPE = real, MULTIRANGE_TYPE_NAME = app.float_multirange);

-- 3. create owner(range_type:app.float_range)
ALTER TYPE app.float_range OWNER TO postgres;

-- 4. drop range_type:app.text_range
DROP TYPE app.text_range;

COMMIT;
