BEGIN;

-- 1. alter composite_type:app.spot
ALTER TYPE app.spot ADD ATTRIBUTE z integer;

-- 2. create function:app.flat(app.spot)
CREATE OR REPLACE FUNCTION app.flat(s app.spot)
RETURNS integer
LANGUAGE sql
IMMUTABLE
AS $$select s.x$$;

COMMIT;
