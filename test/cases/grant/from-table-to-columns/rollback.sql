BEGIN;

-- 1. create grant(table:app.t).gc_reader
--    grants: gc_reader gains select
GRANT SELECT ON TABLE app.t TO gc_reader;

-- 2. alter grant(column:app.t.body).gc_writer
--    revokes: gc_writer loses insert
REVOKE INSERT (body) ON TABLE app.t FROM gc_writer;

-- 3. alter grant(table:app.t).gc_writer
--    grants: gc_writer gains insert, update
GRANT INSERT, UPDATE ON TABLE app.t TO gc_writer;

-- 4. drop column:app.t.more
--    drop_column: column app.t.more goes, with what it holds
ALTER TABLE app.t DROP COLUMN more;

COMMIT;
