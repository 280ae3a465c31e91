BEGIN;

-- 1. drop domain_check:app.amount.amount_positive
ALTER DOMAIN app.amount DROP CONSTRAINT amount_positive;

-- 2. alter domain:app.amount
ALTER DOMAIN app.amount SET DEFAULT 1;
ALTER DOMAIN app.amount SET NOT NULL;

-- 3. create domain_check:app.amount.amount_positive
ALTER DOMAIN app.amount ADD CONSTRAINT amount_positive CHECK ((VALUE >= 0));

-- 4. create domain_check:app.amount.amount_small
--    validates_domain: every column of the domain is checked
ALTER DOMAIN app.amount ADD CONSTRAINT amount_small CHECK ((VALUE < 1000000));

-- 5. create comment(domain:app.amount)
COMMENT ON DOMAIN app.amount IS 'Minor units';

COMMIT;
