BEGIN;

-- 1. create domain_check:app.d.d_gone
--    validates_domain: every column of the domain is checked
ALTER DOMAIN app.d ADD CONSTRAINT d_gone CHECK ((VALUE < 100));

-- 2. drop domain_check:app.d.d_new
ALTER DOMAIN app.d DROP CONSTRAINT d_new;

-- 3. drop domain_check:app.d.d_old
ALTER DOMAIN app.d DROP CONSTRAINT d_old;

-- 4. create domain_check:app.d.d_old
ALTER DOMAIN app.d ADD CONSTRAINT d_old CHECK ((VALUE > 0)) NOT VALID;

COMMIT;
