BEGIN;

-- 1. drop domain:app.code
DROP DOMAIN app.code;

-- 2. create domain:app.code
CREATE DOMAIN app.code AS character varying(10) CONSTRAINT code_upper CHECK (((VALUE)::text = upper((VALUE)::text)));

COMMIT;
