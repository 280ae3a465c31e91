BEGIN;

-- 1. drop table:app.closed
--    drop_table: table app.closed goes, with its rows
DROP TABLE app.closed;

-- 2. drop table:app.open
--    drop_table: table app.open goes, with its rows
DROP TABLE app.open;

-- 3. drop function:app.closed_too()
--    drop_function: callers of app.closed_too() fail
DROP FUNCTION app.closed_too();

-- 4. drop function:app.usable()
--    drop_function: callers of app.usable() fail
DROP FUNCTION app.usable();

COMMIT;
