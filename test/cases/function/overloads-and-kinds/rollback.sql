BEGIN;

-- 1. create function:app.f(text)
CREATE OR REPLACE FUNCTION app.f(text)
RETURNS text
LANGUAGE sql
AS $$select $1$$;

-- 2. alter function:app.f(integer)
CREATE OR REPLACE FUNCTION app.f(integer)
RETURNS integer
LANGUAGE sql
AS $$select 1$$;

-- 3. create owner(function:app.f(text))
ALTER ROUTINE app.f(text) OWNER TO postgres;

-- 4. drop function:app.f(text, text)
--    drop_function: callers of app.f(text, text) fail
DROP FUNCTION app.f(text, text);

-- 5. drop function:app.pair()
--    drop_function: callers of app.pair() fail
DROP FUNCTION app.pair();

-- 6. drop function:app.rows_of(integer, text[])
--    drop_function: callers of app.rows_of(integer, text[]) fail
DROP FUNCTION app.rows_of(integer, text[]);

-- 7. drop function:app.series()
--    drop_function: callers of app.series() fail
DROP FUNCTION app.series();

COMMIT;
