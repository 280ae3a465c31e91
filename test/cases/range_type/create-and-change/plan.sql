BEGIN;

-- 1. create range_type:app.text_range
CREATE TYPE app.text_range AS RANGE (SUBTYPE = text, COLLATION = pg_catalog."C", MULTIRANGE_TYPE_NAME = app.text_ranges);

-- 2. drop range_type:app.float_range
DROP TYPE app.float_range;

-- 3. create range_type:app.float_range
CREATE TYPE app.float_range AS RANGE (SUBTYPE = double precision, SUBTYPE_DIFF = float8mi, MULTIRANGE_TYPE_NAME = app.float_multirange);

-- 4. create owner(range_type:app.float_range)
ALTER TYPE app.float_range OWNER TO postgres;

-- 5. create comment(range_type:app.float_range)
COMMENT ON TYPE app.float_range IS 'Measured';

COMMIT;
