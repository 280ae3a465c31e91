BEGIN;

-- 1. drop grant(column:app.t.id).gr_reader
--    revokes: gr_reader loses select
REVOKE SELECT (id) ON TABLE app.t FROM gr_reader;

-- 2. drop grant(function:app.f()).gr_reader
--    revokes: gr_reader loses execute
REVOKE EXECUTE ON ROUTINE app.f() FROM gr_reader;

-- 3. drop grant(function:app.f()).public
--    grants: public gains execute
GRANT EXECUTE ON ROUTINE app.f() TO PUBLIC;

-- 4. drop grant(namespace:app).gr_writer
--    revokes: gr_writer loses usage, create
REVOKE CREATE, USAGE ON SCHEMA app FROM gr_writer;

-- 5. create grant(table:app.t).gr_reader
--    grants: gr_reader gains insert, select
GRANT INSERT, SELECT ON TABLE app.t TO gr_reader;

-- 6. alter grant(sequence:app.s).gr_reader
--    revokes: gr_reader loses select, update
REVOKE SELECT, UPDATE ON SEQUENCE app.s FROM gr_reader;

-- 7. alter grant(table:app.t).gr_writer
--    grants: gr_writer gains insert, delete, truncate, references, trigger
GRANT DELETE, INSERT, REFERENCES, TRIGGER, TRUNCATE, UPDATE ON TABLE app.t TO gr_writer WITH GRANT OPTION;

-- 8. drop function:app.p()
--    drop_function: callers of app.p() fail
DROP PROCEDURE app.p();

-- 9. drop domain:app.d
DROP DOMAIN app.d;

-- 10. drop enum:app.mood
DROP TYPE app.mood;

COMMIT;
