BEGIN;

-- 1. create domain_check:app.d.d_new
--    validates_domain: every column of the domain is checked
ALTER DOMAIN app.d ADD CONSTRAINT d_new CHECK ((VALUE <> 7)) NOT VALID;

-- 2. alter domain_check:app.d.d_old
ALTER DOMAIN app.d VALIDATE CONSTRAINT d_old;

-- 3. create comment(domain_check:app.d.d_new)
COMMENT ON CONSTRAINT d_new ON DOMAIN app.d IS 'Unlucky';

-- 4. drop domain_check:app.d.d_gone
ALTER DOMAIN app.d DROP CONSTRAINT d_gone;

COMMIT;
