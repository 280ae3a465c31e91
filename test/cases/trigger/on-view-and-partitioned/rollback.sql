BEGIN;

-- 1. drop trigger:app.p.each
--    drop_trigger: what each did on app.p no longer happens
DROP TRIGGER each ON app.p;

-- 2. drop trigger:app.v.instead
--    drop_trigger: what instead did on app.v no longer happens
DROP TRIGGER instead ON app.v;

-- 3. drop table:app.p2
--    drop_table: table app.p2 goes, with its rows
DROP TABLE app.p2;

COMMIT;
