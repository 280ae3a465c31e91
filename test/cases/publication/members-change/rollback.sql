BEGIN;

-- 1. create table:app.old
CREATE TABLE app.old (
  id integer NOT NULL,
  CONSTRAINT old_pkey PRIMARY KEY (id)
);

-- 2. create column:app.t.gone
ALTER TABLE app.t ADD COLUMN gone text;

-- 3. create publication:dropped
CREATE PUBLICATION dropped FOR TABLE app.kept;

-- 4. alter publication:changes
--    change_publication: subscribers of changes see its new tables only after ALTER SUBSCRIPTION … REFRESH PUBLICATION
--    publish_less: subscribers of changes no longer get every kind of change, and drift from here
ALTER PUBLICATION changes SET TABLE app.old, app.t (id, gone);
ALTER PUBLICATION changes SET (publish = 'insert, update');
ALTER PUBLICATION changes SET (publish_via_partition_root = false);

-- 5. alter publication:emptied
--    change_publication: subscribers of emptied see its new tables only after ALTER SUBSCRIPTION … REFRESH PUBLICATION
ALTER PUBLICATION emptied SET TABLE app.t;

-- 6. create owner(publication:dropped)
ALTER PUBLICATION dropped OWNER TO postgres;

-- 7. create owner(table:app.old)
ALTER TABLE app.old OWNER TO postgres;

-- 8. create comment(publication:changes)
COMMENT ON PUBLICATION changes IS 'Feeds the warehouse';

-- 9. drop publication:everything
--    drop_publication: subscribers of everything get no more changes, and fail
DROP PUBLICATION everything;

-- 10. drop publication:whole
--    drop_publication: subscribers of whole get no more changes, and fail
DROP PUBLICATION whole;

-- 11. drop publication:retyped
ALTER PUBLICATION retyped DROP TABLE app.kept;

-- 12. alter column:app.kept.wide
--    narrow_type: app.kept.wide from bigint to integer: a value that does not fit fails or loses precision
ALTER TABLE app.kept ALTER COLUMN wide TYPE integer USING wide::integer;

-- 13. create publication:retyped
ALTER PUBLICATION retyped ADD TABLE app.kept WHERE ((wide > 5));

-- 14. drop column:app.t.fresh
--    drop_column: column app.t.fresh goes, with what it holds
ALTER TABLE app.t DROP COLUMN fresh;

-- 15. drop table:app.other
--    drop_table: table app.other goes, with its rows
DROP TABLE app.other;

COMMIT;
