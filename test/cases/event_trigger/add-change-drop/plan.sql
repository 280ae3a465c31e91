BEGIN;

-- 1. drop event_trigger:changes
DROP EVENT TRIGGER changes;

-- 2. drop event_trigger:goes
--    drop_event_trigger: what goes did on sql_drop no longer happens
DROP EVENT TRIGGER goes;

-- 3. create function:app.other()
CREATE OR REPLACE FUNCTION app.other()
RETURNS event_trigger
LANGUAGE plpgsql
AS $$begin end$$;

-- 4. create table:app.t
CREATE TABLE app.t (
  id integer
);

-- 5. create event_trigger:changes
--    event_trigger: changes runs for every such command in this database, and can refuse it
CREATE EVENT TRIGGER changes ON ddl_command_end WHEN TAG IN ('ALTER TABLE', 'DROP TABLE') EXECUTE FUNCTION app.watch();

-- 6. create owner(event_trigger:changes)
ALTER EVENT TRIGGER changes OWNER TO postgres;

-- 7. create comment(event_trigger:changes)
COMMENT ON EVENT TRIGGER changes IS 'Says what went';

-- 8. create event_trigger:comes
--    event_trigger: comes runs for every such command in this database, and can refuse it
CREATE EVENT TRIGGER comes ON table_rewrite EXECUTE FUNCTION app.other();
ALTER EVENT TRIGGER comes ENABLE ALWAYS;

-- 9. create owner(event_trigger:comes)
ALTER EVENT TRIGGER comes OWNER TO postgres;

-- 10. alter event_trigger:goes_quiet
--    disable_event_trigger: goes_quiet no longer fires
ALTER EVENT TRIGGER goes_quiet DISABLE;

COMMIT;
