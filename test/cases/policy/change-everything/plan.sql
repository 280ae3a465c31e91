BEGIN;

-- 1. create policy:app.t.comes
--    row_visibility: adds a policy: PUBLIC may see or write other rows of app.t
CREATE POLICY comes ON app.t AS RESTRICTIVE FOR INSERT TO PUBLIC WITH CHECK ((tenant > 0));

-- 2. alter policy:app.t.roles_change
--    row_visibility: changes which rows of app.t po_reader, po_writer may see or write
ALTER POLICY roles_change ON app.t TO po_reader, po_writer;

-- 3. alter policy:app.t.using_changes
--    row_visibility: changes which rows of app.t po_reader may see or write
ALTER POLICY using_changes ON app.t USING ((tenant IN ( SELECT m.tenant
   FROM app.members m
  WHERE (m.name = CURRENT_USER))));

-- 4. create comment(policy:app.t.using_changes)
COMMENT ON POLICY using_changes ON app.t IS 'Members only';

-- 5. drop policy:app.t.check_goes
DROP POLICY check_goes ON app.t;

-- 6. create policy:app.t.check_goes
--    row_visibility: changes which rows of app.t po_writer may see or write
CREATE POLICY check_goes ON app.t FOR UPDATE TO po_writer USING ((id > 2));

-- 7. drop policy:app.t.command_changes
DROP POLICY command_changes ON app.t;

-- 8. create policy:app.t.command_changes
--    row_visibility: changes which rows of app.t po_reader may see or write
CREATE POLICY command_changes ON app.t FOR DELETE TO po_reader USING ((id > 1));

-- 9. drop policy:app.t.goes
--    drop_restrictive_policy: what goes held back is let through
DROP POLICY goes ON app.t;

COMMIT;
