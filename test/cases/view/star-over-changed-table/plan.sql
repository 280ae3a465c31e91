BEGIN;

-- 1. create column:app.t.b
ALTER TABLE app.t ADD COLUMN b integer;

-- 2. alter view:app.v
CREATE OR REPLACE VIEW app.v AS
 SELECT t.id,
    t.a,
    t.b
   FROM app.t t;

COMMIT;
