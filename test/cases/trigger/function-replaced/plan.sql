BEGIN;

-- 1. create function:app.other()
CREATE OR REPLACE FUNCTION app.other()
RETURNS trigger
LANGUAGE plpgsql
AS $$begin return null; end$$;

-- 2. alter function:app.stamp()
CREATE OR REPLACE FUNCTION app.stamp()
RETURNS trigger
LANGUAGE plpgsql
SET search_path TO ''
AS $$begin new.id := 1; return new; end$$;

-- 3. create trigger:app.t.second
CREATE TRIGGER second BEFORE DELETE ON app.t FOR EACH ROW EXECUTE FUNCTION app.other();

COMMIT;
