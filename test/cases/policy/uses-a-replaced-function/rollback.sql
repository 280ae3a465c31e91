BEGIN;

-- 1. drop policy:app.t.own
DROP POLICY own ON app.t;

-- 2. drop function:app.current_tenant()
DROP FUNCTION app.current_tenant();

-- 3. create function:app.current_tenant()
CREATE OR REPLACE FUNCTION app.current_tenant()
RETURNS integer
LANGUAGE sql
STABLE
AS $$select 1$$;

-- 4. create policy:app.t.own
--    row_visibility: changes which rows of app.t PUBLIC may see or write
CREATE POLICY own ON app.t TO PUBLIC USING ((tenant = app.current_tenant()));

-- 5. create owner(function:app.current_tenant())
ALTER ROUTINE app.current_tenant() OWNER TO postgres;

COMMIT;
