BEGIN;

-- 1. create function:app.fresh(text, integer)
CREATE OR REPLACE PROCEDURE app.fresh(IN a text, INOUT b integer)
LANGUAGE plpgsql
AS $$begin b := 1; end$$;

-- 2. alter function:app.definer()
--    security_definer: app.definer() now runs with its owner's rights
CREATE OR REPLACE FUNCTION app.definer()
RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET lock_timeout TO '2s'
SET search_path TO app, pg_temp
AS $$begin perform 1; end$$;

-- 3. alter function:app.total(integer)
CREATE OR REPLACE FUNCTION app.total(n integer)
RETURNS integer
LANGUAGE sql
IMMUTABLE PARALLEL SAFE STRICT COST 5
AS $$select n + 1$$;

-- 4. create comment(function:app.total(integer))
COMMENT ON ROUTINE app.total(integer) IS 'Adds one';

-- 5. drop function:app.gone(text)
--    drop_function: callers of app.gone(text) fail
DROP PROCEDURE app.gone(text);

COMMIT;
