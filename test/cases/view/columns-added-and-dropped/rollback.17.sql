BEGIN;

-- 1. drop comment(column:app.upon.id)
COMMENT ON COLUMN app.upon.id IS NULL;

-- 2. drop view:app.upon
DROP VIEW app.upon;

-- 3. drop view:app.narrow
DROP VIEW app.narrow;

-- 4. create view:app.narrow
CREATE VIEW app.narrow AS
 SELECT id,
    a,
    b
   FROM app.t t;

-- 5. create view:app.upon
CREATE VIEW app.upon AS
 SELECT id
   FROM app.narrow n;

-- 6. create owner(view:app.narrow)
ALTER VIEW app.narrow OWNER TO postgres;

-- 7. create owner(view:app.upon)
ALTER VIEW app.upon OWNER TO postgres;

-- 8. create grant(view:app.narrow).vi_reader
GRANT SELECT ON TABLE app.narrow TO vi_reader;

-- 9. create comment(column:app.upon.id)
COMMENT ON COLUMN app.upon.id IS 'The id';

-- 10. create comment(view:app.narrow)
COMMENT ON VIEW app.narrow IS 'Narrow';

-- 11. drop view:app.wide
DROP VIEW app.wide;

-- 12. create view:app.wide
CREATE VIEW app.wide AS
 SELECT id,
    a
   FROM app.t t;

COMMIT;
