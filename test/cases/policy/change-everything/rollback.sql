BEGIN;

-- 1. create policy:app.t.goes
--    row_visibility: adds a policy: po_writer may see or write other rows of app.t
CREATE POLICY goes ON app.t AS RESTRICTIVE TO po_writer USING ((id > 4));

-- 2. drop comment(policy:app.t.using_changes)
COMMENT ON POLICY using_changes ON app.t IS NULL;

-- 3. drop row_security:app.t
ALTER TABLE app.t DISABLE ROW LEVEL SECURITY;

-- 4. alter policy:app.t.check_goes
--    row_visibility: changes which rows of app.t po_writer may see or write
ALTER POLICY check_goes ON app.t WITH CHECK ((id > 3));

-- 5. alter policy:app.t.roles_change
--    row_visibility: changes which rows of app.t po_reader may see or write
ALTER POLICY roles_change ON app.t TO po_reader;

-- 6. alter policy:app.t.using_changes
--    row_visibility: changes which rows of app.t po_reader may see or write
ALTER POLICY using_changes ON app.t USING ((tenant = 1));

-- 7. drop policy:app.t.comes
--    drop_restrictive_policy: what comes held back is let through
DROP POLICY comes ON app.t;

-- 8. drop policy:app.t.command_changes
DROP POLICY command_changes ON app.t;

-- 9. create policy:app.t.command_changes
--    row_visibility: changes which rows of app.t po_reader may see or write
CREATE POLICY command_changes ON app.t FOR SELECT TO po_reader USING ((id > 1));

-- 10. create row_security:app.t
ALTER TABLE app.t ENABLE ROW LEVEL SECURITY;

COMMIT;
