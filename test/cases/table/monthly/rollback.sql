BEGIN;

-- 1. drop table:app.hits_2026_04
--    drop_table: table app.hits_2026_04 goes, with its rows
DROP TABLE app.hits_2026_04;

COMMIT;
