BEGIN;

-- 1. create index:app.t_brin
--    blocks_writes: building t_brin blocks writes to app.t while it reads the table
CREATE INDEX t_brin ON app.t USING brin (at) WITH (pages_per_range=32);

-- 2. create index:app.t_cover
--    blocks_writes: building t_cover blocks writes to app.t while it reads the table
CREATE INDEX t_cover ON app.t USING btree (name COLLATE pg_catalog."C") INCLUDE (id, at);

-- 3. create index:app.t_distinct
--    blocks_writes: building t_distinct blocks writes to app.t while it reads the table, and fails on duplicates
CREATE UNIQUE INDEX t_distinct ON app.t USING btree (name, id) NULLS NOT DISTINCT;

-- 4. create index:app.t_gin
--    blocks_writes: building t_gin blocks writes to app.t while it reads the table
CREATE INDEX t_gin ON app.t USING gin (tags) WITH (fastupdate=false);

-- 5. create index:app.t_hash
--    blocks_writes: building t_hash blocks writes to app.t while it reads the table
CREATE INDEX t_hash ON app.t USING hash (name);

-- 6. create index:app.t_lower
--    blocks_writes: building t_lower blocks writes to app.t while it reads the table, and fails on duplicates
CREATE UNIQUE INDEX t_lower ON app.t USING btree ((lower(name))) WHERE (id > 0);

-- 7. create index:app.t_path
--    blocks_writes: building t_path blocks writes to app.t while it reads the table
CREATE INDEX t_path ON app.t USING gin (doc jsonb_path_ops);

-- 8. create index:app.t_stats
--    blocks_writes: building t_stats blocks writes to app.t while it reads the table
CREATE INDEX t_stats ON app.t USING btree ((((id * 2))));
ALTER INDEX app.t_stats ALTER COLUMN 1 SET STATISTICS 500;

-- 9. create index:app.t_trgm
--    blocks_writes: building t_trgm blocks writes to app.t while it reads the table
CREATE INDEX t_trgm ON app.t USING gin (name app.gin_trgm_ops);

-- 10. alter index:app.t_fill
ALTER INDEX app.t_fill SET (fillfactor=90);

-- 11. create comment(index:app.t_lower)
COMMENT ON INDEX app.t_lower IS 'Names without case';

-- 12. drop index:app.t_desc
DROP INDEX app.t_desc;

-- 13. create index:app.t_desc
--    blocks_writes: building t_desc blocks writes to app.t while it reads the table
CREATE INDEX t_desc ON app.t USING btree (at DESC NULLS LAST, id);

-- 14. drop index:app.t_gone
DROP INDEX app.t_gone;

-- 15. drop index:app.t_name
DROP INDEX app.t_name;

-- 16. create index:app.t_name
--    blocks_writes: building t_name blocks writes to app.t while it reads the table
CREATE INDEX t_name ON app.t USING btree (name text_pattern_ops);

COMMIT;
