BEGIN;

-- 1. create function:app.f(text, text)
CREATE OR REPLACE FUNCTION app.f(text, text)
RETURNS text
LANGUAGE sql
AS $$select $1 || $2$$;

-- 2. create function:app.pair()
CREATE OR REPLACE FUNCTION app.pair(OUT a integer, OUT b text)
RETURNS record
LANGUAGE sql
AS $$select 1, 'x'$$;

-- 3. create function:app.rows_of(integer, text[])
CREATE OR REPLACE FUNCTION app.rows_of(n integer, VARIADIC rest text[])
RETURNS TABLE(a integer, b text)
LANGUAGE sql
ROWS 5
AS $$select n, rest[1]$$;

-- 4. create function:app.series()
CREATE OR REPLACE FUNCTION app.series()
RETURNS SETOF integer
LANGUAGE sql
AS $$select generate_series(1, 3)$$;

-- 5. alter function:app.f(integer)
CREATE OR REPLACE FUNCTION app.f(integer)
RETURNS integer
LANGUAGE sql
AS $$select 2$$;

-- 6. drop function:app.f(text)
--    drop_function: callers of app.f(text) fail
DROP FUNCTION app.f(text);

COMMIT;
