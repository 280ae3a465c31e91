BEGIN;

-- 1. create policy:app.off.p
--    row_visibility: adds a policy: PUBLIC may see or write other rows of app.off
CREATE POLICY p ON app.off TO PUBLIC USING ((id > 0));

-- 2. create row_security:app.off
ALTER TABLE app.off ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.off FORCE ROW LEVEL SECURITY;

-- 3. alter row_security:app.unforced
ALTER TABLE app.unforced FORCE ROW LEVEL SECURITY;

-- 4. drop row_security:app.on
--    disable_row_security: every role with a grant on app."on" sees every row
ALTER TABLE app."on" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE app."on" DISABLE ROW LEVEL SECURITY;

-- 5. drop policy:app.on.p
--    row_visibility: removes a policy: PUBLIC may see or write other rows of app."on"
DROP POLICY p ON app."on";

COMMIT;
