BEGIN;

-- 1. create table:app.other
CREATE TABLE app.other (
  id integer NOT NULL,
  a integer,
  CONSTRAINT other_pkey PRIMARY KEY (id)
);

-- 2. create column:app.t.fresh
ALTER TABLE app.t ADD COLUMN fresh text;

-- 3. create publication:everything
CREATE PUBLICATION everything FOR ALL TABLES;

-- 4. create publication:whole
CREATE PUBLICATION whole FOR TABLES IN SCHEMA app;

-- 5. alter publication:emptied
--    change_publication: subscribers of emptied see its new tables only after ALTER SUBSCRIPTION … REFRESH PUBLICATION
ALTER PUBLICATION emptied DROP TABLE app.t;

-- 6. create owner(publication:whole)
ALTER PUBLICATION whole OWNER TO postgres;

-- 7. drop comment(publication:changes)
COMMENT ON PUBLICATION changes IS NULL;

-- 8. alter publication:changes
--    change_publication: subscribers of changes see its new tables only after ALTER SUBSCRIPTION … REFRESH PUBLICATION
ALTER PUBLICATION changes SET TABLE app.other WHERE ((id > 100)), app.t (id, fresh);
ALTER PUBLICATION changes SET (publish = 'insert, update, delete');
ALTER PUBLICATION changes SET (publish_via_partition_root = true);

-- 9. drop publication:dropped
--    drop_publication: subscribers of dropped get no more changes, and fail
DROP PUBLICATION dropped;

-- 10. drop publication:retyped
ALTER PUBLICATION retyped DROP TABLE app.kept;

-- 11. alter column:app.kept.wide
--    change_type: app.kept.wide from integer to bigint
ALTER TABLE app.kept ALTER COLUMN wide TYPE bigint USING wide::bigint;

-- 12. create publication:retyped
ALTER PUBLICATION retyped ADD TABLE app.kept WHERE ((wide > 5));

-- 13. drop column:app.t.gone
--    drop_column: column app.t.gone goes, with what it holds
ALTER TABLE app.t DROP COLUMN gone;

-- 14. drop table:app.old
--    drop_table: table app.old goes, with its rows
DROP TABLE app.old;

COMMIT;
