BEGIN;

-- 1. drop row_security:app.t
ALTER TABLE app.t NO FORCE ROW LEVEL SECURITY;
ALTER TABLE app.t DISABLE ROW LEVEL SECURITY;

-- 2. drop policy:app.t.own
DROP POLICY own ON app.t;

-- 3. drop function:app.current_tenant()
DROP FUNCTION app.current_tenant();

-- 4. create function:app.current_tenant()
CREATE OR REPLACE FUNCTION app.current_tenant()
RETURNS bigint
LANGUAGE sql
STABLE
AS $$select 1::bigint$$;

-- 5. create policy:app.t.own
--    row_visibility: changes which rows of app.t PUBLIC may see or write
CREATE POLICY own ON app.t TO PUBLIC USING ((tenant = app.current_tenant()));

-- 6. create row_security:app.t
ALTER TABLE app.t ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.t FORCE ROW LEVEL SECURITY;

COMMIT;
