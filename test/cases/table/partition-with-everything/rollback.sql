BEGIN;

-- 1. drop table:app.e_2
--    drop_table: table app.e_2 goes, with its rows
DROP TABLE app.e_2;

COMMIT;
