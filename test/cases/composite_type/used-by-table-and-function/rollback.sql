BEGIN;

-- 1. drop function:app.flat(app.spot)
--    drop_function: callers of app.flat(app.spot) fail
DROP FUNCTION app.flat(app.spot);

-- 2. alter composite_type:app.spot
--    drop_attribute: an attribute goes, with what columns of this type hold in it
ALTER TYPE app.spot DROP ATTRIBUTE z;

COMMIT;
