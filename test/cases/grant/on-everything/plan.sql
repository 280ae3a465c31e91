BEGIN;

-- 1. drop grant(table:app.t).gr_reader
--    revokes: gr_reader loses insert, select
REVOKE INSERT, SELECT ON TABLE app.t FROM gr_reader;

-- 2. create enum:app.mood
CREATE TYPE app.mood AS ENUM ('a');

-- 3. create domain:app.d
CREATE DOMAIN app.d AS text;

-- 4. create function:app.p()
CREATE OR REPLACE PROCEDURE app.p()
LANGUAGE sql
AS $$select 1$$;

-- 5. create grant(column:app.t.id).gr_reader
--    grants: gr_reader gains select
GRANT SELECT (id) ON TABLE app.t TO gr_reader;

-- 6. create grant(domain:app.d).gr_writer
--    grants: gr_writer gains usage
GRANT USAGE ON TYPE app.d TO gr_writer;

-- 7. create grant(enum:app.mood).gr_reader
--    grants: gr_reader gains usage
GRANT USAGE ON TYPE app.mood TO gr_reader WITH GRANT OPTION;

-- 8. create grant(enum:app.mood).public
--    revokes: public loses usage
REVOKE USAGE ON TYPE app.mood FROM PUBLIC;

-- 9. create grant(function:app.f()).gr_reader
--    grants: gr_reader gains execute
GRANT EXECUTE ON ROUTINE app.f() TO gr_reader;

-- 10. create grant(function:app.f()).public
--    revokes: public loses execute
REVOKE EXECUTE ON ROUTINE app.f() FROM PUBLIC;

-- 11. create grant(function:app.p()).public
--    revokes: public loses execute
REVOKE EXECUTE ON ROUTINE app.p() FROM PUBLIC;

-- 12. create grant(namespace:app).gr_writer
--    grants: gr_writer gains usage, create
GRANT CREATE, USAGE ON SCHEMA app TO gr_writer;

-- 13. alter grant(sequence:app.s).gr_reader
--    grants: gr_reader gains select, update
GRANT SELECT, UPDATE ON SEQUENCE app.s TO gr_reader;

-- 14. alter grant(table:app.t).gr_writer
--    revokes: gr_writer loses insert, delete, truncate, references, trigger
REVOKE DELETE, INSERT, REFERENCES, TRIGGER, TRUNCATE ON TABLE app.t FROM gr_writer;
REVOKE GRANT OPTION FOR UPDATE ON TABLE app.t FROM gr_writer;

COMMIT;
