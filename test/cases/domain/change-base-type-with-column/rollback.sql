BEGIN;

-- 1. drop domain_check:app.code.code_upper
ALTER DOMAIN app.code DROP CONSTRAINT code_upper;

-- 2. alter domain:app.code
ALTER TYPE app.code RENAME TO code__replaced;
CREATE DOMAIN app.code AS character varying(10);
ALTER TABLE app.things ALTER COLUMN code TYPE app.code USING code::text::app.code;
DROP TYPE app.code__replaced;

-- 3. create domain_check:app.code.code_upper
ALTER DOMAIN app.code ADD CONSTRAINT code_upper CHECK (((VALUE)::text = upper((VALUE)::text)));

-- 4. create owner(domain:app.code)
ALTER DOMAIN app.code OWNER TO postgres;

COMMIT;
