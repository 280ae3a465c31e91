BEGIN;

-- 1. drop event_trigger:changes
DROP EVENT TRIGGER changes;

-- 2. drop event_trigger:comes
--    drop_event_trigger: what comes did on table_rewrite no longer happens
DROP EVENT TRIGGER comes;

-- 3. drop table:app.t
--    drop_table: table app.t goes, with its rows
DROP TABLE app.t;

-- 4. drop function:app.other()
--    drop_function: callers of app.other() fail
DROP FUNCTION app.other();

-- 5. create event_trigger:changes
--    event_trigger: changes runs for every such command in this database, and can refuse it
CREATE EVENT TRIGGER changes ON ddl_command_end WHEN TAG IN ('DROP TABLE') EXECUTE FUNCTION app.watch();

-- 6. create owner(event_trigger:changes)
ALTER EVENT TRIGGER changes OWNER TO postgres;

-- 7. create event_trigger:goes
--    event_trigger: goes runs for every such command in this database, and can refuse it
CREATE EVENT TRIGGER goes ON sql_drop EXECUTE FUNCTION app.watch();

-- 8. create owner(event_trigger:goes)
ALTER EVENT TRIGGER goes OWNER TO postgres;

-- 9. alter event_trigger:goes_quiet
ALTER EVENT TRIGGER goes_quiet ENABLE;

COMMIT;
