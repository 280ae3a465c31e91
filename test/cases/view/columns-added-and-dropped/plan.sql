BEGIN;

-- 1. alter view:app.wide
CREATE OR REPLACE VIEW app.wide AS
 SELECT t.id,
    t.a,
    t.b
   FROM app.t t;

-- 2. drop comment(column:app.upon.id)
COMMENT ON COLUMN app.upon.id IS NULL;

-- 3. drop view:app.upon
DROP VIEW app.upon;

-- 4. drop view:app.narrow
DROP VIEW app.narrow;

-- 5. create view:app.narrow
CREATE VIEW app.narrow AS
 SELECT t.id,
    t.b
   FROM app.t t;

-- 6. create view:app.upon
CREATE VIEW app.upon AS
 SELECT n.id
   FROM app.narrow n;

-- 7. create owner(view:app.narrow)
ALTER VIEW app.narrow OWNER TO postgres;

-- 8. create owner(view:app.upon)
ALTER VIEW app.upon OWNER TO postgres;

-- 9. create grant(view:app.narrow).vi_reader
GRANT SELECT ON TABLE app.narrow TO vi_reader;

-- 10. create comment(column:app.upon.id)
COMMENT ON COLUMN app.upon.id IS 'The id';

-- 11. create comment(view:app.narrow)
COMMENT ON VIEW app.narrow IS 'Narrow';

COMMIT;
