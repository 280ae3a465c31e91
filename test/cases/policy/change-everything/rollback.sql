BEGIN;

-- 1. create policy:app.t.goes
--    row_visibility: adds a policy: po_writer may see or write other rows of app.t
CREATE POLICY goes ON app.t AS RESTRICTIVE TO po_writer USING ((id > 4));

-- 2. alter policy:app.t.check_goes
--    row_visibility: changes which rows of app.t po_writer may see or write
ALTER POLICY check_goes ON app.t WITH CHECK ((id > 3));

-- 3. alter policy:app.t.roles_change
--    row_visibility: changes which rows of app.t po_reader may see or write
ALTER POLICY roles_change ON app.t TO po_reader;

-- 4. drop comment(policy:app.t.using_changes)
COMMENT ON POLICY using_changes ON app.t IS NULL;

-- 5. alter policy:app.t.using_changes
--    row_visibility: changes which rows of app.t po_reader may see or write
ALTER POLICY using_changes ON app.t USING ((tenant = 1));

-- 6. drop policy:app.t.comes
--    drop_restrictive_policy: what comes held back is let through
DROP POLICY comes ON app.t;

-- 7. drop policy:app.t.command_changes
DROP POLICY command_changes ON app.t;

-- 8. create policy:app.t.command_changes
--    row_visibility: changes which rows of app.t po_reader may see or write
CREATE POLICY command_changes ON app.t FOR SELECT TO po_reader USING ((id > 1));

COMMIT;
