BEGIN;

-- 1. drop index:app.events_what
DROP INDEX app.events_what;

-- 2. drop column:app.events.who
--    drop_column: column app.events.who goes, with what it holds
ALTER TABLE app.events DROP COLUMN who;

-- 3. drop table:app.events_2026
--    drop_table: table app.events_2026 goes, with its rows
DROP TABLE app.events_2026;

COMMIT;
