BEGIN;

-- 1. drop view:app.v
DROP VIEW app.v;

-- 2. create view:app.v
CREATE VIEW app.v AS
 SELECT t.id,
    t.a
   FROM app.t t;

-- 3. drop column:app.t.b
--    drop_column: column app.t.b goes, with what it holds
ALTER TABLE app.t DROP COLUMN b;

COMMIT;
