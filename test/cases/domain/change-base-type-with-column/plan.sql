BEGIN;

-- 1. drop domain:app.code
DROP DOMAIN app.code;

-- 2. create domain:app.code
CREATE DOMAIN app.code AS text CONSTRAINT code_upper CHECK ((VALUE = upper(VALUE)));

COMMIT;
