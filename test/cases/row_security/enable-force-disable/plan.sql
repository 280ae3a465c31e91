BEGIN;

-- 1. create policy:app.on.p
--    row_visibility: adds a policy: PUBLIC may see or write other rows of app."on"
CREATE POLICY p ON app."on" TO PUBLIC USING ((owner = CURRENT_USER));

-- 2. create row_security:app.on
ALTER TABLE app."on" ENABLE ROW LEVEL SECURITY;
ALTER TABLE app."on" FORCE ROW LEVEL SECURITY;

-- 3. alter row_security:app.unforced
--    unforce_row_security: the owner of app.unforced is no longer held back by its policies
ALTER TABLE app.unforced NO FORCE ROW LEVEL SECURITY;

-- 4. drop row_security:app.off
--    disable_row_security: every role with a grant on app.off sees every row
ALTER TABLE app.off NO FORCE ROW LEVEL SECURITY;
ALTER TABLE app.off DISABLE ROW LEVEL SECURITY;

-- 5. drop policy:app.off.p
--    row_visibility: removes a policy: PUBLIC may see or write other rows of app.off
DROP POLICY p ON app.off;

COMMIT;
