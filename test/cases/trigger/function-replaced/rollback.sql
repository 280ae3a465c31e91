BEGIN;

-- 1. alter function:app.stamp()
CREATE OR REPLACE FUNCTION app.stamp()
RETURNS trigger
LANGUAGE plpgsql
AS $$begin return new; end$$;

-- 2. drop trigger:app.t.second
--    drop_trigger: what second did on app.t no longer happens
DROP TRIGGER second ON app.t;

-- 3. drop function:app.other()
--    drop_function: callers of app.other() fail
DROP FUNCTION app.other();

COMMIT;
