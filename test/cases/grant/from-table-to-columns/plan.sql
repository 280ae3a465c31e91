BEGIN;

-- 1. drop grant(table:app.t).gc_reader
--    revokes: gc_reader loses select
REVOKE SELECT ON TABLE app.t FROM gc_reader;
GRANT SELECT (id) ON TABLE app.t TO gc_reader;

-- 2. create column:app.t.more
ALTER TABLE app.t ADD COLUMN more text;

-- 3. create grant(column:app.t.more).gc_writer
--    grants: gc_writer gains insert, update
GRANT INSERT (more), UPDATE (more) ON TABLE app.t TO gc_writer;

-- 4. alter grant(column:app.t.body).gc_writer
--    grants: gc_writer gains insert
GRANT INSERT (body) ON TABLE app.t TO gc_writer;

-- 5. alter grant(table:app.t).gc_writer
--    revokes: gc_writer loses insert, update
REVOKE INSERT, UPDATE ON TABLE app.t FROM gc_writer;
GRANT INSERT (body), UPDATE (body) ON TABLE app.t TO gc_writer;
GRANT INSERT (more), UPDATE (more) ON TABLE app.t TO gc_writer;

COMMIT;
