BEGIN;

-- 1. create index:app.t_gone
--    blocks_writes: building t_gone blocks writes to app.t while it reads the table
CREATE INDEX t_gone ON app.t USING btree (at);

-- 2. alter index:app.t_fill
ALTER INDEX app.t_fill SET (fillfactor=70);

-- 3. drop index:app.t_brin
DROP INDEX app.t_brin;

-- 4. drop index:app.t_cover
DROP INDEX app.t_cover;

-- 5. drop index:app.t_desc
DROP INDEX app.t_desc;

-- 6. create index:app.t_desc
--    blocks_writes: building t_desc blocks writes to app.t while it reads the table
CREATE INDEX t_desc ON app.t USING btree (at DESC);

-- 7. drop index:app.t_distinct
--    drop_unique_index: nothing keeps name, id unique any more
DROP INDEX app.t_distinct;

-- 8. drop index:app.t_gin
DROP INDEX app.t_gin;

-- 9. drop index:app.t_hash
DROP INDEX app.t_hash;

-- 10. drop index:app.t_lower
--    drop_unique_index: nothing keeps lower(name) unique any more
DROP INDEX app.t_lower;

-- 11. drop index:app.t_name
DROP INDEX app.t_name;

-- 12. create index:app.t_name
--    blocks_writes: building t_name blocks writes to app.t while it reads the table
CREATE INDEX t_name ON app.t USING btree (name);

-- 13. drop index:app.t_path
DROP INDEX app.t_path;

-- 14. drop index:app.t_stats
DROP INDEX app.t_stats;

-- 15. drop index:app.t_trgm
DROP INDEX app.t_trgm;

COMMIT;
