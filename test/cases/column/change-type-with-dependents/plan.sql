BEGIN;

-- 1. drop policy:app.t.positive
DROP POLICY positive ON app.t;

-- 2. drop materialized_view:app.mv
DROP MATERIALIZED VIEW app.mv;

-- 3. drop view:app.vv
DROP VIEW app.vv;

-- 4. drop view:app.v
DROP VIEW app.v;

-- 5. drop column:app.t.doubled
ALTER TABLE app.t DROP COLUMN doubled;

-- 6. alter column:app.t.n
--    change_type: app.t.n from integer to bigint
ALTER TABLE app.t ALTER COLUMN n TYPE bigint USING n::bigint;

-- 7. create column:app.t.doubled
ALTER TABLE app.t ADD COLUMN doubled bigint GENERATED ALWAYS AS ((n * 2)) STORED;

-- 8. create view:app.v
CREATE VIEW app.v AS
 SELECT t.id,
    t.n
   FROM app.t t;

-- 9. create view:app.vv
CREATE VIEW app.vv AS
 SELECT v.n
   FROM app.v v;

-- 10. create materialized_view:app.mv
--    refresh: app.mv is computed anew while readers wait
CREATE MATERIALIZED VIEW app.mv AS
 SELECT t.n
   FROM app.t t
WITH DATA;

-- 11. create index:app.mv_n
--    blocks_writes: building mv_n blocks writes to app.mv while it reads the table
CREATE INDEX mv_n ON app.mv USING btree (n);

-- 12. create policy:app.t.positive
--    row_visibility: changes which rows of app.t PUBLIC may see or write
CREATE POLICY positive ON app.t TO PUBLIC USING ((n > 0));

-- 13. create owner(materialized_view:app.mv)
ALTER MATERIALIZED VIEW app.mv OWNER TO postgres;

-- 14. create owner(view:app.v)
ALTER VIEW app.v OWNER TO postgres;

-- 15. create owner(view:app.vv)
ALTER VIEW app.vv OWNER TO postgres;

-- 16. create comment(view:app.v)
COMMENT ON VIEW app.v IS 'Numbers';

COMMIT;
