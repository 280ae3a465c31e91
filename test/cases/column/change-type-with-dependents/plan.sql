BEGIN;

-- 1. drop row_security:app.t
ALTER TABLE app.t DISABLE ROW LEVEL SECURITY;

-- 2. drop policy:app.t.positive
DROP POLICY positive ON app.t;

-- 3. drop materialized_view:app.mv
DROP MATERIALIZED VIEW app.mv;

-- 4. drop view:app.vv
DROP VIEW app.vv;

-- 5. drop view:app.v
DROP VIEW app.v;

-- 6. drop column:app.t.doubled
ALTER TABLE app.t DROP COLUMN doubled;

-- 7. alter column:app.t.n
--    change_type: app.t.n from integer to bigint
ALTER TABLE app.t ALTER COLUMN n TYPE bigint USING n::bigint;

-- 8. create column:app.t.doubled
ALTER TABLE app.t ADD COLUMN doubled bigint GENERATED ALWAYS AS ((n * 2)) STORED;

-- 9. create view:app.v
CREATE VIEW app.v AS
 SELECT t.id,
    t.n
   FROM app.t t;

-- 10. create view:app.vv
CREATE VIEW app.vv AS
 SELECT v.n
   FROM app.v v;

-- 11. create materialized_view:app.mv
--    refresh: app.mv is computed anew while readers wait
CREATE MATERIALIZED VIEW app.mv AS
 SELECT t.n
   FROM app.t t
WITH DATA;

-- 12. create index:app.mv_n
--    blocks_writes: building mv_n blocks writes to app.mv while it reads the table
CREATE INDEX mv_n ON app.mv USING btree (n);

-- 13. create policy:app.t.positive
--    row_visibility: changes which rows of app.t PUBLIC may see or write
CREATE POLICY positive ON app.t TO PUBLIC USING ((n > 0));

-- 14. create row_security:app.t
ALTER TABLE app.t ENABLE ROW LEVEL SECURITY;

-- 15. create comment(view:app.v)
COMMENT ON VIEW app.v IS 'Numbers';

COMMIT;
