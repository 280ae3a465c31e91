BEGIN;

-- 1. alter materialized_view:app.options_change
ALTER MATERIALIZED VIEW app.options_change RESET (fillfactor);
REFRESH MATERIALIZED VIEW app.options_change WITH DATA;

-- 2. drop view:app.on_m
DROP VIEW app.on_m;

-- 3. drop materialized_view:app.m
DROP MATERIALIZED VIEW app.m;

-- 4. create materialized_view:app.m
--    refresh: app.m is computed anew while readers wait
CREATE MATERIALIZED VIEW app.m AS
 SELECT id
   FROM app.t t
WITH DATA;

-- 5. create index:app.m_id
--    blocks_writes: building m_id blocks writes to app.m while it reads the table, and fails on duplicates
CREATE UNIQUE INDEX m_id ON app.m USING btree (id);

-- 6. create view:app.on_m
CREATE VIEW app.on_m AS
 SELECT id
   FROM app.m m;

-- 7. create owner(materialized_view:app.m)
ALTER MATERIALIZED VIEW app.m OWNER TO postgres;

-- 8. create owner(view:app.on_m)
ALTER VIEW app.on_m OWNER TO postgres;

-- 9. create grant(materialized_view:app.m).mv_reader
GRANT SELECT ON TABLE app.m TO mv_reader;

-- 10. create comment(materialized_view:app.m)
COMMENT ON MATERIALIZED VIEW app.m IS 'Counts';

COMMIT;
