BEGIN;

-- 1. alter policy:app.t.p
--    row_visibility: changes which rows of app.t PUBLIC may see or write
ALTER POLICY p ON app.t USING ((kept = 'x'::text));

-- 2. drop view:app.v
DROP VIEW app.v;

-- 3. create view:app.v
CREATE VIEW app.v AS
 SELECT t.id
   FROM app.t t;

-- 4. create owner(view:app.v)
ALTER VIEW app.v OWNER TO postgres;

-- 5. drop sequence_owner:app.t_code_seq
ALTER SEQUENCE app.t_code_seq OWNED BY NONE;

-- 6. drop index:app.t_gone
DROP INDEX app.t_gone;

-- 7. drop check:app.t.t_both
--    drop_check: rows that broke t_both are let in, and a rollback then fails on them
ALTER TABLE app.t DROP CONSTRAINT t_both;

-- 8. drop key:app.t.t_gone_key
--    drop_key: nothing keeps gone unique any more
ALTER TABLE app.t DROP CONSTRAINT t_gone_key;

-- 9. drop column:app.t.code
--    drop_column: column app.t.code goes, with what it holds
ALTER TABLE app.t DROP COLUMN code;

-- 10. drop column:app.t.gone
--    drop_column: column app.t.gone goes, with what it holds
ALTER TABLE app.t DROP COLUMN gone;

-- 11. drop sequence:app.t_code_seq
--    drop_sequence: sequence app.t_code_seq goes, with the number it had reached
DROP SEQUENCE IF EXISTS app.t_code_seq;

COMMIT;
